"""Numerals that count nothing: dates, times of day, names, scores, addresses, the numbers of things."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from rashomon.coding.bounds import bound_after, bound_before
from rashomon.coding.counted import STOPS, Marks, currency_before, listed, plural, stops, unit_at
from rashomon.coding.numbers import TENS, UNITS, Number
from rashomon.coding.words import DASHES, Word, glued, is_year
from rashomon.model.telling import Bound

MONTHS = frozenset(
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
# Month names that are also verbs name a month in small letters only where no verb of theirs could stand.
VERBS = frozenset(("may", "march"))
AFTER_VERB = frozenset("be have not also well yet never still on to and".split())
CLOCK = frozenset("am pm a.m. p.m. gmt utc est edt o'clock bst cet".split())
# What a bare numeral after these only numbers: "Section 427", "flight 17", "resolution 2139".
LABELS = frozenset(
    "section row page article resolution no number chapter route highway flight game phase part class grade room "
    "channel version protocol paragraph street road avenue block apartment gate line item question step stage round "
    "episode season volume act rule amendment title figure table model series verse category unit sp".split()
)
YEAR_BEFORE = frozenset(
    "in since until till of the from by during before after early late mid and to between through this for summer "
    "spring autumn fall winter".split()
)
# What may be joined to a numeral that still counts: "sub-300 metres", "now-18".
PREFIXES = frozenset(("sub", "now", "plus"))
STREETS = frozenset("street st road rd avenue ave way lane boulevard blvd drive highway".split())
ENDS = STOPS - {"and", "or"}
NAMING = frozenset("/:#@._'’")
CALLED = frozenset(("911", "999", "112"))


def low(words: Sequence[Word], at: int) -> str:
    """A word in lower case, empty outside the sentence."""
    return words[at].low if 0 <= at < len(words) else ""


def counts_nothing(words: Sequence[Word], marks: Marks, number: Number) -> bool:
    """Whether a number written in numerals is part of a name, a date or a label."""
    if _joined_before(words, number) or _joined_after(words, number):
        return True
    if _beside_a_month(words, number):
        return True
    if unit_at(words, number.last, digits=True)[1] is not None:
        return low(words, number.first - 1) == "at" and low(words, number.last) == "hours"
    if currency_before(words, number.first) is not None:
        return False
    return _is_time(words, number) or _is_year(words, number) or _labelled(words, marks, number)


def _joined_before(words: Sequence[Word], number: Number) -> bool:
    """Whether a numeral is written onto what stands before it: "MH17", "S-300", "24/7"."""
    first = number.first
    if not glued(words, first):
        return False
    before = words[first - 1].low
    if before in NAMING:
        return True
    if before[0].isalnum():
        return currency_before(words, first) is None
    further = low(words, first - 2) if glued(words, first - 1) else ""
    return before in DASHES and further[:1].isalnum() and further not in PREFIXES


def _joined_after(words: Sequence[Word], number: Number) -> bool:
    """Whether a numeral is written onto what stands after it: "4th", "16:00", "2-0", or is a telephone number."""
    last = number.last
    lengths = [len(word.form) for word in words[number.first : last]]
    if lengths == [3, 1, 4] and words[number.first + 1].low in DASHES:
        return True
    if not glued(words, last):
        return False
    after = words[last].low
    if after in NAMING or after in DASHES:
        return glued(words, last + 1) and words[last + 1].form[0].isdigit()
    return after[0].isalpha() and unit_at(words, last, digits=True)[1] is None


def is_month(words: Sequence[Word], at: int) -> bool:
    """Whether a word names a month; in small letters "may" and "march" only where they can be no verb."""
    word = low(words, at)
    if word not in MONTHS:
        return False
    return not (word in VERBS and words[at].form.islower() and low(words, at + 1) in AFTER_VERB)


def _beside_a_month(words: Sequence[Word], number: Number) -> bool:
    """Whether a numeral is a day or a year: "4 June", "June 4", "June 4, 2025", "June 2025", "Sept. 20-24"."""
    first, last = number.first, number.last
    day = number.high is not None and number.high <= 31
    if day and last < len(words) and is_month(words, last):
        return True
    if is_month(words, first - 1) and (day or is_year(words[first].form)) and not _counts_people(words, number):
        return True
    before = low(words, first - 1)
    if before == "." and is_month(words, first - 2):
        return True
    if not is_year(words[first].form):
        return False
    return (before.isdigit() and is_month(words, first - 2)) or (
        before == "," and (is_month(words, first - 3) or is_month(words, first - 2))
    )


def _counts_people(words: Sequence[Word], number: Number) -> bool:
    """Whether people follow a numeral, so that the month before it has its day elsewhere: "on 30 April 12 men"."""
    noun = listed(words[number.last]) if number.last < len(words) else None
    return noun is not None and noun.plural and noun.sort in ("person", "force")


def _is_time(words: Sequence[Word], number: Number) -> bool:
    """Whether a numeral is a time of day: "9 p.m.", "1600 GMT", "0025"."""
    form, after = words[number.first].form, low(words, number.last)
    if after in CLOCK or (len(form) == 4 and form[0] == "0" and form.isdigit()):
        return True
    if len(form) != 4 or not form.isdecimal() or int(form[:2]) > 24 or int(form[2:]) > 59:
        return False
    phrase = bound_before(words, number.first)
    before = low(words, number.first - 1 - (len(phrase[0]) if phrase is not None else 0))
    return before == "at" and not plural_after(words, number.last)


def _is_year(words: Sequence[Word], number: Number) -> bool:
    """Whether a numeral is a year; "2000 people" and "an average of 1500" are none."""
    first, last = number.first, number.last
    if not (last - first == 1 or number.value is None) or not is_year(words[first].form):
        return False
    phrase = bound_before(words, first)
    if phrase is not None and len(phrase[0]) > 1:
        return False
    after = low(words, last)
    if after in UNITS or after in TENS or after[:1].isdigit():
        return True
    return not plural_after(words, last) or low(words, first - 1) in YEAR_BEFORE


def plural_after(words: Sequence[Word], at: int) -> bool:
    """Whether a plural stands within two words and so may be what a number counts."""
    for ahead in range(at, min(at + 2, len(words))):
        if stops(words, ahead) or not words[ahead].form[0].isalpha():
            return False
        if plural(words[ahead]):
            return True
    return False


def _labelled(words: Sequence[Word], marks: Marks, number: Number) -> bool:
    """Whether a numeral only numbers what stands before it: "Game 2", "iPhone 11 Pro", "(1881)", "the 600 block"."""
    first, last = number.first, number.last
    after = low(words, last)
    if first == 0:
        return after in (".", ")") and last - first == 1
    before = words[first - 1]
    if bound_after(words, last) is not None:
        return False
    if (before.low == "(" and after == ")") or after == "block" or (words[first].form in CALLED and last - first == 1):
        return True
    if _is_address(words, last):
        return True
    if before.low in LABELS:
        noun = listed(words[last]) if last < len(words) else None
        return noun is None or not noun.plural
    return _named(words, marks, number)


def _is_address(words: Sequence[Word], at: int) -> bool:
    """Whether capitals up to a word for a street follow a numeral: "49 Elm Tree Road"."""
    capitals = takewhile(lambda word: word.form[0].isupper() or word.form[0].isdigit(), words[at : at + 5])
    return any(word.low in STREETS for word in capitals)


def _named(words: Sequence[Word], marks: Marks, number: Number) -> bool:
    """Whether capitals before or after a numeral make it part of a name."""
    first, last = number.first, number.last
    before, after = words[first - 1], words[last] if last < len(words) else None
    if after is not None and before.form.isupper() and after.form.isupper() and len(before.form) > 3:
        # All in capitals: letters tell no names.
        return False
    if before.low in STOPS:
        capital = after is not None and after.form[0].isupper() and "." not in words[first].form
        phrase = bound_before(words, first)
        bounds = phrase is not None and phrase[1] is not Bound.EXACT
        return capital and not bounds and marks[last] is None and not _counts_capitals(words, last)
    if before.form.islower() or not before.form[0].isalpha() or marks[first - 1] is not None:
        return False
    return after is None or not (marks[last] is not None or plural_after(words, last) or after.low in ("of", "more"))


def _counts_capitals(words: Sequence[Word], at: int) -> bool:
    """Whether capitals after a numeral are what it counts, "25 Kalenjin herders", and no name, "the 787 Dreamliner"."""
    near = takewhile(lambda word: word.form[0].isalnum() and word.low not in ENDS, words[at : at + 6])
    return words[at].form.isupper() or any(plural(word) or listed(word) is not None for word in near)
