"""What people decided: only ever appended, never changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

JudgementId = NewType("JudgementId", int)


class Verdict(StrEnum):
    """What was decided of the subjects."""

    SAME_INCIDENT = "same_incident"
    DIFFERENT_INCIDENT = "different_incident"
    SAME_ACTOR = "same_actor"
    DIFFERENT_ACTOR = "different_actor"
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A decision of one person. ``subjects`` are telling keys or actors' names; an UNDO names what it ``replaces``."""

    id: JudgementId
    verdict: Verdict
    subjects: tuple[str, ...]
    by: str
    at: datetime
    reason: str
    replaces: JudgementId | None = None
