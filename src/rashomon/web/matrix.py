"""Accounts side by side: columns are voices, rows are questions, a cell is what one voice answers to one question."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rashomon import words
from rashomon.ledger import Paper
from rashomon.model.document import DocumentId
from rashomon.model.incident import Answer, Comparison, Evidence, Incident, Relation

# Columns of their own; on a wide screen more do not fit, and what the rest say stands in one more.
MOST_COLUMNS = 8
OWN = "outlets' own words"
OTHERS = "other voices"

Papers = Mapping[DocumentId, Paper]


class By(StrEnum):
    """What a column is."""

    VOICES = "voices"
    OUTLETS = "outlets"
    DOCUMENTS = "documents"


@dataclass(frozen=True, slots=True)
class Column:
    """Who answers: a name, the documents that print it, and how many different texts these are."""

    name: str
    documents: int
    texts: int
    voice: bool

    @property
    def carried(self) -> str:
        """How often it is printed: "14 documents, 3 texts"."""
        told = words.count(self.documents, "document")
        return told if self.texts == self.documents else f"{told}, {words.count(self.texts, 'text')}"


@dataclass(frozen=True, slots=True)
class Said:
    """An answer in a cell; ``who`` where the column holds several, ``anchor`` leads to its words."""

    words: str
    anchor: str
    denied: bool
    unverified: bool
    superseded: bool
    who: str


@dataclass(frozen=True, slots=True)
class Row:
    """A question, how its answers stand to each other, and a cell a column."""

    question: str
    name: str
    sign: str
    finding: str
    relation: Relation
    marginal: bool
    cells: tuple[tuple[Said, ...], ...]

    @property
    def differs(self) -> bool:
        """Whether not all say the same."""
        return self.relation not in (Relation.AGREE, Relation.SINGLE_SOURCE)


@dataclass(frozen=True, slots=True)
class Matrix:
    """The accounts of an incident."""

    by: By
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many questions of an incident came out how."""

    sign: str
    finding: str
    many: int


def matrix(incident: Incident, papers: Papers, by: By = By.VOICES, *, most: int = MOST_COLUMNS) -> Matrix:
    """The accounts of an incident; who answers most has the first column, what is left shares the last."""
    asked = Counter(name for c in incident.comparisons for name in _keys(c, by, papers))
    named = [name for name, _ in sorted(asked.items(), key=lambda one: (one[0] == OWN, -one[1], one[0]))]
    # The outlets' own words, if there are any, have a column however little they say.
    own = [OWN] if OWN in named else []
    voices = [name for name in named if name != OWN]
    kept = voices if len(voices) <= most else voices[: most - 1]
    rest = frozenset(voices[len(kept) :])
    order = [*kept, *([OTHERS] if rest else []), *own]
    columns = _columns(incident, papers, by, order, rest)
    return Matrix(by, columns, tuple(_row(c, by, papers, order, rest) for c in incident.comparisons))


def tallies(incident: Incident) -> tuple[Tally, ...]:
    """How many questions are agreed, disputed and so on, those that differ first."""
    found = Counter((words.sign(c.relation), _grouped(c.relation)) for c in incident.comparisons)
    return tuple(Tally(sign, finding, many) for (sign, finding), many in sorted(found.items(), key=_by_sign))


def anchor(question: str, number: int) -> str:
    """Where the words of an answer stand on the page; numbers from 1."""
    return f"{question}-{number}"


def keys(answer: Answer, evidence: Evidence, by: By, papers: Papers) -> tuple[str, ...]:
    """The columns that a piece of evidence belongs to."""
    match by:
        case By.VOICES:
            if evidence.own:
                return (OWN,)
            return answer.voices if evidence.voice is None else (evidence.voice,)
        case By.OUTLETS:
            paper = papers.get(evidence.document)
            return ((paper.outlet if paper else None) or "no outlet",)
        case By.DOCUMENTS:
            return (evidence.document,)


def _keys(comparison: Comparison, by: By, papers: Papers) -> frozenset[str]:
    return frozenset(
        key for answer in comparison.answers for one in answer.claims for key in keys(answer, one, by, papers)
    )


def _columns(
    incident: Incident, papers: Papers, by: By, order: Sequence[str], rest: frozenset[str]
) -> tuple[Column, ...]:
    printed: dict[str, set[DocumentId]] = defaultdict(set)
    for comparison in incident.comparisons:
        for answer in comparison.answers:
            for one in answer.claims:
                for key in keys(answer, one, by, papers):
                    printed[OTHERS if key in rest else key].add(one.document)
    return tuple(
        Column(
            _named(name, by, papers),
            len(printed[name]),
            len({papers[document].origin if document in papers else document for document in printed[name]}),
            by is By.VOICES and name not in (OWN, OTHERS),
        )
        for name in order
    )


def _named(name: str, by: By, papers: Papers) -> str:
    if by is not By.DOCUMENTS or DocumentId(name) not in papers:
        return name
    paper = papers[DocumentId(name)]
    return paper.title or paper.id


def _row(comparison: Comparison, by: By, papers: Papers, order: Sequence[str], rest: frozenset[str]) -> Row:
    cells: dict[str, list[Said]] = {name: [] for name in order}
    for number, answer in enumerate(comparison.answers, 1):
        told: dict[str, list[str]] = defaultdict(list)
        for one in answer.claims:
            for key in keys(answer, one, by, papers):
                column = OTHERS if key in rest else key
                told[column].extend(_who(column, key, one))
        for column, who in told.items():
            cells[column].append(_said(answer, anchor(comparison.question, number), who))
    name, relation = comparison.question, comparison.relation
    return Row(
        name,
        words.question(name),
        words.sign(relation),
        words.finding(relation),
        relation,
        comparison.marginal,
        tuple(tuple(cells[column]) for column in order),
    )


def _who(column: str, key: str, one: Evidence) -> Iterator[str]:
    if column == OTHERS:
        yield key
    elif column == OWN and one.voice:
        yield one.voice


def _said(answer: Answer, at: str, who: Iterable[str]) -> Said:
    several = list(dict.fromkeys(who))
    told = ", ".join(several[:2]) + (f" and {len(several) - 2} more" if len(several) > 2 else "")
    return Said(words.answer(answer), at, words.denied(answer), answer.unverified, answer.superseded, told)


def _grouped(relation: Relation) -> str:
    match relation:
        case Relation.AGREE | Relation.COMPATIBLE:
            return "agreed"
        case Relation.DISAGREE | Relation.DISPUTED:
            return "disputed"
        case Relation.SUPERSEDED | Relation.SINGLE_SOURCE | Relation.UNVERIFIED:
            return words.finding(relation)


def _by_sign(found: tuple[tuple[str, str], int]) -> int:
    return "#!^=1".index(found[0][0])
