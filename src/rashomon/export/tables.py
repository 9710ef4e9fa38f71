"""The ledger as tables: one definition of columns, for spreadsheets, typed files, data packages and their codebooks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from rashomon.export.dossiers import Holdings
from rashomon.export.figures import live, reported
from rashomon.knowledge.kinds import kinds
from rashomon.ledger import Entry
from rashomon.model import codec
from rashomon.model.incident import Answer, Comparison, Incident, Polarity, Relation
from rashomon.model.text import Span

Cell = str | int | float | bool | date | None


class Sort(StrEnum):
    """What the cells of a column are, in the words of the Table Schema standard; arrays and objects are JSON."""

    STRING = "string"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    ARRAY = "array"
    OBJECT = "object"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what its cells are, what it says."""

    name: str
    sort: Sort
    words: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the ledger: ``words`` says what a row is, ``key`` names the columns that tell rows apart."""

    name: str
    words: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: Callable[[Holdings], Iterator[tuple[Cell, ...]]]


def columns(text: str) -> tuple[Column, ...]:
    """Columns written one a line: name, sort, words."""
    lines = (line.split(maxsplit=2) for line in text.strip().splitlines())
    return tuple(Column(name, Sort(sort), words) for name, sort, words in lines)


def _claims(holdings: Holdings) -> Iterator[tuple[Cell, ...]]:
    return map(claim, holdings.entries())


def claim(entry: Entry) -> tuple[Cell, ...]:
    """The cells of a claim.

    Offsets are code points into the document's text, half-open; words that are interrupted run from the start of
    their first part to the end of the last, and ``content_spans`` holds the parts.
    """
    return (
        *(entry.document, entry.outlet, entry.published, entry.claim, entry.source, entry.cue, entry.content),
        *(entry.claimant, entry.claimant_kind, entry.claimant_side, entry.claimant_country),
        *map(str, (entry.speech, entry.act, entry.stance, entry.distance)),
        entry.within,
        *_ends(entry.source_spans),
        *_ends(entry.cue_spans),
        *_ends(entry.content_spans),
        as_json(entry.content_spans),
    )


def _incidents(holdings: Holdings) -> Iterator[tuple[Cell, ...]]:
    return map(incident, holdings.incidents())


def incident(one: Incident) -> tuple[Cell, ...]:
    """The cells of an incident; its place is the first, most exact one."""
    site = one.places[0] if one.places else None
    where: tuple[Cell, ...] = (None,) * 9
    if site is not None:
        where = (site.name, site.resolved, site.admin1, site.admin2, site.country)
        where += (site.lat, site.lon, site.radius_km, site.role)
    kind = kinds().get(one.kind)
    relations = {comparison.question: str(comparison.relation) for comparison in one.comparisons}
    return (
        *(one.id, one.kind, one.kind if kind is None else kind.label, str(one.status)),
        *(one.earliest, one.latest, None if one.precision is None else str(one.precision)),
        *where,
        as_json(one.places),
        as_json(one.participants),
        *(len(one.documents), len(voices(one.comparisons)), len(one.comparisons)),
        sum(comparison.relation is Relation.DISAGREE for comparison in one.comparisons),
        as_json(relations),
        *(_number(end) for question in ("killed", "injured") for end in reported(live(one, question))),
        as_json(one.documents),
    )


def _comparisons(holdings: Holdings) -> Iterator[tuple[Cell, ...]]:
    return (comparison(one, asked) for one in holdings.incidents() for asked in one.comparisons)


def comparison(one: Incident, asked: Comparison) -> tuple[Cell, ...]:
    """The cells of one question of an incident."""
    low, high = reported(live(one, asked.question))
    documents = {words.document for answer in asked.answers for words in answer.claims}
    return (
        *(one.id, one.kind, one.earliest, one.latest, asked.question, str(asked.relation), asked.marginal),
        *(len(asked.answers), len(voices((asked,))), len(documents), _number(low), _number(high)),
        any(answer.polarity is Polarity.DENY for answer in asked.answers),
        all(answer.unverified for answer in asked.answers),
        as_json(voices((asked,))),
        as_json(asked.answers),
    )


def _answers(holdings: Holdings) -> Iterator[tuple[Cell, ...]]:
    for one in holdings.incidents():
        for asked in one.comparisons:
            for number, told in enumerate(asked.answers, 1):
                yield answer(one, asked, number, told)


def answer(one: Incident, asked: Comparison, number: int, told: Answer) -> tuple[Cell, ...]:
    """The cells of one answer to a question of an incident."""
    days = sorted(words.published for words in told.claims if words.published is not None)
    return (
        *(one.id, one.kind, asked.question, str(asked.relation), number),
        *(_number(told.low), _number(told.high), told.unit, told.value, str(told.polarity)),
        *(told.superseded, told.unverified, len(told.voices)),
        *("; ".join(told.voices), "; ".join(told.sides)),
        "; ".join(dict.fromkeys(words.document for words in told.claims)),
        *(days[0] if days else None, days[-1] if days else None),
        told.claims[0].text if told.claims else None,
        as_json(told.claims),
    )


def voices(comparisons: Iterable[Comparison]) -> tuple[str, ...]:
    """Everybody who answers, in the order heard."""
    return tuple(dict.fromkeys(name for one in comparisons for answer in one.answers for name in answer.voices))


def as_json(record: object) -> str:
    """A record as a cell of JSON."""
    return codec.to_json(record).decode()


def _number(amount: Decimal | None) -> float | None:
    return None if amount is None else float(amount)


def _ends(spans: Sequence[Span]) -> tuple[int | None, int | None]:
    return (spans[0].start, spans[-1].end) if spans else (None, None)


CLAIMS = Table(
    "claims",
    "One row a claim: who says, by which word, what.",
    ("document", "claim"),
    columns("""
        document string Id of the document
        outlet string Who published it
        published date Day of publication
        claim string Id of the claim, within its document
        source string Words that name who says it
        cue string Word of saying
        content string What is said, interrupted words joined by " … "
        claimant string Actor behind the source words
        claimant_kind string Kind of that actor
        claimant_side string Side that actor stands on
        claimant_country string Its country, ISO 3166-1 alpha-2
        speech string How the words are given
        act string What is done by saying it
        stance string The speaker's position to the content
        distance string How far the reporter stands from it
        within string Claim that this one stands in
        source_start integer Offset of the source in the document's text, code points
        source_end integer Its end, not included
        cue_start integer Offset of the cue
        cue_end integer Its end, not included
        content_start integer Offset of the content
        content_end integer Its end, not included
        content_spans array Parts of the content, each [start, end]
    """),
    _claims,
)
INCIDENTS = Table(
    "incidents",
    "One row an incident, gathered from the tellings of many documents.",
    ("id",),
    columns("""
        id string Id of the incident; an id once given always answers
        kind string Kind of incident
        label string That kind in words
        status string What its tellings commit to
        earliest date First day it may have been
        latest date Last day it may have been
        precision string How exactly the time is told
        place string The most exact place, as written
        resolved string That place as the gazetteer names it
        admin1 string First-level unit it lies in
        admin2 string Second-level unit it lies in
        country string ISO 3166-1 alpha-2
        lat number Degrees north of the place's centre
        lon number Degrees east of the place's centre
        radius_km number Radius of the place; beyond 25 it is an area and no point
        place_role string What the place is to the incident
        places array All its places
        participants array Who took part, as what, and who alone alleges it
        documents integer How many documents tell of it
        voices integer How many voices answer a question of it
        questions integer How many questions are answered
        disagreements integer How many of them voices answer differently
        relations object How the accounts stand to each other, by question
        killed_low number Lowest number killed that anybody gives
        killed_high number Highest number killed that anybody gives
        injured_low number Lowest number injured that anybody gives
        injured_high number Highest number injured that anybody gives
        document_ids array Ids of these documents
    """),
    _incidents,
)
COMPARISONS = Table(
    "comparisons",
    "One row a question of an incident, with how the accounts stand to each other.",
    ("incident", "question"),
    columns("""
        incident string Id of the incident
        kind string Kind of incident
        earliest date First day it may have been
        latest date Last day it may have been
        question string What is asked: a kind of quantity, occurrence, perpetrator, cause, place, date or terms
        relation string How the accounts stand to each other
        marginal boolean Whether they differ by no more than the words allow for
        answers integer How many answers there are
        voices integer How many voices give them
        documents integer How many documents they stand in
        low number Lowest number that still stands
        high number Highest number that still stands
        denied boolean Whether an answer is a denial
        unverified boolean Whether every answer is left unverified
        voice_names array Who answers
        answer_list array All answers with their words
    """),
    _comparisons,
)
ANSWERS = Table(
    "answers",
    "One row an answer to a question of an incident: an interval or a value, and who gives it.",
    ("incident", "question", "number"),
    columns("""
        incident string Id of the incident
        kind string Kind of incident
        question string What is asked
        relation string How the accounts stand to each other
        number integer Which answer of its question, from 1
        low number Lower end of the interval; empty is open
        high number Upper end of the interval; empty is open
        unit string What is counted, or the unit of measure
        value string The answer where it is no number
        polarity string Whether it is asserted or denied
        superseded boolean Whether its voices have since said otherwise
        unverified boolean Whether it is left unverified
        voices integer How many voices give it
        voice_names string Who gives it
        sides string Sides these stand on
        documents string Documents it stands in
        first_published date When it was first published
        last_published date When it was last published
        words string The words, the first time
        claims array Every claim behind it, with its offsets
    """),
    _answers,
)
TABLES = (CLAIMS, INCIDENTS, COMPARISONS, ANSWERS)
