"""The mark-up of the dispatches: what is read from it, what the linter refuses, and that the corpus is clean."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatches import figures, lint, markup, times
from rashomon.model.telling import Bound, Precision, Stance

PIECE = """a remark
=== id: test-001 | style: wire | published: 2024-03-12 | outlet: Lake Press | title: Raid on Oum
incidents: i1 CLASH.RAID occurred 2024-03-11 ; i2 STRIKE.AIR denied -
claims: c1 say affirm neutral ; c2 deny deny neutral
claims: c3 say affirm distancing
actors: a1 army "Army of Dar" ; a2 gunmen "gunmen" ; a3 official "Colonel Adé"
---
{R i1 perpetrator a2|Gunmen} {E i1|raided} {P i1 location|Oum} {T i1 2024-03-11 day|on Monday}, \
{C c1|killing {N i1 killed at_least 7.. u=soldier id=q1|at least seven soldiers}}, {S c1 a1|the army} {Q c1|said}.

{S c2,c3 a3|Colonel Adé} {Q c2|denied} {C c2|{E i2|bombing} the hills}. {C c3|“It is a lie”}, he {Q c3|insisted}. \
{V could_not_verify q1|The toll could not be checked.} The {X|strike} of teachers goes on.
"""


def piece(old: str = "", new: str = "") -> markup.Dispatch:
    assert old in PIECE
    (found,) = markup.dispatches(PIECE.replace(old, new) if old else PIECE, "test")
    return found


def test_the_text_is_clean_and_every_span_points_at_its_words() -> None:
    d = piece()
    assert d.text.startswith(
        "Gunmen raided Oum on Monday, killing at least seven soldiers, the army said.\n\nColonel Adé"
    )
    assert [t.span.of(d.text) for t in d.triggers] == ["raided", "bombing"]
    assert [s.of(d.text) for c in d.claims for s in c.source] == ["the army", "Colonel Adé", "Colonel Adé"]
    assert [s.of(d.text) for s in d.decoys] == ["strike"]
    assert d.claims[1].stance is Stance.DENY
    assert d.claims[1].claimant == "a3"


def test_a_figure_keeps_its_interval_its_claim_and_its_incident() -> None:
    (figure,) = piece().figures
    assert (figure.low, figure.high, figure.value, figure.bound) == (7, None, 7, Bound.AT_LEAST)
    assert (figure.claim, figure.incident, figure.unit) == ("c1", "i1", "soldier")


def test_a_claim_made_inside_another_is_within_it() -> None:
    nested = piece("It is a lie", "{S c1 a1|They} {Q c1|say} {C c1|nothing}")
    assert [c.within for c in nested.claims] == ["c3", None, None]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("{X|strike}", "{X|strike", "never closed"),
        ("The {X|strike}", "The strike}", "a brace too many"),
        ("{X|strike}", "{Z|strike}", "not a tag"),
        ("{Q c3|", "{Q c9|", "no such claim"),
        ("c2 deny deny neutral", "c2 deny never neutral", "never"),
        ("\n---\n", "\n", "three hyphens"),
        ("actors:", "voices:", "unknown declaration"),
        ("u=soldier", "unit=soldier", "is none of"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(old: str, new: str, reason: str) -> None:
    with pytest.raises(markup.MarkupError, match=reason):
        piece(old, new)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("{E i1|raided}", "raided", "incident i1 has no trigger"),
        ("{E i1|raided}", "{E i7|raided}", "incident i7 not declared"),
        ("CLASH.RAID", "CLASH.FIGHT", "kind of incident"),
        ("i1 killed", "i1 slain", "kind of figure"),
        ("{R i1 perpetrator a2|Gunmen}", "Gunmen", "actor a2 not used"),
        ("{R i1 perpetrator a2|", "{R i1 accused a2|", "by= goes with"),
        ("{Q c1|said}", "{Q c1|said }", "ends in space"),
        ("{C c1|killing", "{C c1|that killing", "begins with 'that'"),
        ("{C c3|“It is a lie”}", "“{C c3|It is a lie}”", "belongs into it"),
        ("{Q c3|insisted}", "{Q c3|angrily insisted}", "an adverb in the cue"),
        ("{S c1 a1|the army} {Q c1|said}", "the {Q c1|{S c1 a1|army} said}", "overlap"),
        ("7.. u=", "8.. u=", "the words say 7"),
        ("killed at_least 7..", "killed exact 7..7", "the words say at_least"),
        ("at_least 7..", "at_least 7..9", "open above"),
        ("of teachers", "of 40 teachers", "number '40' is not marked"),
        ("goes on", "began in April", "day or month 'April' is not marked"),
        ("{T i1 2024-03-11 day|", "{T i1 2024-03-12 day|", "is a Tuesday"),
        ("occurred 2024-03-11", "occurred 2024-03-04", "its incident i1"),
        ("occurred 2024-03-11", "occurred 2024-13-01", "no EDTF date"),
        ("could_not_verify q1", "could_not_verify q2", "caveat reaches q2"),
        ("style: wire", "style: song", "style"),
    ],
)
def test_the_linter_finds(old: str, new: str, fault: str) -> None:
    assert any(fault in found for found in lint.faults(piece(old, new))), list(lint.faults(piece(old, new)))


def test_a_clean_piece_has_no_faults_and_an_unmarked_happening_is_noted() -> None:
    assert not list(lint.faults(piece()))
    assert not list(lint.notes(piece()))
    assert list(lint.notes(piece("{X|strike}", "strike")))


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("at least seven people", 7),
        ("Twenty-one herders", 21),
        ("1,200 families", 1200),
        ("a dozen shells", 12),
        ("two hundred", 200),
        ("three million", 3_000_000),
        ("2.5 million dollars", 2_500_000),
        ("a woman", None),
        ("nineteen", 19),
        ("ninety", 90),
    ],
)
def test_number(words: str, read: float | None) -> None:
    assert figures.number(words) == read


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2024-02-29", "2024-02-29", "2024-02-29"),
        ("1987", "1987-01-01", "1987-12-31"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2020-22", "2020-06-01", "2020-08-31"),
        ("2020-05-31/2020-06-02", "2020-05-31", "2020-06-02"),
        ("../2020-06-02", "1000-01-01", "2020-06-02"),
    ],
)
def test_days(value: str, first: str, last: str) -> None:
    window = times.days(value)
    assert window is not None
    assert (window[0].isoformat(), window[1].isoformat()) == (first, last)


@pytest.mark.parametrize("value", ["2023-02-29", "Monday", "2024-3-1", "2024-06-02/2024-06-01"])
def test_no_date(value: str) -> None:
    assert times.days(value) is None
    assert list(times.faults(value, Precision.DAY, "then", None))


@pytest.mark.parametrize("path", markup.batches(), ids=lambda p: p.name)
def test_every_batch_is_clean(path: Path) -> None:
    batch = markup.read(path)
    assert len(batch) == 12
    assert not [f"{d.id}: {fault}" for d in batch for fault in lint.faults(d)]


def test_no_dispatch_stands_twice() -> None:
    assert not list(lint.repeated(d for path in markup.batches() for d in markup.read(path)))
