"""The page of a document: its text with what was read in it marked, and notes in the margin."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rashomon import __version__, words
from rashomon.errors import Unknown
from rashomon.export import tables
from rashomon.export.tables import Cell
from rashomon.knowledge.graphic import graphic
from rashomon.ledger.book import Ledger, Paper
from rashomon.ledger.entries import Entry
from rashomon.model.document import Block, BlockKind, Document
from rashomon.model.incident import IncidentId
from rashomon.model.judgement import Judgement, Part
from rashomon.model.reading import Reading
from rashomon.model.telling import Actor, ActorId, Claim, ClaimId, Quantity, TellingId
from rashomon.model.text import Span
from rashomon.review.anchors import placed, standing
from rashomon.web.address import Misasked
from rashomon.web.cases import asking
from rashomon.web.highlight import Mark, Run, runs, visible

TARGET = "target"
AT = re.compile(r"(\d{1,9})-(\d{1,9})")
SENTENCE_END = re.compile(r"[.!?][\"”’')]*(?=\s|$)")
# Layers a reader switches on and off, with the key of each.
LAYERS = (("claims", "1"), ("quantities", "2"), ("times", "3"), ("places", "4"), ("actors", "5"))


@dataclass(frozen=True, slots=True)
class Note:
    """A claim in the margin; ``remark`` where its source does more than assert, ``caveats`` where it is doubted.

    ``asked`` is where somebody may decide.
    """

    id: str
    number: int
    who: str
    voice: str | None
    source: str
    cue: str
    content: str
    act: str
    remark: str
    caveats: tuple[str, ...]
    figures: tuple[str, ...]
    asked: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A run as the page writes it.

    ``anchors`` are what links lead to, ``numbers`` the claims that begin here, ``meaning`` what the words stand for.
    """

    words: str
    classes: str
    anchors: tuple[str, ...]
    numbers: tuple[int, ...]
    meaning: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A block of the text in pieces, with the notes of the claims that begin in it; ``folded`` until asked for."""

    kind: BlockKind
    pieces: tuple[Piece, ...]
    notes: tuple[Note, ...]
    folded: bool
    opened: bool
    lines: int


@dataclass(frozen=True, slots=True)
class Told:
    """An incident that the document tells of; ``asked`` are the questions somebody may decide, and where."""

    id: str
    kind: str
    days: str
    places: str
    incident: IncidentId | None
    status: str
    asked: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Paged:
    """A document with what was read in it; ``at`` are the words it was opened for."""

    template: ClassVar[str] = "document.html"

    reading: Reading
    entries: tuple[Entry, ...]
    copies: tuple[Paper, ...]
    homes: Mapping[TellingId, IncidentId]
    voices: Mapping[ClaimId, str]
    at: Span | None
    judgements: tuple[Judgement, ...] = ()

    @property
    def decided(self) -> Iterator[tuple[Judgement, str, str]]:
        """What people decided of its words, in force: the judgement, what it says, where the words stand now."""
        for one in standing(self.judgements):
            if one.about is None:
                continue
            now = placed(one.about, self.document.text)
            after = f" → {words.sense(one.after)}" if one.after is not None else ""
            said = f"{words.verdict(one.verdict)}, {words.part(one.about.part)}: “{one.about.quote}”{after}"
            yield (
                one,
                said,
                "" if now is None else f"?c={now.span.start}-{now.span.end}#c={now.span.start}-{now.span.end}",
            )

    @property
    def title(self) -> str:
        """Its headline, or its id."""
        return visible(self.document.title or self.document.id)

    @property
    def document(self) -> Document:
        """The document."""
        return self.reading.document

    @property
    def day(self) -> str:
        """When it was published."""
        return words.day(self.document.published)

    @property
    def original(self) -> str | None:
        """Where it was published, if that is an address that a browser may be sent to."""
        url = self.document.url or ""
        return url if url.startswith(("https://", "http://")) else None

    @property
    def stale(self) -> bool:
        """Whether an earlier version of this program read it."""
        return self.reading.maker.version != __version__

    @property
    def lost(self) -> bool:
        """Whether the words it was opened for are not in it."""
        return self.at is not None and not (self.at.start < self.at.end <= len(self.document.text))

    @property
    def headed(self) -> bool:
        """Whether the text shows its headline itself."""
        title = (self.document.title or "").strip()
        return bool(title) and self.document.text.lstrip().startswith(title)

    @property
    def passages(self) -> Iterator[Passage]:
        """The text, block by block."""
        marked = tuple(marks(self.reading, self.at))
        notes, meant = self.notes, meanings(self.reading)
        seen: set[str] = set()
        for block in blocks(self.document):
            pieces = []
            here: list[Note] = []
            for run in runs(self.document.text, marked, block.span):
                fresh = tuple(dict.fromkeys(mark.id for mark in run.begun if mark.id not in seen))
                seen.update(fresh)
                begun = [notes[ClaimId(name)] for name in fresh if name in notes]
                here += begun
                pieces.append(_piece(run, fresh, begun, meant))
            yield self._passage(block, tuple(pieces), tuple(here))

    @property
    def notes(self) -> Mapping[ClaimId, Note]:
        """What stands in the margin, by claim."""
        actors = {actor.id: actor for actor in self.reading.actors}
        return {
            claim.id: _note(self.reading, claim, number, actors, self.voices.get(claim.id))
            for number, claim in enumerate(self.reading.claims, 1)
        }

    @property
    def told(self) -> tuple[Told, ...]:
        """The incidents it tells of."""
        times = {time.id: time for time in self.reading.times}
        places = {place.id: place for place in self.reading.places}
        found = []
        for telling in self.reading.incidents:
            time = None if telling.time is None else times.get(telling.time)
            where = [
                places[one.place].resolved or places[one.place].name for one in telling.places if one.place in places
            ]
            found.append(
                Told(
                    telling.id,
                    words.kind(telling.kind),
                    words.days(time.earliest, time.latest) if time and time.earliest else "day not told",
                    ", ".join(dict.fromkeys(where)) or "place not told",
                    self.homes.get(telling.id),
                    str(telling.status),
                    tuple(
                        (words.part(part), asking(self.document.id, part, telling.trigger[0]))
                        for part in (Part.DAY, Part.KIND)
                        if telling.trigger
                    ),
                )
            )
        return tuple(found)

    def record(self) -> object:
        """The JSON twin: the reading as `rashomon document --json` prints it."""
        return self.reading

    def header(self) -> Sequence[str]:
        """The columns of a claim."""
        return [column.name for column in tables.CLAIMS.columns]

    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """One row a claim."""
        return map(tables.claim, self.entries)

    def _passage(self, block: Block, pieces: tuple[Piece, ...], notes: tuple[Note, ...]) -> Passage:
        text = self.document.text
        opened = self.at is not None and self.at.overlaps(block.span)
        sentences = max(1, len(SENTENCE_END.findall(text, block.start, block.end)))
        return Passage(block.kind, pieces, notes, graphic(text, block.span), opened, sentences)


def paged(ledger: Ledger, name: str, at: str | None = None) -> Paged:
    """A document by its id or the beginning of it. Raises errors.Unknown, Misasked."""
    reading = ledger.reading(name)
    document = reading.document.id
    homes = ledger.told(document)
    voices = _voices(ledger, homes, document)
    decided = ledger.judgements(document)
    return Paged(reading, ledger.claims(document), ledger.copies(document), homes, voices, span(at), decided)


def span(words_: str | None) -> Span | None:
    """Code points as an address writes them: "812-839". Raises Misasked."""
    if words_ is None:
        return None
    match = AT.fullmatch(words_)
    if match is None:
        raise Misasked(f"c={words_}: no stretch of a text; write where it begins and ends, c=812-839")
    return Span(int(match[1]), int(match[2]))


def marks(reading: Reading, at: Span | None = None) -> Iterator[Mark]:
    """Everything that was read in a document as marks over its text."""
    if at is not None:
        yield Mark(at, TARGET, TARGET, f"c={at.start}-{at.end}")
    for claim in reading.claims:
        for part, spans in (("content", claim.content), ("source", claim.source), ("cue", claim.cue)):
            yield from (Mark(one, "claims", part, claim.id) for one in spans)
    for quantity in reading.quantities:
        yield Mark(quantity.span, "quantities", "quantity", quantity.id)
    for time in reading.times:
        yield Mark(time.span, "times", "time", time.id)
    for place in reading.places:
        yield Mark(place.span, "places", "place", place.id)
    for actor in reading.actors:
        yield from (Mark(one, "actors", "actor", actor.id) for one in actor.mentions)
    for number, caveat in enumerate(reading.caveats, 1):
        yield Mark(caveat.span, "caveats", "caveat", f"v{number}")


def blocks(document: Document) -> Iterator[Block]:
    """The blocks of a document in order, and between them whatever else it says."""
    at = 0
    for block in sorted(document.blocks, key=lambda one: one.start):
        if block.start < at:
            continue
        yield from _paragraphs(document.text, Span(at, block.start))
        yield block
        at = block.end
    yield from _paragraphs(document.text, Span(at, len(document.text)))


def _paragraphs(text: str, within: Span) -> Iterator[Block]:
    for match in re.finditer(r"\S(?:.*?\S)??(?=\s*\n\s*\n|\s*\Z)", within.of(text), re.DOTALL):
        yield Block(BlockKind.PARAGRAPH, within.start + match.start(), within.start + match.end())


def meanings(reading: Reading) -> Mapping[str, str]:
    """What times, places and figures stand for, by id."""
    found: dict[str, str] = {}
    found |= {one.id: words.days(one.earliest, one.latest) for one in reading.times if one.earliest or one.latest}
    for place in reading.places:
        where = (place.resolved, place.admin1, place.country)
        found[place.id] = ", ".join(dict.fromkeys(part for part in where if part)) or "not in the gazetteer"
    for figure in reading.quantities:
        found[figure.id] = _figure(figure)
    return found


def _piece(run: Run, fresh: tuple[str, ...], begun: Sequence[Note], meant: Mapping[str, str]) -> Piece:
    meaning = next((meant[mark.id] for mark in reversed(run.marks) if mark.id in meant), "")
    return Piece(run.words, run.classes, fresh, tuple(note.number for note in begun), meaning)


def _note(reading: Reading, claim: Claim, number: int, actors: Mapping[ActorId, Actor], voice: str | None) -> Note:
    actor = None if claim.claimant is None else actors.get(claim.claimant)
    source = _said(reading, claim.source)
    return Note(
        claim.id,
        number,
        visible(actor.name) if actor else source or "somebody not named",
        voice,
        source,
        _said(reading, claim.cue),
        _said(reading, claim.content),
        str(claim.act).replace("_", " "),
        words.stance(claim.stance),
        tuple(words.verification(one.status) for one in reading.caveats if claim.id in one.applies_to),
        tuple(_figure(one) for one in reading.quantities if one.claim == claim.id),
        asking(reading.document.id, Part.CLAIM, (claim.content or claim.cue or claim.source)[0]),
    )


def _figure(one: Quantity) -> str:
    kind = "" if one.kind == "count_other" else f"{words.question(one.kind)}: "
    return f"{kind}{words.interval(one.low, one.high)}{words.counted(one.unit, one.low, one.high)}"


def _said(reading: Reading, spans: Iterable[Span]) -> str:
    return " … ".join(" ".join(visible(one.of(reading.document.text)).split()) for one in spans)


def _voices(ledger: Ledger, homes: Mapping[TellingId, IncidentId], document: str) -> dict[ClaimId, str]:
    """Under which voice an incident counts each claim of a document."""
    found: dict[ClaimId, str] = {}
    for name in dict.fromkeys(homes.values()):
        try:
            incident = ledger.incident(name)
        except Unknown:
            continue
        for asked in incident.comparisons:
            for answer in asked.answers:
                for one in answer.claims:
                    if one.document == document and one.claim is not None and one.voice is not None:
                        found.setdefault(one.claim, one.voice)
    return found
