"""The cue table: forms, order, and that every row says what it does."""

from __future__ import annotations

import pytest

from rashomon.knowledge.cues import cues_in, index
from rashomon.model.telling import Act, Stance


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("said", ["say"]),
        ("has denied", ["deny"]),
        ("went on to say", ["go on to say"]),
        ("pulled back on", ["pull back on"]),
        ("declined to comment", ["decline to comment"]),
        ("are believed to", ["be believed to"]),
        ("allegations", ["allegation"]),
        ("nothing here", []),
    ],
)
def test_the_longest_cue_at_each_word(words: str, found: list[str]) -> None:
    assert [cue.words for _, _, cue in cues_in(words.split())] == found


def test_every_act_but_the_rarest_has_cues() -> None:
    acts = {cue.act for forms in index().values() for _, cue in forms}
    assert acts == set(Act)


def test_stances_agree_with_acts() -> None:
    stances = {cue.act: cue.stance for forms in index().values() for _, cue in forms if cue.act is not Act.EVALUATE}
    assert stances[Act.RETRACT] is Stance.RETRACTED
    assert stances[Act.NO_COMMENT] is Stance.NO_COMMENT
    assert stances[Act.WITHHOLD] is Stance.UNDISCLOSED
    assert stances[Act.SAY] is Stance.AFFIRM
