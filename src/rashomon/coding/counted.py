"""What a number counts: the unit or the noun phrase after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rashomon.coding.numbers import TENS, UNITS, Number
from rashomon.coding.words import CURRENCIES, DASHES, Word, glued
from rashomon.knowledge.counted import Noun, Outcome, Voice, nouns
from rashomon.knowledge.units import Unit, units

DETERMINERS = frozenset("the his her their its our my your these those such all".split())
PRONOUNS = frozenset("them whom which us you these those".split())
MORE = frozenset("more other additional further others".split())
# Words that end a noun phrase wherever they stand.
STOPS = frozenset(
    "a an the and or but nor of in on at by to for from with without into onto over under near between among amid "
    "against during since until till after before while when where as than that which who whom whose if because though "
    "although however so is are was were be been being am has have had do does did will would can could may might must "
    "shall should not no it they he she we you i them him us its their his her our my there here this these those what "
    "how why said says say saying told including include includes included per via about around toward towards across "
    "along through throughout inside outside behind above below up down off out away ago later earlier every each also "
    "still already yet only just now then today yesterday tomorrow apart despite both seriously critically "
    "severely slightly fatally badly mostly lightly gravely came comes went goes took takes made makes began "
    "begins gave gives became becomes ran fell rose grew won met got gets put puts asks asked".split()
)
NUMBERS = UNITS.keys() | TENS.keys()
# Events whose verbs are never taken for the counted noun: "kills 3 wounds 20".
SUFFERED = frozenset("kill injure harm detain capture displace".split())
LONGEST_UNIT = 4
LONGEST_PHRASE = 8
# Units of one or two letters are read only behind numerals: "5 m", never "one m".
SHORT_UNIT = 2


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted: words up to ``last`` (exclusive), a unit, or a head noun and its class.

    ``sort`` is a class of nouns, "" for a noun we do not list, None where the noun is left out ("killed 25").
    ``event`` is what an adjective inside says ("12 wounded soldiers"); ``inherits`` marks "three of them"; ``whole`` is
    False where the phrase goes on behind the head ("a Syrian town").
    """

    last: int
    unit: str | None = None
    kind: str | None = None
    sort: str | None = None
    event: str | None = None
    inherits: bool = False
    whole: bool = True


Marks = Sequence[Outcome | None]


def counted(words: Sequence[Word], number: Number, at: int, marks: Marks) -> Counted:
    """What a number counts, read from word ``at``; ``marks`` has the outcome that starts at each word."""
    money = currency_before(words, number.first)
    after, measure = unit_at(words, at, digits=number.digits)
    if money is not None:
        if measure is not None and measure.kind == "money":
            return _rate(words, Counted(after, measure.name, "money"))
        return _rate(words, Counted(at, money[1].name, "money"))
    if measure is not None:
        return _rate(words, _measured(words, after, measure))
    start = at
    inherits = False
    if start < len(words) and words[start].low == "of":
        start = _after_of(words, start)
        inherits = start < len(words) and words[start].low in PRONOUNS
        mark = marks[start + 1] if start + 1 < len(words) and words[start].low == "those" else None
        if mark is not None and mark.voice is not Voice.AFTER:
            return Counted(start + 1 + len(mark.words), "person", sort="person", event=mark.event)
        if start < len(words) and (words[start].form[0].isdigit() or words[start].low in NUMBERS):
            return Counted(at, inherits=True)
        if inherits:
            return _among(words, start + 1, number, marks)
    if start < len(words) and words[start].low in DASHES and glued(words, start):
        start += 1
    return _phrase(words, at, start, marks, one=number.value == 1 and start == at)


def currency_before(words: Sequence[Word], first: int) -> tuple[int, Unit] | None:
    """The currency written before a number and the word it starts at: "US $", "Rs", "€"."""
    start = first - 1
    if start > 0 and words[start].low == "." and words[start - 1].low in CURRENCIES:
        start -= 1
    if start < 0:
        return None
    known = units()
    unit = known.get((words[start].low,))
    if start > 0 and glued(words, first) and glued(words, start) and (words[start - 1].low, words[start].low) in known:
        return start - 1, known[words[start - 1].low, words[start].low]
    code = glued(words, first) and words[start].form.isupper() and unit is not None and unit.kind == "money"
    if unit is None or not (words[start].low in CURRENCIES or code):
        return None
    if start > 0 and words[start - 1].form.isupper() and (glued(words, start) or words[start - 1].low != "a"):
        # "US $", "HK$"; "A $5 note" is no Australian money.
        wider = known.get((words[start - 1].low, words[start].low))
        return (start, unit) if wider is None else (start - 1, wider)
    return start, unit


def unit_at(words: Sequence[Word], at: int, *, digits: bool) -> tuple[int, Unit | None]:
    """The unit that starts at a word, a hyphen before it allowed, and the word after it."""
    if at < len(words) and words[at].low in DASHES and glued(words, at):
        at += 1
    for size in range(min(LONGEST_UNIT, len(words) - at), 0, -1):
        form = tuple(word.low for word in words[at : at + size])
        unit = units().get(form)
        if unit is None or (size == 1 and len(form[0]) <= SHORT_UNIT and form[0].isalpha() and not digits):
            continue
        if form == ("m",) and not glued(words, at) and words[at].form != "m":
            continue
        return at + size, unit
    return at, None


def _measured(words: Sequence[Word], after: int, unit: Unit) -> Counted:
    """A measure; a year that is an age where "old" follows; a mass of explosives."""
    low = [word.low for word in words[after : after + 3]]
    old = next((at for at, word in enumerate(low[:2]) if word.startswith("old")), None)
    aged = low[:2] == ["of", "age"] or old == 0 or (old == 1 and low[0] in DASHES)
    if unit.name in ("year", "month", "day", "week") and aged:
        return Counted(after + (2 if old is None else old + 1), unit.name, "age")
    noun = nouns().get(low[0]) if low else None
    if unit.name == "millimetre" and noun is not None and noun.sort in ("weapon", "equipment"):
        return Counted(after, unit.name, "calibre")
    if unit.base == "gram" and any(word.startswith(("explosive", "tnt", "dynamite", "bomb")) for word in low):
        return Counted(after, unit.name, "explosive_mass")
    return Counted(after, unit.name, unit.kind)


def _rate(words: Sequence[Word], thing: Counted) -> Counted:
    """The measure with what it is taken per: "$58 per barrel", "$15 a month"."""
    at = thing.last
    if at + 1 >= len(words) or thing.kind in ("age", "duration"):
        return thing
    noun = words[at + 1].low
    last, known = unit_at(words, at + 1, digits=True)
    timed = (
        words[at].low in ("a", "an", "each", "every")
        and known is not None
        and known.kind in ("duration", "count_other")
    )
    if not (timed or (words[at].low == "per" and noun.isalpha())):
        return thing
    return Counted(
        max(last, at + 2), f"{thing.unit} per {known.name if known is not None else singular(noun)}", thing.kind
    )


def _after_of(words: Sequence[Word], at: int) -> int:
    """The word after "of" and the determiners behind it."""
    at += 1
    while at < len(words) and words[at].low in DETERMINERS and words[at].low not in PRONOUNS:
        at += 1
    return at


def _among(words: Sequence[Word], at: int, number: Number, marks: Marks) -> Counted:
    """As in "Three of them", "eight of them children": a part of what was counted before."""
    if at < len(words) and words[at].low in ("a", "an"):
        at += 1
    found = _phrase(words, at, at, marks, one=number.value == 1)
    if found.sort in (None, ""):
        return Counted(at, inherits=True)
    return Counted(found.last, found.unit, sort=found.sort, event=found.event, inherits=True)


def _phrase(words: Sequence[Word], at: int, start: int, marks: Marks, *, one: bool) -> Counted:
    """The noun phrase from a word on: its head, its class, what its adjectives say."""
    others = False
    while start < len(words) and words[start].low in MORE:
        others = others or words[start].low == "others"
        start += 1
    if others:
        return Counted(start, "person", sort="person")
    event, begin = _adjective(words, start, marks)
    end = _end(words, begin, marks, one=one)
    head = _head(words, begin, end, one=one)
    if head is None:
        return Counted(at) if begin > at else _beyond_measure(words, at, marks, one=one)
    noun = listed(words[head])
    unit = noun.lemma if noun else singular(words[head].low)
    return Counted(head + 1, unit, sort=noun.sort if noun else "", event=event, whole=head + 1 == end)


def _beyond_measure(words: Sequence[Word], at: int, marks: Marks, *, one: bool) -> Counted:
    """What is counted behind a measure joined to it: the bombs of "two 2,000-pound bombs"."""
    if at + 2 < len(words) and words[at].form[0].isdigit() and words[at + 1].low in DASHES:
        after, unit = unit_at(words, at + 1, digits=True)
        if unit is not None:
            return replace(_phrase(words, after, after, marks, one=one), last=at)
    return Counted(at)


def _adjective(words: Sequence[Word], at: int, marks: Marks) -> tuple[str | None, int]:
    """What an outcome used as an adjective says, and the word after it: "(12) wounded (soldiers)"."""
    mark = marks[at] if at < len(words) else None
    if mark is None or len(mark.words) > 1 or at + 1 >= len(words):
        return None, at
    noun = listed(words[at + 1])
    if noun is not None and (noun.plural or noun.sort in ("person", "force")):
        return mark.event, at + 1
    return None, at


def _goes_on(words: Sequence[Word], at: int) -> bool:
    """Whether "and" joins two names before one plural: "(25 Turkana and) Pokot herders"."""
    for ahead in range(at, min(at + 3, len(words))):
        if stops(words, ahead) or not words[ahead].form[0].isalpha() or words[ahead].low in NUMBERS:
            return False
        if plural(words[ahead]):
            return ahead > at
    return False


def stops(words: Sequence[Word], at: int) -> bool:
    """Whether a word ends a noun phrase; "US" and "IS" before small letters are names and do not."""
    word = words[at]
    named = word.form in ("US", "IS") and at + 1 < len(words) and not words[at + 1].form.isupper()
    return word.low in STOPS and not named


def _end(words: Sequence[Word], start: int, marks: Marks, *, one: bool) -> int:
    """Where the noun phrase that starts at a word ends."""
    at, seen = start, False
    while at < len(words) and at - start < LONGEST_PHRASE:
        word = words[at]
        if word.low in DASHES and glued(words, at) and glued(words, at + 1):
            at += 2
            continue
        if word.low in ("and", "or") and at > start and not (seen or one) and _goes_on(words, at + 1):
            at += 1
            continue
        if stops(words, at) or not (word.form[0].isalpha() or _model(words, at)):
            break
        # "Strikes" and "launches" may be the counted noun; any other outcome ends the phrase.
        mark = marks[at]
        noun = word.low.endswith("s") and not (seen or one) and mark is not None and mark.event not in SUFFERED
        if mark is not None and listed(word) is None and not noun:
            break
        seen = seen or plural(word)
        at += 1
    return at


def _model(words: Sequence[Word], at: int) -> bool:
    """Whether a numeral is part of a name: the "16" of "F-16", not the "250" of "250ml"."""
    if not words[at].form[0].isdigit():
        return False
    return glued(words, at) or (glued(words, at + 1) and unit_at(words, at + 1, digits=True)[1] is None)


def _head(words: Sequence[Word], start: int, end: int, *, one: bool) -> int | None:
    """The head of a noun phrase: its first plural, else its last listed noun, else its last word."""
    places = [at for at in range(start, min(end, len(words))) if words[at].form[0].isalpha() and not _leads(words, at)]
    if not places:
        return None
    if not one:
        for at in places:
            if plural(words[at]):
                return at
    known = [at for at in places if listed(words[at]) is not None]
    if known:
        return known[-1]
    if len(places) > 1 and words[places[0]].low.endswith(("ing", "ed")):
        places = places[1:]
    for n, at in enumerate(places):
        if (
            len(words[at].low) > 5
            and words[at].form.islower()
            and words[at].low.endswith(("ing", "ed") if n == 0 else ("ing", "ed", "s"))
        ):
            return places[n - 1] if n else None
    return places[min(len(places), 3) - 1]


def _leads(words: Sequence[Word], at: int) -> bool:
    """Whether a word is the first part of a compound: the "pick" of "pick-up trucks"."""
    return at + 1 < len(words) and words[at + 1].low in DASHES and glued(words, at + 1) and glued(words, at + 2)


def plural(word: Word) -> bool:
    """Whether a word is a listed plural or looks like one."""
    noun = listed(word)
    if noun is not None:
        return noun.plural
    low = word.low
    if word.form[-1] == "s" and word.form[:-1].isupper():
        # "UAVs", "MPs"
        return True
    return len(low) > 3 and low.endswith("s") and not low.endswith(("ss", "us", "is", "'s", "’s")) and _lettered(word)


def _lettered(word: Word) -> bool:
    """Whether a word is written small, or large in a text all in capitals, and so may be a common noun."""
    return word.form.islower() or (word.form.isupper() and len(word.form) > 5)


def listed(word: Word) -> Noun | None:
    """The listed noun a word is a form of."""
    return nouns().get(word.low)


def singular(low: str) -> str:
    """A plural noun's singular by rule, good enough for a label."""
    if low.endswith("ies") and len(low) > 4:
        return low[:-3] + "y"
    if low.endswith(("sses", "ches", "shes", "xes")):
        return low[:-2]
    return low[:-1] if low.endswith("s") and not low.endswith(("ss", "us")) else low
