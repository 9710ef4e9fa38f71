"""Fused words are cut where a text is damaged, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon.model.document import Block, BlockKind, Document, DocumentId
from rashomon.reading import parts
from rashomon.reading.overlay import cuts, fusion, overlay
from rashomon.reading.tokens import words

DAMAGED = (
    "The generalsaid on Friday that thefirst convoy hadreached the town. In hisletter to Moscow,the minister told "
    "Ladovskyythat negotiationswith the rebels wereover. Ladovskyy didconfirma truce, Ukrainesaid, and hewroteon a "
    "card inMarch. The airstrike hit two warplanes and a livestream of peacekeepers."
)


def pieces(text: str) -> list[str]:
    return list(words(text, cuts=overlay(text)).forms)


@pytest.mark.parametrize(
    ("fused", "apart"),
    [
        ("thefirst", ["the", "first"]),
        ("hisletter", ["his", "letter"]),
        ("negotiationswith", ["negotiations", "with"]),
        ("didconfirma", ["did", "confirm", "a"]),
        ("hewroteon", ["he", "wrote", "on"]),
        ("inMarch", ["in", "March"]),
        ("Ukrainesaid", ["Ukraine", "said"]),
        ("Ladovskyythat", ["Ladovskyy", "that"]),
    ],
)
def test_a_fused_word_is_cut_in_a_damaged_text(fused: str, apart: list[str]) -> None:
    found = pieces(DAMAGED)
    assert fused not in found
    at = found.index(apart[0])
    assert any(found[i : i + len(apart)] == apart for i in range(at, len(found)))


@pytest.mark.parametrize(
    "name",
    [
        "airstrike",
        "warplanes",
        "livestream",
        "peacekeepers",
        "Medinsky",
        "Drapatyi",
        "Shaheds",
        "Khansheikhoun",
        "Newbold",
    ],
)
def test_names_and_compounds_stay_whole_even_in_a_damaged_text(name: str) -> None:
    assert name in pieces(f"{DAMAGED} Then came {name}.")


@pytest.mark.parametrize(
    "text",
    [
        "The army said that warplanes struck the notfollowing camp on Monday.",
        "Officials in Newbold and Castlefrank met the peacekeepers; overflights went on.",
        "",
        "Read #thefirstvictory and @hisletterfrom, or www.laterconfirmedby.example/negotiationswith for more.",
    ],
)
def test_a_text_without_plain_damage_is_read_as_it_stands(text: str) -> None:
    assert pieces(text) == list(words(text).forms)


def test_handles_and_addresses_stay_whole_in_a_damaged_text() -> None:
    assert "laterconfirmedby" in pieces(DAMAGED + " See @laterconfirmedby for more.")


def test_a_name_that_recurs_is_no_accident() -> None:
    assert "Sunwarehouse" in pieces(f"{DAMAGED} Sunwarehouse closed. Workers left Sunwarehouse at noon.")


@pytest.mark.parametrize(
    ("form", "at"),
    [
        ("Ukraineattacked", (7,)),
        ("armysaidwas", (4, 8)),
        ("hasthreatened", (3,)),
        ("NATOforces", (4,)),
        ("toldNATO", (4,)),
    ],
)
def test_where_a_form_is_cut(form: str, at: tuple[int, ...]) -> None:
    found = fusion(form)
    assert found is not None
    assert found.cuts == at


@pytest.mark.parametrize("form", ["YouTube", "McDonald", "iPhone", "F16s", "café", "NATO", "said", "warplanes", "eBay"])
def test_a_form_that_is_never_cut(form: str) -> None:
    assert fusion(form) is None


def test_only_what_is_certain_is_cut_without_a_text() -> None:
    assert cuts("thesecond") == (3,)
    assert cuts("hewroteon") == ()


@given(st.text(st.sampled_from("aehnorstTU .,\n"), max_size=200))
def test_cuts_lie_inside_their_form_and_the_words_join_to_the_text(text: str) -> None:
    table = overlay(text + DAMAGED)
    found = words(text + DAMAGED, cuts=table)
    for form, start, end in zip(found.forms, found.starts, found.ends, strict=True):
        assert (text + DAMAGED)[start:end] == form
        assert list(table(form)) == sorted(set(table(form)))
        assert all(0 < cut < len(form) for cut in table(form))


def test_captions_credits_and_furniture_are_not_read() -> None:
    kinds = list(BlockKind)
    blocks = tuple(Block(kind, 2 * i, 2 * i + 1) for i, kind in enumerate(kinds))
    read = parts(Document(DocumentId("d"), "x " * len(kinds), blocks=blocks))
    assert read is not None
    assert {kinds[span.start // 2] for span in read} == {
        BlockKind.HEADLINE,
        BlockKind.DATELINE,
        BlockKind.PARAGRAPH,
        BlockKind.HEADING,
    }
