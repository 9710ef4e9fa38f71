"""What a person is asked: of some words, what they are; of two tellings or incidents, whether they are of one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from urllib.parse import urlencode

from rashomon import review, words
from rashomon.ledger.book import Ledger
from rashomon.model.globe import km
from rashomon.model.incident import Incident, Site, Tie
from rashomon.model.judgement import Part
from rashomon.model.text import Span
from rashomon.web.address import Misasked, path

AROUND = 320  # characters before and after the words in question
# What can be asked of the same words: of what is said, or of the word by which something is told to have happened.
TOGETHER = ((Part.CLAIM, Part.SPEAKER, Part.FIGURE, Part.PLACE), (Part.DAY, Part.KIND))


@dataclass(frozen=True, slots=True)
class Side:
    """One of two: by which ``name`` it is asked for, its incident, and where its words are."""

    name: str
    incident: Incident
    headline: str
    days: str
    path: str


@dataclass(frozen=True, slots=True)
class Case:
    """What is asked: of words in their place, or of two tellings.

    ``sure`` is how sure the machine is, in per cent; None of what somebody asks for themselves, who goes ``back`` when
    it is decided. ``others`` are the other questions that can be asked of the same words.
    """

    question: str
    sure: int | None
    part: Part | None = None
    document: str = ""
    title: str = ""
    span: Span | None = None
    before: str = ""
    quote: str = ""
    after: str = ""
    read: str = ""
    path: str = ""
    sides: tuple[Side, ...] = ()
    reasons: tuple[str, ...] = ()
    back: str = ""
    others: tuple[tuple[str, str], ...] = ()

    @property
    def choices(self) -> tuple[tuple[str, str, str], ...]:
        """What can be said: verdict, key, word."""
        if self.sides:
            return ("same_incident", "s", "same"), ("different_incident", "d", "different"), ("unsure", "?", "unsure")
        return ("accept", "a", "right"), ("reject", "r", "wrong"), ("unsure", "?", "unsure")

    @property
    def fields(self) -> tuple[tuple[str, str, str], ...]:
        """What can be corrected: the field, what it is called, the kind of input."""
        match self.part:
            case Part.SPEAKER:
                return (("name", "who is speaking", "text"),)
            case Part.FIGURE:
                return ("low", "at least", "number"), ("high", "at most", "number"), ("kind", "what is counted", "text")
            case Part.DAY:
                return ("earliest", "first day", "date"), ("latest", "last day", "date")
            case Part.PLACE:
                return ("name", "which place", "text"), ("lat", "latitude", "number"), ("lon", "longitude", "number")
            case Part.KIND:
                return (("kind", "code of the kind", "text"),)
        return ()


def of_words(ledger: Ledger, document: str, part: Part, span: Span, sure: float | None) -> Case:
    """What is asked of some words of a document. Raises errors.Unknown, Misasked where there are no such words."""
    reading = ledger.reading(document)
    text = reading.document.text
    if not 0 <= span.start < span.end <= len(text):
        raise Misasked(f"c={span.start}-{span.end}: the text has {len(text)} characters")
    meant = review.sense(reading, review.about(reading, part, span))
    here = f"{path('document', reading.document.id)}?c={span.start}-{span.end}#c={span.start}-{span.end}"
    near = next(several for several in TOGETHER if part in several)
    asked = [one for one in near if one is not part] if sure is None else []
    return Case(
        words.part(part),
        None if sure is None else round(sure * 100),
        part,
        reading.document.id,
        reading.document.title or reading.document.id,
        span,
        _before(text, span.start),
        span.of(text),
        _after(text, span.end),
        words.sense(meant) if meant is not None else "an account" if part is Part.CLAIM else "nothing",
        here,
        back=here if sure is None else "",
        others=tuple((words.part(one), asking(reading.document.id, one, span)) for one in asked),
    )


def of_pair(ledger: Ledger, one: str, other: str, tie: Tie | None = None) -> Case:
    """What is asked of two incidents, or of two tellings, by their names. Raises errors.Unknown, Misasked."""
    sides = (_side(ledger, one), _side(ledger, other))
    if one == other:
        raise Misasked(f"{one}: two are compared")
    if tie is not None:
        reasons = tuple(f"{reason.words} ({reason.weight:+.1f})" for reason in tie.reasons)
        return Case("same incident", round(tie.score * 100), sides=sides, reasons=reasons)
    compared = tuple(_compared(sides[0].incident, sides[1].incident))
    return Case("same incident", None, sides=sides, reasons=compared, back=path("incident", one))


def asking(document: str, part: Part, span: Span) -> str:
    """The address at which somebody is asked of some words."""
    return f"/review?{urlencode({'document': document, 'part': part, 'c': f'{span.start}-{span.end}'})}"


def pairing(one: str, other: str) -> str:
    """The address at which somebody is asked of two incidents or tellings."""
    return f"/review?{urlencode({'one': one, 'other': other})}"


def _side(ledger: Ledger, name: str) -> Side:
    incident = ledger.incident(name)
    document, hash_, _ = name.rpartition("#")
    told = path("document", document) if hash_ else path("incident", incident.id)
    days = words.days(incident.earliest, incident.latest)
    return Side(name, incident, words.headline(incident), days, told)


def _compared(one: Incident, other: Incident) -> Iterator[str]:
    """In which points two incidents are alike, in the signs of the matrix."""
    if one.id == other.id:
        yield "both are told of in one incident now"
        return
    yield f"{'=' if one.kind == other.kind else '#'} kind: {words.kind(one.kind)}, {words.kind(other.kind)}"
    told = (words.days(one.earliest, one.latest), words.days(other.earliest, other.latest))
    yield f"{'=' if _together(one, other) else '#'} day: {told[0]}, {told[1]}"
    apart = [km(a, b) for a, b in product(_points(one.places), _points(other.places))]
    if apart:
        yield f"{'=' if min(apart) < 1 else '#'} place: {min(apart):.0f} km apart"
    shared = len(set(one.documents) & set(other.documents))
    yield f"{words.count(shared, 'document')} of both"


def _together(one: Incident, other: Incident) -> bool:
    if one.earliest is None or one.latest is None or other.earliest is None or other.latest is None:
        return False
    return one.earliest <= other.latest and other.earliest <= one.latest


def _points(places: Sequence[Site]) -> list[tuple[float, float]]:
    return [(one.lat, one.lon) for one in places if one.lat is not None and one.lon is not None]


def _before(text: str, at: int) -> str:
    """What stands before some words, from the beginning of a word on."""
    if at <= AROUND:
        return text[:at]
    return "… " + text[at - AROUND : at].partition(" ")[2]


def _after(text: str, at: int) -> str:
    """What stands after some words, to the end of a word."""
    if at + AROUND >= len(text):
        return text[at:]
    return text[at : at + AROUND].rpartition(" ")[0] + " …"
