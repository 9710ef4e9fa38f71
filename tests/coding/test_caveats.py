"""Caveats: what is said of checking, and which claims and figures it reaches."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rashomon.coding import code
from rashomon.coding.caveats import caveats
from rashomon.model.reading import Parse
from rashomon.model.telling import Stance, Status, Telling, TellingId, Verification
from rashomon.model.text import Span

Marked = Callable[[str], Parse]


@pytest.mark.parametrize(
    ("text", "words", "status", "reached"),
    [
        ("{S1 The army} {Q1 said} {C1 the fort fell}. The claim could not be independently verified.",
         "The claim could not be independently verified", Verification.COULD_NOT_VERIFY, ["c1"]),
        ("{S1 The army} {Q1 said} {C1 the fort fell}, without providing details.",
         "without providing details", Verification.UNSUPPORTED, ["c1"]),
        ("{S1 The army} {Q1 said} {C1 the fort fell}. It gave no evidence.",
         "It gave no evidence", Verification.UNSUPPORTED, ["c1"]),
        ("{S1 The army} {Q1 said} {C1 the fort fell}. {S2 Rebels} {Q2 said} {C2 so}. Neither claim could be verified.",
         "Neither claim could be verified", Verification.COULD_NOT_VERIFY, ["c1", "c2"]),
        ("{S1 The army} {Q1 said} {C1 the fort fell}. The Tarna Post could not visit the town.",
         "The Tarna Post could not visit the town", Verification.COULD_NOT_VERIFY, ["c1"]),
        ("{S1 Villagers} {Q1 told} of {C1 a second blast}; no doctor could be reached there.",
         "no doctor could be reached there", Verification.COULD_NOT_VERIFY, ["c1"]),
        ("{S1 The army} {Q1 said} {C1 60 men died}. There is no way to check the pictures.",
         "There is no way to check the pictures", Verification.COULD_NOT_VERIFY, ["c1"]),
        ("{S1 The army} {Q1 said} {C1 the fort fell}. Reuters was unable to verify the report.",
         "Reuters was unable to verify the report", Verification.COULD_NOT_VERIFY, ["c1"]),
        ("{S1 The army} {Q1 said} {C1 the fort fell}. {S2 The rebels} {Q2 declined to comment}{C2 .}",
         "The rebels declined to comment", Verification.NO_COMMENT, ["c2"]),
        ("{S1 The army} {Q1 said} {C1 the fort fell}. The rebels did not immediately respond.",
         "The rebels did not immediately respond", Verification.NO_COMMENT, ["c1"]),
        ("{S1 The army} {Q1 said} {C1 the fort fell}. It was not immediately clear who had held it.",
         "It was not immediately clear who had held it", Verification.UNKNOWN, []),
        ("{S1 The army} {Q1 said} {C1 the fort fell}. It later withdrew the claim.",
         "It later withdrew the claim", Verification.RETRACTED_BY_SOURCE, ["c1"]),
        ("{S1 The army} {Q1 said} {C1 the fort fell}. The rebels denied the claim.",
         "The rebels denied the claim", Verification.DENIED, ["c1"]),
        ("No group has claimed responsibility.", "No group has claimed responsibility", Verification.NO_COMMENT, []),
        ("{S1 The army} {Q1 would not say} {C1 how many had died}.",
         "The army would not say how many had died", Verification.WITHHELD, ["c1"]),
        ("{S1 The army} {Q1 said} {C1 60 men died}. The figure has not been independently confirmed.",
         "The figure has not been independently confirmed", Verification.COULD_NOT_VERIFY, ["c1", "q1"]),
        ("{S1 Kenya's army} {Q1 said} {C1 it won}. {S2 Ugandan police} {Q2 said} {C2 it lost}. {S3 A poet} {Q3 sang}"
         "{C3 .} Neither the Kenyan nor the Ugandan claims could be independently verified.",
         "Neither the Kenyan nor the Ugandan claims could be independently verified",
         Verification.COULD_NOT_VERIFY, ["c1", "c2"]),
        ("{S1 Kenya's army} {Q1 said} {C1 it destroyed 9 tanks}. {S2 Kenya's navy} {Q2 said} {C2 it sailed}. {S3 The "
         "Ugandan army} {Q3 said} {C3 it lost 2 tanks}. {S4 Ugandan navy} {Q4 said} {C4 nobody was hurt}. "
         "Neither the Kenyan nor the Ugandan claims about damage could be verified.",
         "Neither the Kenyan nor the Ugandan claims about damage could be verified",
         Verification.COULD_NOT_VERIFY, ["c1", "c3", "q1", "q2"]),
        ("{S1 Police} {Q1 said} {C1 a case was opened} but pulled back on {Q2 claims} that {C2 a bomb went off}.",
         "pulled back on claims that a bomb went off", Verification.RETRACTED_BY_SOURCE, ["c2"]),
        ("{S1 The army} {Q1 rarely confirms} {C1 losses}.",
         "The army rarely confirms losses", Verification.WITHHELD, ["c1"]),
        ("{S1 The army} {Q1 said} {C1 the fort fell}. No reporter has been let near the fort.",
         "No reporter has been let near the fort", Verification.COULD_NOT_VERIFY, ["c1"]),
        ("{S1 The army} {Q1 said} {C1 the fort fell}. Inspectors were not allowed in.",
         "Inspectors were not allowed in", Verification.COULD_NOT_VERIFY, ["c1"]),
        ("{S1 The army} {Q1 said} {C1 the fort fell}. No inquiry has been held.",
         "No inquiry has been held", Verification.COULD_NOT_VERIFY, ["c1"]),
        ("{S1 The army} {Q1 said} {C1 the fort fell}. Nobody has yet confirmed it.",
         "Nobody has yet confirmed it", Verification.COULD_NOT_VERIFY, ["c1"]),
        ("{S1 The army} {Q1 said} {C1 the fort fell}. It named no source.",
         "It named no source", Verification.UNSUPPORTED, ["c1"]),
        ("{S1 The army} {Q1 said} {C1 the fort fell}. Letters to the rebels went unanswered.",
         "Letters to the rebels went unanswered", Verification.NO_COMMENT, ["c1"]),
        ("{S1 The army} {Q1 said} {C1 60 men died}. {S2 A monk} {Q2 sang} {C2 so}. The number cannot be checked.",
         "The number cannot be checked", Verification.COULD_NOT_VERIFY, ["c1", "q1"]),
        ("A blast hit the port. Who laid it nobody can say.",
         "Who laid it nobody can say", Verification.UNKNOWN, []),
        ("A blast hit the port. The cause has not yet been found.",
         "The cause has not yet been found", Verification.UNKNOWN, []),
        ("{S1 The army} {Q1 said} {C1 it had taken a hill}, but the claim could not be verified.",
         "the claim could not be verified", Verification.COULD_NOT_VERIFY, ["c1"]),
    ],
)  # fmt: skip
def test_caveat(parsed: Marked, text: str, words: str, status: Verification, reached: list[str]) -> None:
    reading = code(parsed(text))
    (caveat,) = reading.caveats
    assert caveat.span.of(reading.document.text) == words
    assert (caveat.status, list(caveat.applies_to)) == (status, reached)


def test_what_is_told_in_words_of_taking_back_is_retracted_by_the_speaker(parsed: Marked) -> None:
    parse = parsed("{S1 Police} {Q1 said} {C1 a case was opened} but withdrew the {Q2 claims} that {C2 it was a bomb}.")
    opened, bomb = code(parse).claims
    assert (opened.stance, bomb.stance) == (Stance.AFFIRM, Stance.RETRACTED)
    assert bomb.claimant == opened.claimant


@pytest.mark.parametrize(
    "text",
    [
        "The footage was verified by two experts.",
        "The army withdrew a number of tanks.",
        "Troops took back the village.",
        "He is not known to have left the city.",
        "Doctors were unable to provide treatment.",
        "The road is clear again.",
        "Drones fell without exploding.",
        "Rescuers could not reach the village.",
        "Nobody knows the hills better than he does.",
        "Guests cannot check in before noon.",
        "She does not identify with the rebels.",
        "He has been quietly buying land.",
    ],
)
def test_no_caveat(parsed: Marked, text: str) -> None:
    assert code(parsed(text)).caveats == ()


def test_an_open_question_reaches_the_incident_told_before(parsed: Marked) -> None:
    parse = parsed("A blast hit the port. It was unclear who was behind it.")
    start = parse.document.text.index("blast")
    blast = Telling(
        TellingId("i1"), "BOMB.UNSPECIFIED", Status.OCCURRED, (parse.sentences[0]._replace(start=start),), None
    )
    (caveat,) = caveats(parse, (), incidents=(blast,))
    assert caveat.applies_to == ("i1",)


@pytest.mark.parametrize(
    ("kind", "reached"), [("DIP.CEASEFIRE_VIOLATION", "i2"), ("DIP.TALKS", "i1"), ("HUM.ACCESS", "i1")]
)
def test_an_open_question_is_about_violence(parsed: Marked, kind: str, reached: str) -> None:
    text = "Shells hit a convoy. On Monday it came through. Where the shots came from could not be established."
    shelling, second = (
        Telling(TellingId(name), told, Status.OCCURRED, (Span(text.index(word), text.index(word) + len(word)),), None)
        for name, told, word in (("i1", "STRIKE.SHELLING", "hit"), ("i2", kind, "came through"))
    )
    (caveat,) = caveats(parsed(text), (), incidents=(shelling, second))
    assert caveat.applies_to == (reached,)


@pytest.mark.parametrize(("status", "reached"), [(Status.CLAIMED, ("c1", "i1")), (Status.OCCURRED, ("c1",))])
def test_what_only_a_side_tells_is_in_doubt_with_its_claim(
    parsed: Marked, status: Status, reached: tuple[str, ...]
) -> None:
    reading = code(parsed("{S1 The army} {Q1 said} {C1 it shelled a depot}. The report could not be confirmed."))
    shelling = Telling(
        TellingId("i1"), "STRIKE.SHELLING", status, reading.claims[0].content, None, claims=(reading.claims[0].id,)
    )
    (caveat,) = caveats(parsed(reading.document.text), reading.claims, incidents=(shelling,))
    assert caveat.applies_to == reached


@pytest.mark.parametrize(
    ("sentence", "kept"),
    [
        ("{S2 The BBC} {Q2 has not verified} {C2 the claims}.", ["c1"]),
        ("{S2 Reuters} {Q2 said} {C2 it could not independently verify the account}.", ["c1"]),
        ("{S2 The newspaper} {Q2 could not immediately verify} {C2 the report}.", ["c1"]),
        ("Neither {S2 Kenyan nor Ugandan} {Q2 claims} about {C2 damage} could be verified.", ["c1"]),
        ("Those {Q2 reports} {C2 of looting} could not be verified.", ["c1"]),
        ("{S2 The minister} {Q2 said} {C2 he could not verify the report}.", ["c1", "c2"]),
        ("{S2 The army's} {Q2 claims} {C2 that it sank a ship} could not be verified.", ["c1", "c2"]),
        ("{S2 The BBC} {Q2 said} {C2 nine ships had sunk}.", ["c1", "c2"]),
    ],
)
def test_a_caveat_is_no_claim_as_well(parsed: Marked, sentence: str, kept: list[str]) -> None:
    reading = code(parsed("{S1 The army} {Q1 said} {C1 the fort fell}. " + sentence))
    assert [claim.id for claim in reading.claims] == kept
    assert all("c1" in caveat.applies_to for caveat in reading.caveats if kept == ["c1"])
