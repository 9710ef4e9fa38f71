"""How a figure was told over time: one line a voice, each telling an interval."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from rashomon import words
from rashomon.model.incident import Answer, Comparison, Evidence, Incident
from rashomon.web.address import path

# More lines cannot be told apart; who spoke most often is drawn, everybody is in the table.
MOST_VOICES = 6
MOST_STEPS = 60


@dataclass(frozen=True, slots=True)
class Step:
    """A figure as told on a day; None is open."""

    day: date
    voice: str
    low: Decimal | None
    high: Decimal | None
    words: str
    quote: str
    denied: bool
    superseded: bool
    unverified: bool
    path: str


@dataclass(frozen=True, slots=True)
class Story:
    """The figures of one question in one unit, in the order told; ``undated`` were told on no known day."""

    incident: str
    question: str
    unit: str
    steps: tuple[Step, ...]
    undated: int

    @property
    def id(self) -> str:
        """What its drawing is called in addresses."""
        return f"{self.question}-{self.unit.replace(' ', '_')}" if self.unit else self.question

    @property
    def path(self) -> str:
        """Where its drawing can be fetched."""
        return path("incident", self.incident, "story", f"{self.id}.svg")

    @property
    def title(self) -> str:
        """What it is about."""
        return f"{words.question(self.question)}{f' ({self.unit})' if self.unit else ''}, as told over time"

    @property
    def lines(self) -> tuple[tuple[str, tuple[Step, ...]], ...]:
        """The voices that are drawn, each with its steps; who began first is first."""
        told: dict[str, list[Step]] = defaultdict(list)
        for step in self.steps:
            told[step.voice].append(step)
        kept = sorted(told, key=lambda voice: -len(told[voice]))[:MOST_VOICES]
        return tuple((voice, tuple(told[voice])) for voice in told if voice in kept)

    @property
    def shown(self) -> tuple[Step, ...]:
        """As many steps as the table beside the drawing holds; the table of accounts has all."""
        return self.steps[:MOST_STEPS]

    @property
    def voices(self) -> int:
        """How many voices there are, drawn or not."""
        return len({step.voice for step in self.steps})


def stories(incident: Incident) -> tuple[Story, ...]:
    """The figures that were told more than once."""
    found = (story for comparison in incident.comparisons for story in _stories(incident, comparison))
    return tuple(story for story in found if len(story.steps) > 1)


def _stories(incident: Incident, comparison: Comparison) -> Iterator[Story]:
    steps: dict[str, list[Step]] = defaultdict(list)
    undated: dict[str, int] = defaultdict(int)
    for answer in comparison.answers:
        if answer.low is None and answer.high is None:
            continue
        for one in answer.claims:
            unit = "" if answer.unit in (None, "person", "people") else str(answer.unit)
            if one.published is None:
                undated[unit] += 1
                continue
            steps[unit] += [_step(answer, one, one.published, voice) for voice in _voices(answer, one)]
    for unit, told in steps.items():
        once = {(step.day, step.voice, step.low, step.high, step.denied): step for step in reversed(told)}
        ordered = sorted(once.values(), key=lambda step: (step.day, step.low or step.high or 0, step.voice))
        yield Story(incident.id, comparison.question, unit, tuple(ordered), undated[unit])


def _voices(answer: Answer, one: Evidence) -> Sequence[str]:
    return answer.voices if one.voice is None else (one.voice,)


def _step(answer: Answer, one: Evidence, day: date, voice: str) -> Step:
    return Step(
        day,
        voice,
        answer.low,
        answer.high,
        words.interval(answer.low, answer.high),
        one.text,
        words.denied(answer),
        answer.superseded,
        answer.unverified,
        quoted(one),
    )


def quoted(one: Evidence) -> str:
    """Where the words of an answer stand in their document."""
    at = f"{one.span.start}-{one.span.end}"
    return f"{path('document', one.document)}?c={at}#c={at}"
