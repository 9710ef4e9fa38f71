"""Claimants: source words go in, the one behind them comes out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon.coding import code
from rashomon.model.document import Block, BlockKind, Document, DocumentId
from rashomon.model.reading import Attribution, Maker, Mention, Parse, Reading
from rashomon.model.telling import Actor
from rashomon.model.text import Span
from rashomon.sources.blocks import blocks

Marked = Callable[[str], Parse]


def behind(reading: Reading, number: int = -1) -> Actor | None:
    """The actor behind a claim, the last by default."""
    claimant = reading.claims[number].claimant
    return next((actor for actor in reading.actors if actor.id == claimant), None)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("{S1 Ana Ruiz} {Q1 said} {C1 it rained}.", "Ana Ruiz"),
        ("{S1 Maj. Gen. Petro Kovalenko} {Q1 said} {C1 it rained}.", "Petro Kovalenko"),
        ("{S1 Petro Kovalenko, the head of Ukraine's Border Service,} {Q1 said} {C1 it rained}.", "Petro Kovalenko"),
        ("{S1 A senior commander, Juma Osman,} {Q1 said} {C1 it rained}.", "Juma Osman"),
        ("{S1 Army spokeswoman Carla Mendez} {Q1 said} {C1 it rained}.", "Carla Mendez"),
        ("{S1 A spokesman for Governor Juma Osman} {Q1 said} {C1 it rained}.", "spokesman for Governor Juma Osman"),
        ("{S1 An aide to President Ana Ruiz} {Q1 said} {C1 it rained}.", "aide to President Ana Ruiz"),
        (
            "{S1 The UK-based Syrian Observatory for Human Rights} {Q1 said} {C1 it rained}.",
            "Syrian Observatory for Human Rights",
        ),
        ("{S1 the US} {Q1 said} {C1 it rained}.", "United States"),
        ("{S1 Kenya's military intelligence} {Q1 said} {C1 it rained}.", "Kenya's military intelligence"),
        ("{S1 The AFP news agency} {Q1 said} {C1 it rained}.", "AFP news agency"),
        ("{S1 Witnesses} {Q1 said} {C1 it rained}.", "Witnesses"),
        ("{S1 a number of residents} {Q1 said} {C1 it rained}.", "residents"),
        ("{S1 Activists in Homs} {Q1 said} {C1 it rained}.", "Activists in Homs"),
        ("{S1 Ana Ruiz and Juma Osman} {Q1 said} {C1 it rained}.", "Ana Ruiz and Juma Osman"),
        ("{S1 The Institute of Rivers and Rainfall} {Q1 said} {C1 it rained}.", "Institute of Rivers and Rainfall"),
        ("{S1 A statement by the Karelian Army} {Q1 said} {C1 it rained}.", "Karelian Army"),
    ],
)
def test_a_source_by_its_own_words(parsed: Marked, text: str, name: str) -> None:
    actor = behind(code(parsed(text)))
    assert actor is not None
    assert actor.name == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Juma Osman led the raid. {S1 Osman} {Q1 said} {C1 it rained}.", "Juma Osman"),
        ("{S1 Osman} {Q1 said} {C1 it rained}. General Juma Osman led the raid.", "Juma Osman"),
        ("{S1 Ana Ruiz} {Q1 said} {C1 it rained}. {S2 She} {Q2 added} {C2 it was cold}.", "Ana Ruiz"),
        (
            "{S1 Maria Ruiz} {Q1 wept}{C1 .} {S2 Omar Haddad} {Q2 said} {C2 no}. {S3 She} {Q3 added} {C3 it was cold}.",
            "Maria Ruiz",
        ),
        (
            "{S1 The Russian Defense Ministry} {Q1 said} {C1 it rained}. {S2 The ministry} {Q2 added} {C2 it froze}.",
            "Russian Defense Ministry",
        ),
        ("{S1 The Syrian army} {Q1 said} {C1 it rained}. {S2 It} {Q2 added} {C2 that it was cold}.", "Syrian army"),
        (
            "{S1 The Syrian army} {Q1 said} {C1 it rained}. {S2 the statement} {Q2 added} {C2 that it was cold}.",
            "Syrian army",
        ),
        (
            "{S1 A monitoring group} {Q1 said} {C1 it rained}. The Syrian Observatory for Human Rights has a network.",
            "Syrian Observatory for Human Rights",
        ),
        (
            "{S1 A source at the port} {Q1 said} {C1 it rained}. {S2 The source} {Q2 added} {C2 it was cold}.",
            "source",
        ),
        ("Prime Minister Juma Osman flew home. {S1 The prime minister} {Q1 said} {C1 it rained}.", "Juma Osman"),
        ("Juma Osman, the governor of the province, fled. {S1 The governor} {Q1 said} {C1 it rained}.", "Juma Osman"),
        (
            "Former president Ana Ruiz sued President Juma Osman. {S1 The president} {Q1 said} {C1 it rained}.",
            "Juma Osman",
        ),
        ("{S1 Hamas} {Q1 said} {C1 it rained}. {S2 The group} {Q2 added} {C2 it was cold}.", "Hamas"),
        (
            "{S1 The Lake Rescue Service (LRS)} {Q1 said} {C1 it rained}. {S2 The LRS} {Q2 added} {C2 it was cold}.",
            "Lake Rescue Service (LRS)",
        ),
        ("{C1 “{S2 I} {Q2 think} {C2 it rained},”} {S1 Ana Ruiz} {Q1 said}.", "Ana Ruiz"),
        ("{C1 “It rained,”} {S1 Ana Ruiz} {Q1 said}. {C2 “It was cold.”}", "Ana Ruiz"),
        ("{S1 Ana Ruiz} {Q1 said} {C1 it rained}, {Q2 adding} {C2 that it was cold}.", "Ana Ruiz"),
        ("The Ukrainian government met. {S1 Kyiv} {Q1 said} {C1 it rained}.", "Ukrainian government"),
        ("{S1 Palace aide and chief negotiator Juma Osman} {Q1 said} {C1 it rained}.", "Juma Osman"),
        ("{S1 Ukraine's army}{Q1 said} {C1 it rained}.", "Ukraine's army"),
        ("{S1 IS fighters} {Q1 said} {C1 it rained}.", "IS"),
    ],
)
def test_a_source_by_what_the_document_told_of_it(parsed: Marked, text: str, name: str) -> None:
    actor = behind(code(parsed(text)))
    assert actor is not None
    assert actor.name == name


def test_nobody_is_behind_a_report_without_a_source(parsed: Marked) -> None:
    assert behind(code(parsed("{S1 Ana Ruiz} {Q1 left}{C1 .} {C2 Four men} {Q2 reportedly} {C2 fled}."))) is None


def test_two_unnamed_sources_stay_two(parsed: Marked) -> None:
    reading = code(parsed("{S1 A medic} {Q1 said} {C1 it rained}. {S2 Another medic} {Q2 said} {C2 it snowed}."))
    assert reading.claims[0].claimant != reading.claims[1].claimant


@pytest.mark.parametrize(
    ("source", "kind", "country", "side"),
    [
        ("The Russian Defense Ministry", "ministry", "RU", "Russia"),
        ("The Israeli army", "army", "IL", "Israel"),
        ("The Syrian Observatory for Human Rights", "ngo", "SY", None),
        ("Hezbollah", "rebel", "LB", "Hezbollah"),
        ("Ukraine's Security Service", "intelligence", "UA", "Ukraine"),
        ("Reuters", "media", None, None),
        ("Kenyan police", "police", "KE", "Kenya"),
        ("US Defense Secretary Adam Colby", "executive", "US", "United States"),
        ("Army spokesman Juma Osman", "spokesperson", None, None),
        ("Witnesses", "witness", None, None),
        ("Kyiv", "executive", "UA", "Ukraine"),
        ("Bystander Adam Colby", "witness", None, None),
    ],
)
def test_kind_country_side(parsed: Marked, source: str, kind: str, country: str | None, side: str | None) -> None:
    actor = behind(code(parsed(f"{{S1 {source}}} {{Q1 said}} {{C1 it rained}}.")))
    assert actor is not None
    assert (actor.kind, actor.country, actor.side) == (kind, country, side)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "{S1 ACTING PRESIDENT JUMA OSMAN} {Q1 SAID} {C1 IT RAINED}. {S2 OSMAN} {Q2 ADDED} {C2 IT WAS COLD}.",
            "JUMA OSMAN",
        ),
        (
            "{S1 acting president juma osman} {Q1 said} {C1 it rained}. {S2 the president} {Q2 added} {C2 it froze}.",
            "juma osman",
        ),
        ("{S1 a police spokesman} {Q1 said} {C1 it rained}. {S2 he} {Q2 added} {C2 it was cold}.", "police spokesman"),
        (
            "{S1 the farabundo marti national liberation front} {Q1 said} {C1 it rained}.",
            "farabundo marti national liberation front",
        ),
    ],
)
def test_texts_without_capitals(parsed: Marked, text: str, name: str) -> None:
    actor = behind(code(parsed(text)))
    assert actor is not None
    assert actor.name == name


def test_an_actor_knows_all_its_mentions(parsed: Marked) -> None:
    parse = parsed("{S1 General Juma Osman} {Q1 said} {C1 it rained}. Reporters met Osman. Osman left.")
    actor = behind(code(parse))
    assert actor is not None
    assert [span.of(parse.document.text) for span in actor.mentions] == ["Juma Osman", "Osman", "Osman"]


def test_a_mention_only_the_encoder_sees_names_an_actor(parsed: Marked) -> None:
    parse = parsed("a man named osman wept. {S1 he} {Q1 said} {C1 it rained}.")
    seen = Mention(Span(12, 17), "person", 0.9)
    assert parse.document.text[12:17] == "osman"
    actor = behind(code(replace(parse, mentions=(seen,))))
    assert actor is not None
    assert actor.name == "osman"


def test_a_rank_that_the_encoder_marks_alone_is_nobody(parsed: Marked) -> None:
    parse = parsed("{S1 The commander of the border guard, Maj. Gen. Petro Kovalenko,} {Q1 said} {C1 it rained}.")
    start = parse.document.text.index("Maj")
    rank = Mention(Span(start, start + len("Maj. Gen.")), "person", 0.9)
    actor = behind(code(replace(parse, mentions=(rank,))))
    assert actor is not None
    assert actor.name == "Petro Kovalenko"


def test_a_source_in_two_parts_is_the_one_by_the_cue(parsed: Marked) -> None:
    parse = parsed(
        "{S1 Norland} kept its paper back until the meeting began, {Q1 said} {C1 it rained} {S2 Juma Osman}."
    )
    (far, near) = parse.attributions
    both = replace(far, source=(*far.source, *near.source))
    actor = behind(code(replace(parse, attributions=(both,))))
    assert actor is not None
    assert actor.name == "Juma Osman"


WORDS = st.sampled_from(
    [
        "the",
        "US",
        "army",
        "Juma",
        "Osman",
        "said",
        "“",
        "”",
        ",",
        "of",
        "al-Nusra",
        "(",
        ")",
        "he",
        "and",
        "’s",
        "\n",
        "ïÉ",
        "7",
    ]
)


@settings(deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=40), st.data())
def test_every_span_coded_can_be_read_again(forms: list[str], data: st.DataObject) -> None:
    text = " ".join(forms)
    ends = st.integers(0, len(text) - 1)
    cuts = sorted(data.draw(st.lists(ends, min_size=6, max_size=6)))
    spans = [(Span(a, b),) if b > a else () for a, b in zip(cuts[::2], cuts[1::2], strict=True)]
    said = Attribution(spans[0], spans[1], spans[2], 1.0)
    reading = code(Parse(Document(DocumentId("d"), text), (Span(0, len(text)),), (), (said,), Maker("0", "none")))
    found = [span for actor in reading.actors for span in actor.mentions]
    assert all(0 <= span.start < span.end <= len(text) and span.of(text).strip() for span in found)
    assert {claim.claimant for claim in reading.claims} <= {None, *(actor.id for actor in reading.actors)}


@pytest.mark.parametrize(
    "damage",
    [
        "\nTarna Border Service/AP\nhide caption\n",
        "\nPhotograph: Petra Lindqvist/AFP via Getty Images\n",
        "\nImage copyright AFP\nImage caption Engineers at the bridge\n",
        "\nBy Petra Lindqvist\n",
        "Petra Lindqvist/Reuters toggle caption ",
        "\nPetra Lindqvist contributed to this report.\n",
    ],
)
def test_who_took_the_picture_is_no_actor(damage: str) -> None:
    before = "General Juma Osman crossed the river with Kenyan soldiers on Friday morning, and three boats were lost."
    after = "Colonel Ana Ruiz, who met him there with the Kenyan soldiers, put the number of lost boats at four."
    text = f"{before}{damage}{after}"
    document = Document(DocumentId("d"), text, blocks=blocks(text))
    made = code(Parse(document, (), (), (), Maker("0", "none")))
    assert {actor.name for actor in made.actors} == {"Juma Osman", "Kenyan soldiers", "Ana Ruiz"}


def test_no_name_runs_on_from_a_caption() -> None:
    text = "Boats leave the port of Tarna\nAna Ruiz/AP\nGeneral Juma Osman crossed the river on Friday."
    document = Document(DocumentId("d"), text, blocks=(Block(BlockKind.CAPTION, 0, 29), Block(BlockKind.CREDIT, 30, 41),
                                                       Block(BlockKind.PARAGRAPH, 42, len(text))))  # fmt: skip
    made = code(Parse(document, (), (), (), Maker("0", "none")))
    assert [actor.name for actor in made.actors] == ["Juma Osman"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tarna (AP) — General Juma Osman crossed the river on Friday.", {"Juma Osman"}),
        ("Tarna, June 3 (Reuters) - General Juma Osman crossed the river on Friday.", {"Juma Osman"}),
        ("General Juma Osman crossed the river on Friday. (Reuters)", {"Juma Osman"}),
        ("General Juma Osman crossed the river on Friday. - AFP", {"Juma Osman"}),
        ("General Juma Osman, whom Reuters met, crossed the river on Friday.", {"Juma Osman", "Reuters"}),
        ("General Juma Osman spoke on Friday to AFP.", {"Juma Osman", "AFP"}),
    ],
)
def test_an_agency_that_signs_a_report_is_no_actor(text: str, expected: set[str]) -> None:
    made = code(Parse(Document(DocumentId("d"), text), (), (), (), Maker("0", "none")))
    assert {actor.name for actor in made.actors} == expected
