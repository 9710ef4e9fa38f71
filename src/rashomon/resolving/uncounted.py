"""Deaths and injuries that are told without a number: at least one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from rashomon.model.telling import Stance, Status
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


def uncounted(setting: Setting) -> Iterator[Statement]:
    """What a telling says by "a man was killed": no fewer than one, in the words that name the victim.

    Only where the document counts nobody for the incident, and nobody denies it.
    """
    telling, reading = setting.told.telling, setting.told.reading
    if telling.status not in TOLD:
        return
    counted = {q.kind for q in reading.quantities if q.id in telling.quantities}
    answered: set[str] = set()
    for event in reading.events:
        question, better = ANSWERED.get(event.kind, ("", frozenset()))
        if not question or event.incident != telling.id or question in answered or counted & better:
            continue
        claim = setting.innermost(event.trigger)
        if claim is not None and claim.stance in UNSAID:
            continue
        answered.add(question)
        span = next((role.span for role in event.roles if role.role == "victim"), event.trigger)
        bare = setting.state(question, None if claim is None else claim.id, span, telling.id)
        yield replace(bare, interval=Interval(ONE, None), measure=measure("person")[0], low=ONE, unit="person")
