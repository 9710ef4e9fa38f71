"""Claims: sentences go in, speech, act, stance, distance and nesting come out."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rashomon.coding import code
from rashomon.model.reading import Parse
from rashomon.model.telling import Act, Distance, Speech, Stance

Marked = Callable[[str], Parse]


@pytest.mark.parametrize(
    ("sentence", "act", "stance"),
    [
        ("{S1 The ministry} {Q1 said} {C1 two boats had sunk}.", Act.SAY, Stance.AFFIRM),
        ("{Q1 According to} {S1 the mayor}, {C1 the bridge fell at dawn}.", Act.SAY, Stance.AFFIRM),
        ("{S1 The army} {Q1 denied} {C1 shelling the market}.", Act.DENY, Stance.DENY),
        ("{S1 The army} {Q1 has not denied} {C1 shelling the market}.", Act.ADMIT, Stance.AFFIRM),
        ("{S1 The envoy} {Q1 rejected} {C1 the offer}.", Act.REJECT, Stance.DENY),
        ("{S1 Officials} {Q1 dismissed} {C1 the report as a rumour}.", Act.REJECT, Stance.DENY),
        ("{S1 The general} {Q1 declined to comment} {C1 on the losses}.", Act.NO_COMMENT, Stance.NO_COMMENT),
        ("{S1 The fleet} {Q1 did not comment} {C1 on the losses}.", Act.NO_COMMENT, Stance.NO_COMMENT),
        ("{S1 The fleet} did not {Q1 comment} {C1 on the losses}.", Act.NO_COMMENT, Stance.NO_COMMENT),
        ("{S1 Police} {Q1 cannot confirm} {C1 the number of dead}.", Act.NO_COMMENT, Stance.NO_COMMENT),
        ("{S1 No group} {Q1 has claimed responsibility} {C1 for the blast}.", Act.NO_COMMENT, Stance.NO_COMMENT),
        ("{S1 He} {Q1 refused to say} {C1 how many soldiers had died}.", Act.WITHHOLD, Stance.UNDISCLOSED),
        ("{S1 The agency} {Q1 did not specify} {C1 who had fired}.", Act.WITHHOLD, Stance.UNDISCLOSED),
        ("{S1 The governor} {Q1 retracted} {C1 his claim of sabotage}.", Act.RETRACT, Stance.RETRACTED),
        ("{S1 The governor} {Q1 backtracked on} {C1 his claim of sabotage}.", Act.RETRACT, Stance.RETRACTED),
        ("{S1 The front} {Q1 claimed responsibility} {C1 for the ambush}.", Act.ADMIT, Stance.AFFIRM),
        ("{S1 The union} {Q1 accused} {C1 the police of firing first}.", Act.ACCUSE, Stance.AFFIRM),
        ("{S1 Rebels} {Q1 vowed} {C1 to retake the town}.", Act.COMMIT, Stance.AFFIRM),
        ("{S1 Rebels} {Q1 threatened} {C1 to burn the depot}.", Act.THREATEN, Stance.AFFIRM),
        ("{S1 The council} {Q1 called on} {C1 both sides to stop}.", Act.REQUEST, Stance.AFFIRM),
        ("{S1 The council} {Q1 called} {C1 for a truce}.", Act.REQUEST, Stance.AFFIRM),
        ("{S1 Officers} {Q1 told} {C1 to leave their homes} villagers.", Act.ORDER, Stance.AFFIRM),
        ("{S1 The union}'s {Q1 call} {C1 an end to the curfew} failed.", Act.REQUEST, Stance.AFFIRM),
        ("{S1 The general} {Q1 declined} {C1 to comment on the losses}.", Act.NO_COMMENT, Stance.NO_COMMENT),
        ("{S1 The general} {Q1 declined} {C1 to name the dead}.", Act.WITHHOLD, Stance.UNDISCLOSED),
        ("{S1 The general} {Q1 refused} {C1 to sign the accord}.", Act.REJECT, Stance.DENY),
        ("{S1 The general} {Q1 said} {C1 he would not comment on the losses}.", Act.NO_COMMENT, Stance.NO_COMMENT),
        ("{S1 The army} {Q1 is planning} {C1 a raid}.", Act.COMMIT, Stance.AFFIRM),
        ("{S1 The mediator} {Q1 offered} {C1 to host talks}.", Act.PROPOSE, Stance.AFFIRM),
        ("{S1 A video} {Q1 showed} {C1 smoke over the port}.", Act.SHOW, Stance.AFFIRM),
        ("{S1 She} {Q1 recalled} {C1 the night of the raid}.", Act.RECALL, Stance.AFFIRM),
        ("{S1 The army} {Q1 said} {C1 it had not fired on the crowd}.", Act.DENY, Stance.DENY),
        ("{S1 The army} {Q1 said} {C1 the town had not fallen}.", Act.SAY, Stance.AFFIRM),
        ("{S1 The junta} {Q1 said} {C1 the accusations were baseless}.", Act.DENY, Stance.DENY),
        ("{S1 The ministry} {Q1 went on to say} {C1 that rain was coming}.", Act.SAY, Stance.AFFIRM),
        ("{S1 the ministry} {Q1 announced} {C1 a curfew}.", Act.ANNOUNCE, Stance.AFFIRM),
        ("{S1 The army} {Q1 didconfirm} {C1 a hit}.", Act.CONFIRM, Stance.AFFIRM),
        ("{S1 Neither side's} {Q1 claims} {C1 of success} were checked.", Act.CLAIM, Stance.AFFIRM),
        ("{S1 Somebody} {Q1 gurgled} {C1 that all was lost}.", Act.SAY, Stance.AFFIRM),
    ],
)
def test_act_and_stance(parsed: Marked, sentence: str, act: Act, stance: Stance) -> None:
    (claim,) = code(parsed(sentence)).claims
    assert (claim.act, claim.stance) == (act, stance)


@pytest.mark.parametrize(
    ("sentence", "distance"),
    [
        ("{S1 The ministry} {Q1 said} {C1 two boats had sunk}.", Distance.NEUTRAL),
        ("{S1 The rebels} {Q1 claimed} {C1 to have sunk two boats}.", Distance.DISTANCING),
        ("{S1 The rebels} {Q1 insisted} {C1 that the boats were empty}.", Distance.DISTANCING),
        ("{C1 The driver} {Q1 allegedly} {C1 fled}.", Distance.DISTANCING),
        ("{S1 The coroner} {Q1 confirmed} {C1 three deaths}.", Distance.ENDORSING),
        ("{S1 The coroner} {Q1 has not confirmed} {C1 three deaths}.", Distance.NEUTRAL),
        ("{S1 The minister} {Q1 acknowledged} {C1 the losses}.", Distance.ENDORSING),
    ],
)
def test_distance(parsed: Marked, sentence: str, distance: Distance) -> None:
    (claim,) = code(parsed(sentence)).claims
    assert claim.distance is distance


@pytest.mark.parametrize(
    ("sentence", "speech"),
    [
        ("{S1 The mayor} {Q1 said} {C1 the bridge fell}.", Speech.INDIRECT),
        ("{C1 “The bridge fell,”} {S1 the mayor} {Q1 said}.", Speech.DIRECT),
        ("{C1 “The bridge fell,”} {S1 the mayor} {Q1 said}. {C1 “Nobody was on it.”}", Speech.DIRECT),
        ("{S1 The mayor} {Q1 said} {C1 the bridge “simply fell” at dawn}.", Speech.MIXED),
        ("{S1 The mayor} {Q1 said}: {C1 The bridge fell at dawn}.", Speech.DIRECT),
    ],
)
def test_speech(parsed: Marked, sentence: str, speech: Speech) -> None:
    (claim,) = code(parsed(sentence)).claims
    assert claim.speech is speech


def test_a_claim_told_inside_another_is_within_it(parsed: Marked) -> None:
    outer, inner = code(
        parsed("{S1 The agency} {Q1 reported} {C1 that {S2 a witness} {Q2 saw} {C2 four men run}}.")
    ).claims
    assert outer.within is None
    assert inner.within == outer.id


def test_quotation_marks_around_the_speaker_too_are_not_his(parsed: Marked) -> None:
    outer, inner = code(
        parsed("{C1 “{S2 My brother} {Q2 says} {C2 the road is mined},”} {S1 the driver} {Q1 said}.")
    ).claims
    assert (outer.speech, inner.speech) == (Speech.DIRECT, Speech.INDIRECT)


def test_a_figure_belongs_to_the_innermost_claim_that_holds_it(parsed: Marked) -> None:
    reading = code(parsed("{S1 The agency} {Q1 said} {C1 {S2 police} {Q2 counted} {C2 14 bodies}}. Rain fell."))
    assert [figure.claim for figure in reading.quantities] == [reading.claims[1].id]


@pytest.mark.parametrize(
    ("sentence", "kept"),
    [
        ("A film shows {S1 recruits} {Q1 swearing} {C1 their oath} on the square.", 0),
        ("{S1 The judge} {Q1 swore} {C1 in the new cabinet} on Friday.", 0),
        ("{S1 The new cabinet} was {Q1 sworn} in on {C1 Friday}.", 0),
        ("{S1 A gunner} was {Q1 swearing} {C1 as the depot burned}.", 0),
        ("{S1 A gunner} {Q1 swore} at {C1 the crowd}.", 0),
        ("{S1 The front} {Q1 pledged allegiance to} {C1 the emir}.", 0),
        ("{S1 Officers} {Q1 swore} {C1 loyalty to the junta}.", 0),
        ("{S1 The general} {Q1 swore} {C1 that he would return}.", 1),
        ("{S1 The clerk} {Q1 swore} in court {C1 that he saw the convoy}.", 1),
        ("{S1 The clerk} {Q1 swore} in an affidavit {C1 he saw the convoy}.", 1),
        ("{S1 The union} {Q1 pledged} {C1 to march again}.", 1),
        ("{S1 The mayor}, who took an oath on Friday, {Q1 said} {C1 the curfew would end}.", 1),
    ],
)
def test_an_oath_says_nothing(parsed: Marked, sentence: str, kept: int) -> None:
    assert len(code(parsed(sentence)).claims) == kept
