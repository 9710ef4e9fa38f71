"""Incidents written by hand: figures and the words they stand on."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from rashomon.model.document import DocumentId
from rashomon.model.incident import Answer, Comparison, Evidence, Incident, IncidentId, Polarity, Relation, Site
from rashomon.model.telling import ClaimId, Precision, Status
from rashomon.model.text import Span


def evidence(
    document: str, text: str, day: int = 1, voice: str | None = None, own: bool = False, start: int = 0
) -> Evidence:
    span = Span(start, start + len(text))
    return Evidence(DocumentId(document), ClaimId("c1"), span, text, date(2025, 6, day), voice, own)


def answer(
    low: int | None,
    *told: Evidence,
    high: int | None = None,
    denied: bool = False,
    unit: str | None = None,
    at_least: bool = False,
) -> Answer:
    """A figure; exact unless ``high`` or ``at_least`` says otherwise."""
    voices = tuple(dict.fromkeys(one.voice for one in told if one.voice))
    highest = None if at_least else low if high is None else high
    ends = [None if end is None else Decimal(end) for end in (low, highest)]
    polarity = Polarity.DENY if denied else Polarity.AFFIRM
    return Answer(ends[0], ends[1], unit, polarity, voices, (), False, told)


def incident(*comparisons: Comparison, places: tuple[Site, ...] = ()) -> Incident:
    documents = {one.document for c in comparisons for a in c.answers for one in a.claims}
    return Incident(
        IncidentId("RA-TEST"),
        "STRIKE.DRONE",
        Status.OCCURRED,
        date(2025, 6, 1),
        date(2025, 6, 2),
        Precision.DAYS,
        places,
        (),
        tuple(sorted(documents)),
        comparisons,
    )


def killed(*answers: Answer, relation: Relation = Relation.DISAGREE) -> Comparison:
    return Comparison("killed", relation, answers)
