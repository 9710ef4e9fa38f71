"""Deaths and injuries that are told without a number, or without the word: at least one; as many as were shot."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from rashomon.model.telling import Event, Stance, Status
from rashomon.resolving.intervals import Interval, measure
from rashomon.resolving.questions import Setting, Statement, figure_of

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
# Whom this happened to is hurt, or dead.
HIT = frozenset("shot stabbed beaten wounded".split())
ALIVE = re.compile(
    r"\b(?:hospital(?:i[sz]ed)?|(?:critical|serious|stable|fair|good) condition|recover(?:s|ed|ing|y)?|surgery|"
    r"life-threatening|surviv(?:e|es|ed)|treated|wounds?|wounded|injur(?:ed|y|ies))\b",
    re.IGNORECASE,
)
DEAD = re.compile(
    r"\b(?:dead|die[sd]?|dying|kill(?:s|ed|ers?|ings?)?|fatal(?:ly|ity|ities)?|homicides?|murder(?:s|ed|er)?|slain|slaying|"
    r"deaths?|deadly|deceased|bod(?:y|ies)|coroner|funeral|victims? identified)\b",
    re.IGNORECASE,
)
BEFORE, AFTER = 300, 1500  # characters around its mentions in which an incident's dead would be spoken of


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
    if "injured" not in answered | counted and _survived(setting):
        yield from _hurt(setting)


def sole(statements: list[Statement]) -> list[Statement]:
    """The statements; the injured that are only implied, where nobody tells of dead or injured."""
    told = any(one.question in ("killed", "injured") and not one.implied for one in statements)
    return [one for one in statements if not one.implied] if told else statements


def _hurt(setting: Setting) -> Iterator[Statement]:
    """Those who were shot where nobody is said to be dead: as many as are counted, else at least one."""
    telling, reading = setting.told.telling, setting.told.reading
    figures = [q for q in reading.quantities if q.id in telling.quantities and q.kind == "killed_or_injured"]
    if figures:
        yield from (
            replace(figure, question="injured", implied=True) for figure in (figure_of(setting, one) for one in figures)
        )
        return
    hit = [e for e in reading.events if e.incident == telling.id and e.trigger.of(setting.text).lower() in HIT]
    wounded = next((e for e in hit if any(role.role == "victim" for role in e.roles) and _asserted(setting, e)), None)
    if wounded is not None:
        yield replace(_one(setting, wounded, "injured"), implied=True)


def _survived(setting: Setting) -> bool:
    """Whether around an incident's mentions somebody is hurt or in hospital, and nobody is said to be dead."""
    trigger = setting.told.telling.trigger
    start, end = max(0, trigger[0].start - BEFORE), trigger[-1].end + AFTER
    return DEAD.search(setting.text, start, end) is None and ALIVE.search(setting.text, start, end) is not None


def _asserted(setting: Setting, event: Event) -> bool:
    claim = setting.innermost(event.trigger)
    said = event.trigger.of(setting.text).lower()
    return said not in GENERAL and (claim is None or claim.stance not in UNSAID)


def _one(setting: Setting, event: Event, question: str) -> Statement:
    claim = setting.innermost(event.trigger)
    span = next((role.span for role in event.roles if role.role == "victim"), event.trigger)
    bare = setting.state(question, None if claim is None else claim.id, span, setting.told.telling.id)
    return replace(bare, interval=Interval(ONE, None), measure=measure("person")[0], low=ONE, unit="person")
