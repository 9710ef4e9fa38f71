"""Deaths and injuries without a number: what is told of, and what is not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from rashomon.model.incident import Told
from rashomon.model.telling import Event, EventId, Role, Status
from rashomon.model.text import Span
from rashomon.resolving.compare import compare

Account = Callable[..., Told]


def harmed(told: Told, **words: str) -> Told:
    """A telling with words that the encoder took for a death or an injury."""
    text = told.reading.document.text
    events = tuple(
        Event(EventId(f"h{n}"), f"HUM.{kind.upper()}", _span(text, word), _victim(text, word), told.telling.id)
        for n, (kind, word) in enumerate(words.items())
    )
    return replace(told, reading=replace(told.reading, events=(*told.reading.events, *events)))


def _span(text: str, word: str) -> Span:
    return Span(text.index(word), text.index(word) + len(word))


def _victim(text: str, word: str) -> tuple[Role, ...]:
    return (Role("victim", _span(text, "A porter")),) if "A porter" in text and word != "casualties" else ()


@pytest.mark.parametrize(
    ("marked", "words", "found"),
    [
        ("A porter was killed by the *blast*.", {"death": "killed"}, {"killed": "A porter"}),
        ("The *blast* left the guard hurt.", {"injury": "hurt"}, {"injured": "hurt"}),
        ("A porter died of a wound after the *blast*.", {"death": "died", "injury": "wound"}, {"killed": "A porter"}),
        ("The *blast* killed four people; four more died later.", {"death": "died"}, {}),
        ("A porter was *shot* and taken to hospital.", {"shot": "shot"}, {"injured": "A porter"}),
        ("A porter was *shot* at the depot.", {"shot": "shot"}, {}),
        ("A porter was *shot*. He died in hospital.", {"shot": "shot"}, {}),
        ("[The army] <denied> {that a porter in hospital was *shot*}.", {"shot": "shot"}, {}),
        ("The base gave no word on casualties of the *blast*.", {"death": "casualties"}, {}),
        ("[The army] <denied> {that a porter was killed by the *blast*}.", {"death": "killed"}, {}),
    ],
)
def test_at_least_one(account: Account, marked: str, words: dict[str, str], found: dict[str, str]) -> None:
    told = harmed(account(marked), **words)
    answers = {
        one.question: answer.claims[0].text
        for one in compare([told])
        for answer in one.answers
        if one.question in ("killed", "injured") and answer.low == 1 and answer.high is None
    }
    assert answers == found


@pytest.mark.parametrize(("kind", "status"), [("DIP.TALKS", Status.OCCURRED), ("BOMB.VEHICLE", Status.THREATENED)])
def test_the_dead_of_others_and_of_threats_are_not_counted(account: Account, kind: str, status: Status) -> None:
    told = harmed(account("They *met* over the porters killed.", kind=kind, status=status), death="killed")
    assert not [one for one in compare([told]) if one.question == "killed"]


SHOT = "Four men were *shot* at the depot and taken to hospital."


@pytest.mark.parametrize(
    ("others", "injured"),
    [
        ((), [4]),
        (("The *shooting* at the depot left three people injured.",), [3]),
        (("The *shooting* at the depot killed one man.",), []),
    ],
)
def test_those_who_were_shot_are_hurt_where_nobody_tells_of_dead_or_injured(
    account: Account, others: tuple[str, ...], injured: list[int]
) -> None:
    told = [account(words, name=f"d{n}", kind="CIV.ATTACK") for n, words in enumerate((SHOT, *others))]
    answers = [answer for one in compare(told) if one.question == "injured" for answer in one.answers]
    assert [answer.low for answer in answers] == injured
