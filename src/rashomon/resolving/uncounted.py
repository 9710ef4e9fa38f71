"""Deaths and injuries that are told without a number: at least one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from rashomon.model.telling import Event, Stance, Status
from rashomon.resolving.intervals import Interval, measure
from rashomon.resolving.questions import Setting, Statement

ONE = Decimal(1)
# What an event of this kind answers, and the figures that answer it better.
ANSWERED = {
    "HUM.DEATH": ("killed", frozenset(("killed", "killed_or_injured"))),
    "HUM.INJURY": ("injured", frozenset(("injured", "killed_or_injured"))),
}
TOLD = frozenset((Status.OCCURRED, Status.CLAIMED))
UNSAID = frozenset((Stance.DENY, Stance.RETRACTED))
# Incidents of these kinds speak of the dead of others: talks on the return of bodies, a trial.
BLOODLESS = ("DIP", "POL", "REP", "FORCE", "WAR")
# "Gave no figure for casualties" tells of nobody's death.
GENERAL = frozenset(("casualty", "casualties", "toll", "victim", "victims", "loss", "losses"))


def uncounted(setting: Setting) -> Iterator[Statement]:
    """What a telling says by "a man was killed": no fewer than one, in the words that name the victim.

    Only where the document counts nobody for the incident, and nobody denies it. A wound that somebody died of leaves
    nobody injured, so beside a death only counted injuries are told.
    """
    telling, reading = setting.told.telling, setting.told.reading
    if telling.status not in TOLD or telling.kind.startswith(BLOODLESS):
        return
    own = [e for e in reading.events if e.incident == telling.id and e.kind in ANSWERED]
    counted = {q.kind for q in reading.quantities if q.id in telling.quantities}
    deadly = "killed" in counted or any(event.kind == "HUM.DEATH" for event in own)
    answered: set[str] = {"injured"} if deadly else set()
    for event in own:
        question, better = ANSWERED[event.kind]
        if question not in answered and not counted & better and _asserted(setting, event):
            answered.add(question)
            yield _one(setting, event, question)


def _asserted(setting: Setting, event: Event) -> bool:
    claim = setting.innermost(event.trigger)
    said = event.trigger.of(setting.text).lower()
    return said not in GENERAL and (claim is None or claim.stance not in UNSAID)


def _one(setting: Setting, event: Event, question: str) -> Statement:
    claim = setting.innermost(event.trigger)
    span = next((role.span for role in event.roles if role.role == "victim"), event.trigger)
    bare = setting.state(question, None if claim is None else claim.id, span, setting.told.telling.id)
    return replace(bare, interval=Interval(ONE, None), measure=measure("person")[0], low=ONE, unit="person")
