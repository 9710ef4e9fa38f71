"""A source's words taken apart: who is named, by which noun, of whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rashomon.coding.capitals import FORMER, Token
from rashomon.coding.names import Name
from rashomon.knowledge.actors import Head, heads, nationalities
from rashomon.model.text import Span

SINGULAR = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
PLURAL = frozenset(
    ("they", "them", "their", "theirs", "both", "some", "others", "many", "these", "those", "all", "few")
)
THING = frozenset(("it", "its", "itself", "this", "that"))
FIRST = frozenset(("i", "we", "me", "us", "my", "our", "myself", "ourselves", "mine", "ours"))
RELATIVE = frozenset(("who", "which", "that", "whom", "whose"))
DEFINITE = frozenset(("the", "this", "that", "these", "those", "his", "her", "its", "their", "said"))
INDEFINITE = frozenset(("a", "an", "another", "one", "some", "other"))
SMALL = (
    DEFINITE
    | INDEFINITE
    | frozenset(
        """both all many several most two three four five six seven eight nine ten same various numerous these those few
    'the dozen dozens""".split()
    )
)
STOPS = frozenset(
    """of for in at from with by on to near about against within under over across inside outside among who which that
    whose whom where when while as after before speaking working living including based told said because according
    close familiar is was were are has had have""".split()
)
ATTACHED = frozenset(("of", "for", "in", "at", "from", "with", "by", "on", "to", "near", "close"))
COUNTS = frozenset(
    """number group handful series wave couple lot majority dozens hundreds thousands scores some many most several one
    two three any each none all both half couple string host spate crowd""".split()
)
BREAKS = frozenset((",", "(", "–", "—", ";", ":", "-"))


@dataclass(frozen=True, slots=True)
class Phrase:
    """One source: its span, the name it comes down to, or its noun with determiner and the name it hangs on."""

    span: Span
    low: str
    name: Name | None = None
    head: Head | None = None
    noun: str = ""
    label: str = ""
    definite: bool = False
    indefinite: bool = False
    owner: Name | None = None
    nationality: str | None = None
    titles: tuple[str, ...] = ()
    pronoun: bool = False
    modified: bool = False
    hangs: bool = False
    negative: bool = False
    joint: bool = False


def phrase(text: str, words: Sequence[Token], inside: Sequence[Name], span: Span) -> Phrase:
    """The phrase of one source span; ``words`` are the span's, ``inside`` the names that stand in it."""
    low = " ".join(token.low for token in words)
    if len(words) == 1 and (low in SINGULAR or low in PLURAL or low in THING or low in FIRST or low in RELATIVE):
        return Phrase(span, low, pronoun=True)
    joint = _joint(text, span, low, words, inside)
    if joint is not None:
        return joint
    words = _counted(words)
    first, rest = _segments(words)
    zone = _zone(first)
    person = _person(words, first, inside)
    if person is None and rest:
        person = _apposed(words, inside)
    if person is not None:
        code = next((name.country for name in inside if name is not person and name.country), None)
        return Phrase(span, low, name=person, titles=_nouns([*zone, *rest]), nationality=code or _nationality(words))
    return _described(text, span, low, first, zone, inside)


def _joint(text: str, span: Span, low: str, words: Sequence[Token], inside: Sequence[Name]) -> Phrase | None:
    """Two who speak together, if both are named: they are one source."""
    named = [name for name in inside if name.sort in ("person", "body", "state")]
    stop = next((at for at, token in enumerate(words) if token.low in STOPS or (at and token.low == "and")), 0)
    if not stop or words[stop].low != "and":
        return None
    before = any(name.span.end == words[stop - 1].end for name in named)
    if not before or named[-1].span.start < words[stop].end:
        return None
    label = " ".join(text[words[words[0].low in SMALL].start : words[-1].end].split())
    return Phrase(span, low, noun="and", label=label, owner=named[0], modified=True, joint=True)


def _counted(words: Sequence[Token]) -> Sequence[Token]:
    """The words without a count of what follows: "a number of <officials>", "one of <the commanders>"."""
    for at, token in enumerate(words[:3]):
        if token.low in COUNTS and at + 2 < len(words) and words[at + 1].low == "of":
            return words[at + 2 :]
    return words


def _segments(words: Sequence[Token]) -> tuple[list[Token], list[Token]]:
    """The words up to the first break, and the rest."""
    for at, token in enumerate(words):
        if at and token.form in BREAKS and at + 1 < len(words):
            return list(words[:at]), list(words[at + 1 :])
    return list(words), []


def _zone(words: Sequence[Token]) -> list[Token]:
    """The words up to the first preposition, relative or participle: where the phrase's head stands."""
    for at, token in enumerate(words):
        # "the UK based monitor" goes on after "based"; "activists based in Homs" does not.
        if (
            at
            and token.low in STOPS
            and not (token.low == "based" and words[at + 1 : at + 2] and words[at + 1].low not in STOPS)
        ):
            return list(words[:at])
    return list(words)


def _person(words: Sequence[Token], first: Sequence[Token], inside: Sequence[Name]) -> Name | None:
    """The person the first part of a phrase comes down to; none that hangs on a preposition or owns what follows."""
    for name in inside:
        if first and name.sort == "person" and name.span.start < first[-1].end and not _leans(words, name):
            return name
    return None


def _leans(words: Sequence[Token], name: Name) -> bool:
    """Whether a person only says whose or which somebody else is: "an aide to X", "X's office", "the X affair"."""
    before = [token for token in words if token.end <= name.span.start and token.form != "."]
    after = next((token for token in words if token.start >= name.span.end), None)
    if after is not None and (after.low in ("'s", "'", "’") or (after.form.islower() and after.low not in STOPS)):
        return True
    if any(token.low in RELATIVE for token in before):
        return True
    titles = {word for title in name.titles for word in title.removeprefix("ex-").split()}
    bare = [token.low for token in before if token.low not in titles]
    hung = next((at for at, low in enumerate(bare) if low in ATTACHED), 0)
    if name.titles and any(low in heads() for low in bare[:hung]):
        return True
    return bool(bare) and (bare[-1] in ATTACHED or before[-1].low == "the")


def _apposed(words: Sequence[Token], inside: Sequence[Name]) -> Name | None:
    """The person an apposition names: "a commander, <Juma Osman>"."""
    for name in inside:
        if name.sort != "person":
            continue
        before = [token for token in words if token.end <= name.span.start]
        since = next((before[at + 1 :] for at in range(len(before) - 1, -1, -1) if before[at].form in BREAKS), None)
        if since is not None:
            bare = [t for t in since if t.form.islower() and t.low not in name.titles]
            if len(bare) <= 2 and not any(t.low in STOPS for t in bare):
                return name
    return None


def _described(
    text: str, span: Span, low: str, first: Sequence[Token], zone: Sequence[Token], inside: Sequence[Name]
) -> Phrase:
    """A phrase without a person: a body by name, or a noun with what it hangs on."""
    core = [token for token in zone if token.low not in SMALL and not token.form[0].isdigit()] or list(zone)
    end = zone[-1].end if zone else span.start
    bodies = [name for name in inside if name.sort != "people"]
    named = [name for name in bodies if name.span.start < end]
    ending = next((name for name in named if core and name.span.end >= core[-1].end), None)
    hangs = next((name for name in bodies if name.span.start >= end), None)
    before = named[-1] if named and named[-1] is not ending else None
    head = _head(core)
    noun = head.noun if head else (core[-1].low if core else low)
    opening = first[0].low if first else ""
    return Phrase(
        span,
        low,
        name=ending,
        head=head,
        noun="ex-" + noun if any(token.low in FORMER for token in core) else noun,
        label=_label(text, core, first, hangs),
        definite=opening in DEFINITE,
        indefinite=opening in SMALL - DEFINITE,
        owner=before or hangs,
        nationality=_country(inside, end) or _nationality(core),
        modified=len(core) > (len(noun.split()) if head else 1),
        hangs=before is None and hangs is not None,
        negative=opening in ("no", "neither", "nobody", "none"),
    )


def _country(inside: Sequence[Name], end: int) -> str | None:
    """The country of the names before a phrase's head: its people's first, then a state's or a body's."""
    near = [name for name in inside if name.span.start < end and name.country]
    people = [name.country for name in near if name.sort == "people"]
    return next(iter((*people, *(name.country for name in near if name.sort in ("state", "body")))), None)


def _label(text: str, core: Sequence[Token], first: Sequence[Token], hangs: Name | None) -> str:
    """The words that name somebody without a name: noun with adjectives, and the name it hangs on if it is close."""
    if not core:
        return " ".join(token.form for token in first)
    end = core[-1].end
    if hangs is not None and first and hangs.span.end <= first[-1].end:
        between = [token for token in first if end <= token.start < hangs.span.start]
        # "The aide to the late Governor <X>": farther off, the name belongs to another thought.
        if len(between) > 4 or (between and between[0].low not in ATTACHED):
            return " ".join(text[core[0].start : end].split())
        end = hangs.span.end
        for token in first:
            if token.start >= end:
                if token.low in STOPS or token.low in ("'s", "and"):
                    break
                end = token.end
    return " ".join(text[core[0].start : end].split())


def _head(core: Sequence[Token]) -> Head | None:
    """The noun of the phrase: its last words in the table."""
    for end in range(len(core), 0, -1):
        for length in (3, 2, 1):
            if end >= length:
                found = heads().get(" ".join(token.low for token in core[end - length : end]))
                if found is not None and found.sort != "title":
                    return found
        # Only the last word or the one before a bare number or mark may be the head.
        if core[end - 1].form[0].isalpha():
            return None
    return None


def _nouns(words: Sequence[Token]) -> tuple[str, ...]:
    """All nouns of office, people and bodies in a phrase."""
    lows = [token.low for token in words]
    grams = (" ".join(lows[at : at + n]) for at in range(len(lows)) for n in (2, 1))
    return tuple(dict.fromkeys(gram for gram in grams if gram in heads()))


def _nationality(core: Sequence[Token]) -> str | None:
    return next((nationalities()[token.low] for token in core if token.low in nationalities()), None)
