"""Accounts side by side: who has a column, what stands in a cell."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from tests.web.raids import answer, evidence, incident, killed

from rashomon.ledger.book import Paper
from rashomon.model.document import DocumentId
from rashomon.model.incident import Comparison, Relation
from rashomon.web.matrix import OTHERS, OWN, By, matrix, tallies


def paper(name: str, outlet: str, origin: str | None = None) -> Paper:
    return Paper(DocumentId(name), DocumentId(origin or name), outlet, f"Title of {name}", None, None)


PAPERS = {
    one.id: one
    for one in (
        paper("d1", "The Post"),
        paper("d2", "The Echo", origin="d1"),
        paper("d3", "The Bell"),
    )
}
RAID = incident(
    killed(
        answer(7, evidence("d1", "seven", voice="Army"), evidence("d2", "seven", voice="Army")),
        answer(12, evidence("d3", "twelve", voice="Rebels")),
        answer(7, evidence("d3", "not seven", voice="Rebels"), denied=True),
        answer(9, evidence("d3", "nine", voice="The Bell", own=True)),
    ),
    Comparison("injured", Relation.SINGLE_SOURCE, (answer(3, evidence("d1", "three", voice="Army")),)),
)


def cells(by: By) -> dict[tuple[str, str], list[str]]:
    shown = matrix(RAID, PAPERS, by)
    return {
        (row.question, column.name): [said.words for said in cell]
        for row in shown.rows
        for column, cell in zip(shown.columns, row.cells, strict=True)
        if cell
    }


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        (
            By.VOICES,
            {
                ("killed", "Army"): ["7"],
                ("killed", "Rebels"): ["12", "7"],
                ("killed", OWN): ["9"],
                ("injured", "Army"): ["3"],
            },
        ),
        (
            By.OUTLETS,
            {
                ("killed", "The Post"): ["7"],
                ("killed", "The Echo"): ["7"],
                ("killed", "The Bell"): ["12", "7", "9"],
                ("injured", "The Post"): ["3"],
            },
        ),
        (
            By.DOCUMENTS,
            {
                ("killed", "Title of d1"): ["7"],
                ("killed", "Title of d2"): ["7"],
                ("killed", "Title of d3"): ["12", "7", "9"],
                ("injured", "Title of d1"): ["3"],
            },
        ),
    ],
)
def test_cells(by: By, expected: dict[tuple[str, str], list[str]]) -> None:
    assert cells(by) == expected


def test_a_column_counts_documents_and_texts() -> None:
    army = next(column for column in matrix(RAID, PAPERS).columns if column.name == "Army")
    assert (army.documents, army.texts, army.carried) == (2, 1, "2 documents, 1 text")


def test_a_denial_is_one_and_outlets_are_named() -> None:
    row = matrix(RAID, PAPERS).rows[0]
    said = {one.words: one for cell in row.cells for one in cell}
    flags = [(one.words, one.denied) for cell in row.cells for one in cell]
    assert ("7", True) in flags
    assert ("12", False) in flags
    assert said["9"].who == "The Bell"
    assert (row.sign, row.finding, row.differs) == ("#", "disagree", True)


def many(names: Sequence[str]) -> list[str]:
    told = incident(killed(*(answer(n, evidence("d1", name, voice=name)) for n, name in enumerate(names, 1))))
    return [column.name for column in matrix(told, PAPERS, most=4).columns]


def test_who_says_least_shares_a_column() -> None:
    assert many(["a", "b", "c", "d"]) == ["a", "b", "c", "d"]
    assert many(["a", "b", "c", "d", "e"]) == ["a", "b", "c", OTHERS]


def test_what_comes_out_how_often() -> None:
    assert [(one.sign, one.finding, one.many) for one in tallies(RAID)] == [("#", "disputed", 1), ("1", "told once", 1)]
