"""Words and their capitals: what may be part of a name, with case and without."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rashomon.knowledge.actors import heads

# Words with their inner hyphens, points and apostrophes; a possessive 's is a word of its own.
TOKEN = re.compile(r"\d+(?:[.,]\d+)+|(?:[^\W\d_]\.){2,}|['’]s\b|[^\W_]+(?:[-&/.][^\W_]+|['’](?!s\b)[^\W_]+)*|[^\w\s]")
LINKS = frozenset(
    ("of", "for", "de", "del", "da", "du", "dos", "la", "el", "al", "bin", "ibn", "von", "van", "der", "&")
)
PREFIXES = ("al-", "el-", "an-", "as-", "ash-", "ad-", "ar-", "at-", "az-", "bin-", "ul-", "mc", "d'", "d’")
# Words that go with nouns of office in texts without case.
LOWER = frozenset(
    """acting deputy vice interim chief senior former local foreign national federal military civil official officials
    unidentified high top state public political secret special new same own several security defense defence who
    which whose that was is has had head late general armed police""".split()
)
FORMER = frozenset(("former", "ex", "late", "ousted", "deposed", "then"))
# Everyday words but for their capitals.
SHORT = frozenset(("IS", "WHO", "US"))
# "UK-based", "Houthi-run": adjectives made of a name.
ADJECTIVES = (
    "-based",
    "-led",
    "-run",
    "-backed",
    "-linked",
    "-held",
    "-born",
    "-aligned",
    "-controlled",
    "-affiliated",
)
# A name after these is a place's sooner than a person's.
WHERE = frozenset(
    ("in", "at", "near", "from", "around", "outside", "inside", "into", "across", "throughout", "towards")
)
# Capitalised by their place in the sentence or by custom, and no part of a name of anybody.
PLAIN = frozenset(
    """a an the this that these those he she it they we i you his her its their our my your who whom which what when
    where why how in on at by for from to of with without after before since until while as if though although because
    but and or nor so yet however meanwhile according earlier later also now then there here today yesterday tomorrow
    some many most several all both each every no not one two three four five six seven eight nine ten dozens hundreds
    thousands about around over under more less at-least only just even still again once another other others such
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december mon tue wed thu fri sat sun is are was were be been has have had do does did
    will would can could should may might must said says saying asked told according despite during between among amid
    following including citing speaking additionally moreover furthermore instead indeed perhaps never nobody nothing
    everyone everything anyone someone""".split()
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word or mark; ``low`` in lower case; ``broken`` if a line ends before it."""

    form: str
    low: str
    start: int
    end: int
    broken: bool = False


def tokens(text: str, start: int, end: int) -> list[Token]:
    """The words and marks between two offsets."""
    found = []
    last = start
    for match in TOKEN.finditer(text, start, end):
        form = match.group()
        first, after = match.span()
        broken = first - last > 0 and "\n" in text[last:first]
        found.append(Token(form, form.lower().replace("’", "'"), first, after, broken))
        last = after
    return found


def caseless(text: str) -> bool:
    """Whether a text has no capitals to go by: all upper or all lower, as archives of agency copy are."""
    letters = [c for c in text[:4000] if c.isalpha()]
    upper = sum(c.isupper() for c in letters)
    # Edited English has 3 to 6 % capitals; headlines in capitals never reach half of a report.
    return not 0.005 * len(letters) <= upper <= 0.6 * len(letters)


def uncapped(words: Sequence[Token]) -> list[Token]:
    """Words of a text without case as if it had case: what no table of nouns holds is taken for a name."""
    return [Token(_cased(token.low), token.low, token.start, token.end, broken=False) for token in words]


def _cased(low: str) -> str:
    plain = low in PLAIN or low in LINKS or low in LOWER or low in heads() or not low[0].isalpha()
    return low if plain else low.capitalize()


def capital(token: Token) -> bool:
    """Whether a word may be part of a name by its capital."""
    if token.form[0].isupper():
        return (token.low not in PLAIN or token.form in SHORT) and not token.low.endswith(ADJECTIVES)
    return token.low.startswith(PREFIXES) and any(c.isupper() for c in token.form)
