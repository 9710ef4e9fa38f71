"""Drawings made here, as SVG: every colour is that of the text around, every line has its words beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from xml.sax.saxutils import escape, quoteattr

from rashomon import words
from rashomon.web.highlight import visible
from rashomon.web.story import MOST_VOICES, Step, Story

WIDE, HIGH = 640, 240
LEFT, RIGHT, TOP, BOTTOM = 48, 200, 18, 26
DASHES = ("", "6 3", "2 3", "9 3 2 3", "1 4", "12 4")
TICKS = 4
# Width of a letter, height of a line of words, and how far lines stand aside from each other.
LETTER, LINE, ASIDE = 7, 13, 9
INK = 'stroke="currentColor" fill="none"'
TEXT = 'fill="currentColor" font-family="system-ui, sans-serif" font-size="12"'


def drawn(story: Story) -> str:
    """A story as SVG: a line a voice, a bar a figure from its lowest to its highest; what is open is dashed."""
    frame = Frame(story.steps)
    called = f"story-{story.id}"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}" role="img"'
        f" aria-labelledby={quoteattr(f'{called}-t')} aria-describedby={quoteattr(f'{called}-d')}>",
        f"<title id={quoteattr(f'{called}-t')}>{_text(story.title)}</title>",
        f"<desc id={quoteattr(f'{called}-d')}>{_text(told(story))}</desc>",
        *_axes(frame),
    ]
    names: list[tuple[float, str]] = []
    for number, (voice, steps) in enumerate(story.lines):
        parts += _line(frame, steps, number)
        last = steps[-1]
        names.append((frame.y(_middle(last)), voice))
    parts += _names(names)
    return "".join((*parts, "</svg>"))


def told(story: Story) -> str:
    """What is drawn of a story in words, for whoever does not see it."""
    drawn = {voice for voice, _ in story.lines}
    steps = (step for step in story.steps if step.voice in drawn)
    return "; ".join(f"{words.day(step.day)}, {step.voice}: {_said(step)}" for step in steps)


class Frame:
    """Where days and numbers stand on the drawing, and where words stand already."""

    def __init__(self, steps: Sequence[Step]) -> None:
        ends = [float(end) for step in steps for end in (step.low, step.high) if end is not None]
        self.first, self.last = steps[0].day, steps[-1].day
        self.most = max(ends) * 1.1 or 1.0
        self.taken: list[tuple[float, float, float]] = []

    def x(self, day: date, number: int = 0) -> float:
        """Where a day stands; each line a little to the right of the one before, so that none hides another."""
        length = (self.last - self.first).days
        share = (day - self.first).days / length if length else 0.5
        return round(LEFT + share * (WIDE - LEFT - RIGHT - ASIDE * MOST_VOICES) + ASIDE * number, 1)

    def y(self, number: float) -> float:
        """Where a number stands."""
        return round(HIGH - BOTTOM - number / self.most * (HIGH - TOP - BOTTOM), 1)

    def free(self, x: float, y: float, told: str) -> bool:
        """Whether words have room here; if so they take it."""
        end = x + LETTER * len(told)
        if any(x < other_end and other < end and abs(y - height) < LINE for other, other_end, height in self.taken):
            return False
        self.taken.append((x, end, y))
        return True


def _line(frame: Frame, steps: Sequence[Step], number: int) -> Iterator[str]:
    dash = DASHES[number % len(DASHES)]
    for one, following in pairwise(steps):
        x, y = frame.x(one.day, number), frame.y(_middle(one))
        x2, y2 = frame.x(following.day, number), frame.y(_middle(following))
        yield f'<path d="M{x} {y}H{x2}V{y2}" {INK} stroke-dasharray="{dash}" stroke-opacity=".6"/>'
    for step in steps:
        yield from _figure(frame, step, number)


def _figure(frame: Frame, step: Step, number: int) -> Iterator[str]:
    """A figure: its interval as a bar, its mark, its number where there is room for it."""
    x = frame.x(step.day, number)
    low, high = step.low, step.high
    bottom = frame.y(float(low)) if low is not None else HIGH - BOTTOM
    top = frame.y(float(high)) if high is not None else TOP
    if low != high:
        dash = ' stroke-dasharray="2 2"' if low is None or high is None else ""
        yield f'<path d="M{x} {bottom}V{top}" {INK} stroke-width="2" stroke-opacity=".5"{dash}/>'
    y = frame.y(_middle(step))
    yield f"<g><title>{_text(f'{words.day(step.day)}, {step.voice}: {_said(step)}')}</title>{_mark(x, y, number)}</g>"
    if frame.free(x, y, step.words):
        yield f'<text x="{x + 7}" y="{y - 5}" {TEXT}>{_text(step.words)}</text>'


def _mark(x: float, y: float, number: int) -> str:
    """A mark of its own for every voice."""
    shapes = (
        f'<circle cx="{x}" cy="{y}" r="4" fill="currentColor"/>',
        f'<rect x="{x - 4}" y="{y - 4}" width="8" height="8" fill="currentColor"/>',
        f'<path d="M{x} {y - 5}l5 9h-10z" fill="currentColor"/>',
        f'<circle cx="{x}" cy="{y}" r="4" {INK} stroke-width="2"/>',
        f'<rect x="{x - 4}" y="{y - 4}" width="8" height="8" {INK} stroke-width="2"/>',
        f'<path d="M{x} {y - 5}l5 9h-10z" {INK} stroke-width="2"/>',
    )
    return shapes[number % len(shapes)]


def _names(names: Sequence[tuple[float, str]]) -> Iterator[str]:
    """The voices to the right, each beside its last figure, none over another."""
    free = float(TOP)
    for number, (y, voice) in sorted(enumerate(names), key=lambda one: one[1][0]):
        at = max(y + 4, free)
        free = at + 15
        yield _mark(WIDE - RIGHT + 34, at - 4, number)
        yield f'<text x="{WIDE - RIGHT + 44}" y="{at}" {TEXT}>{_text(_cut(voice))}</text>'


def _axes(frame: Frame) -> Iterator[str]:
    base = HIGH - BOTTOM
    yield f'<path d="M{LEFT} {TOP}V{base}H{WIDE - RIGHT + 20}" {INK} stroke-opacity=".4"/>'
    for number in range(TICKS + 1):
        value = frame.most / 1.1 * number / TICKS
        if value == int(value):
            name = words.number(Decimal(int(value)))
            yield f'<text x="{LEFT - 6}" y="{frame.y(value) + 4}" text-anchor="end" {TEXT}>{name}</text>'
    for day in dict.fromkeys((frame.first, frame.last)):
        yield f'<text x="{frame.x(day)}" y="{HIGH - 8}" text-anchor="middle" {TEXT}>{words.day(day)}</text>'


def _middle(step: Step) -> float:
    """Where the mark of a figure stands: on the end that is told, between two."""
    ends = [float(end) for end in (step.low, step.high) if end is not None]
    return sum(ends) / len(ends)


def _said(step: Step) -> str:
    flags = [step.denied and "denied", step.unverified and "unverified", step.superseded and "updated since"]
    return ", ".join((step.words, *(flag for flag in flags if flag)))


def _cut(name: str, most: int = 22) -> str:
    return name if len(name) <= most else name[: most - 1].rstrip() + "…"


def _text(told: str) -> str:
    return escape(visible(told))
