"""Reads the inline mark-up of the dispatches into records whose offsets point into the clean text.

``read(path)`` gives the dispatches of one batch; the mark-up itself is described in README.md beside this file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import NamedTuple

from rashomon.model.telling import Act, Bound, Distance, Precision, Stance, Status, Verification
from rashomon.model.text import Span

HERE = Path(__file__).parent
HEAD = re.compile(r"^=== ", re.MULTILINE)
MEASURED = frozenset(("age", "damage_cost", "distance", "duration", "explosive_mass", "fraction", "money"))
OPEN = re.compile(r"\{([ACENPQRSTVX])(?: ([^|{}]*))?\|")


class MarkupError(ValueError):
    """A dispatch that cannot be read: ``where`` names it, ``reason`` says why."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(f"{where}: {reason}")
        self.where = where
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody a dispatch speaks of; ``kind`` as in the codebook."""

    id: str
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Incident:
    """One happening as one dispatch tells it; ``date`` is EDTF or None."""

    id: str
    kind: str
    status: Status
    date: str | None
    part_of: str | None
    optional: bool


@dataclass(frozen=True, slots=True)
class Claim:
    """One attribution. ``within`` is the claim in whose content this one is made."""

    id: str
    act: Act
    stance: Stance
    distance: Distance
    optional: bool
    claimant: str | None
    within: str | None
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words that name one or several incidents."""

    span: Span
    incidents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Role:
    """Words that name a participant of one or several incidents; ``by`` is who alleges it."""

    span: Span
    incidents: tuple[str, ...]
    role: str
    actor: str | None
    by: str | None


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity: an interval open where a side is None; ``claim`` is the innermost claim that holds it.

    ``subset_of``, ``increment_of`` and ``supersedes`` are ids of other figures of the dispatch.
    """

    span: Span
    incident: str | None
    kind: str
    bound: Bound
    low: float | None
    high: float | None
    value: float | None
    unit: str | None
    claim: str | None
    id: str | None
    subset_of: str | None
    increment_of: str | None
    supersedes: str | None
    optional: bool


@dataclass(frozen=True, slots=True)
class Time:
    """Words that name days; ``value`` is EDTF or None where nothing anchors them."""

    span: Span
    incidents: tuple[str, ...]
    value: str | None
    precision: Precision


@dataclass(frozen=True, slots=True)
class Place:
    """A place name and its part in one or several incidents."""

    span: Span
    incidents: tuple[str, ...]
    role: str


@dataclass(frozen=True, slots=True)
class Caveat:
    """Words on what could not be checked; ``applies_to`` holds ids of claims, incidents and figures."""

    span: Span
    status: Verification
    applies_to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """Words that name an actor without a part in an incident."""

    span: Span
    actor: str


@dataclass(frozen=True, slots=True)
class Dispatch:
    """One dispatch: its clean text and its gold. ``decoys`` are words looked at and rightly left unmarked."""

    id: str
    style: str
    published: date | None
    outlet: str
    title: str
    text: str
    actors: tuple[Actor, ...]
    incidents: tuple[Incident, ...]
    claims: tuple[Claim, ...]
    triggers: tuple[Trigger, ...]
    roles: tuple[Role, ...]
    figures: tuple[Figure, ...]
    times: tuple[Time, ...]
    places: tuple[Place, ...]
    caveats: tuple[Caveat, ...]
    named: tuple[Named, ...]
    decoys: tuple[Span, ...]


class Tag(NamedTuple):
    """One pair of braces: letter, words before the bar, span, and the tags it stands in, outermost first."""

    letter: str
    words: tuple[str, ...]
    span: Span
    outer: tuple[int, ...]


@dataclass(slots=True)
class _Open:
    at: int
    start: int


@dataclass(slots=True)
class _Scan:
    text: list[str] = field(default_factory=list)
    length: int = 0
    tags: list[Tag] = field(default_factory=list)
    opened: list[_Open] = field(default_factory=list)


def batches(folder: Path = HERE) -> tuple[Path, ...]:
    """List the batch files, in order."""
    return tuple(sorted(folder.glob("[0-9][0-9]-*.txt")))


def is_dev(path: Path) -> bool:
    """Whether a batch is held out: every fifth is."""
    return int(path.name[:2]) % 5 == 0


def read(path: Path) -> tuple[Dispatch, ...]:
    """Read the dispatches of one batch. Raises MarkupError."""
    return tuple(dispatches(path.read_text(encoding="utf-8"), path.name))


def dispatches(text: str, name: str) -> Iterator[Dispatch]:
    """Read the dispatches written in one text; what stands before the first ``===`` is a remark. Raises MarkupError."""
    for part in HEAD.split(text)[1:]:
        above, rule, body = part.partition("\n---\n")
        first, _, rest = above.partition("\n")
        head = dict(_pair(piece, name) for piece in first.split(" | "))
        where = f"{name} {head.get('id', first)}"
        if not rule:
            raise MarkupError(where, "no line of three hyphens between the declarations and the text")
        try:
            yield _dispatch(head, _declared(rest, where), scan(body.strip("\n"), where))
        except MarkupError:
            raise
        except (KeyError, ValueError, IndexError) as error:
            raise MarkupError(where, f"{type(error).__name__} {error}") from error


def scan(body: str, where: str) -> tuple[str, tuple[Tag, ...]]:
    """Take a body apart into clean text and tags in order of opening. Raises MarkupError if braces do not pair."""
    state = _Scan()
    at = 0
    while at < len(body):
        opening = OPEN.match(body, at)
        if opening:
            outer = tuple(o.at for o in state.opened)
            state.opened.append(_Open(len(state.tags), state.length))
            state.tags.append(Tag(opening[1], tuple((opening[2] or "").split()), Span(0, 0), outer))
            at = opening.end()
        elif body[at] == "{":
            raise MarkupError(where, f"not a tag: {body[at : at + 40]!r}")
        elif body[at] == "}":
            if not state.opened:
                raise MarkupError(where, f"a brace too many: {body[max(0, at - 40) : at + 1]!r}")
            done = state.opened.pop()
            state.tags[done.at] = state.tags[done.at]._replace(span=Span(done.start, state.length))
            at += 1
        else:
            state.text.append(body[at])
            state.length += 1
            at += 1
    if state.opened:
        raise MarkupError(where, f"never closed: {state.tags[state.opened[-1].at]}")
    return "".join(state.text), tuple(state.tags)


def _pair(piece: str, where: str) -> tuple[str, str]:
    key, colon, value = piece.partition(":")
    if not colon:
        raise MarkupError(where, f"no colon in {piece!r}")
    return key.strip(), value.strip()


def _declared(lines: str, where: str) -> dict[str, list[list[str]]]:
    """Split declarations into words, by ``incidents``, ``claims``, ``actors``; a key may stand on several lines."""
    found: dict[str, list[list[str]]] = {"incidents": [], "claims": [], "actors": []}
    for line in lines.splitlines():
        if not line.strip():
            continue
        key, value = _pair(line, where)
        if key not in found:
            raise MarkupError(where, f"unknown declaration {key!r}")
        found[key] += [re.findall(r'"[^"]*"|\S+', item) for item in value.split(" ; ") if item.strip()]
    return found


def _dispatch(
    head: dict[str, str], declared: dict[str, list[list[str]]], scanned: tuple[str, tuple[Tag, ...]]
) -> Dispatch:
    text, tags = scanned
    known = {w[0] for w in declared["claims"]}
    for tag in tags:
        if tag.letter in "SQC" and not (tag.words and set(tag.words[0].split(",")) <= known):
            raise ValueError(f"no such claim: {{{tag.letter} {' '.join(tag.words)}|{tag.span.of(text)[:40]}")
    return Dispatch(
        id=head["id"],
        style=head["style"],
        published=None if head["published"] == "-" else date.fromisoformat(head["published"]),
        outlet=head["outlet"],
        title=head["title"],
        text=text,
        actors=tuple(Actor(w[0], w[1], w[2].strip('"')) for w in declared["actors"]),
        incidents=tuple(_incident(w) for w in declared["incidents"]),
        claims=tuple(_claim(w, tags) for w in declared["claims"]),
        triggers=tuple(Trigger(t.span, _ids(t.words[0])) for t in tags if t.letter == "E"),
        roles=tuple(_role(t) for t in tags if t.letter == "R"),
        figures=tuple(_figure(t, tags) for t in tags if t.letter == "N"),
        times=tuple(_time(t) for t in tags if t.letter == "T"),
        places=tuple(Place(t.span, _ids(t.words[0]), t.words[1]) for t in tags if t.letter == "P"),
        caveats=tuple(Caveat(t.span, Verification(t.words[0]), t.words[1:]) for t in tags if t.letter == "V"),
        named=tuple(Named(t.span, t.words[0]) for t in tags if t.letter == "A"),
        decoys=tuple(t.span for t in tags if t.letter == "X"),
    )


def _ids(word: str) -> tuple[str, ...]:
    return () if word == "-" else tuple(word.split(","))


def _maybe(word: str) -> str | None:
    return None if word == "-" else word


def _options(words: tuple[str, ...] | list[str], allowed: str) -> dict[str, str]:
    """Words of the form ``key=value`` and bare flags. Raises ValueError for one not allowed."""
    found = {}
    for word in words:
        key, _, value = word.partition("=")
        if key not in allowed.split():
            raise ValueError(f"{word!r} is none of {allowed}")
        found[key] = value
    return found


def _incident(words: list[str]) -> Incident:
    more = _options(words[4:], "part_of optional")
    return Incident(words[0], words[1], Status(words[2]), _maybe(words[3]), more.get("part_of"), "optional" in more)


def _claim(words: list[str], tags: tuple[Tag, ...]) -> Claim:
    more = _options(words[4:], "optional")
    mine = [t for t in tags if t.letter in "SQC" and t.words and words[0] in _ids(t.words[0])]
    outer = [tags[o] for t in mine if t.letter in "QC" for o in t.outer if tags[o].letter == "C"]
    within = [i for t in outer for i in _ids(t.words[0]) if i != words[0]]
    source = [t for t in mine if t.letter == "S"]
    return Claim(
        id=words[0],
        act=Act(words[1]),
        stance=Stance(words[2]),
        distance=Distance(words[3]),
        optional="optional" in more,
        claimant=_maybe(source[0].words[1]) if source else None,
        within=within[-1] if within else None,
        source=tuple(t.span for t in source),
        cue=tuple(t.span for t in mine if t.letter == "Q"),
        content=tuple(t.span for t in mine if t.letter == "C"),
    )


def _role(tag: Tag) -> Role:
    more = _options(tag.words[3:], "by")
    by = more.get("by")
    return Role(tag.span, _ids(tag.words[0]), tag.words[1], _maybe(tag.words[2]), by)


def _figure(tag: Tag, tags: tuple[Tag, ...]) -> Figure:
    more = _options(tag.words[4:], "u v id subset_of increment_of supersedes optional")
    low, _, high = tag.words[3].partition("..")
    bound = Bound(tag.words[2])
    ends = (float(low) if low else None, float(high) if high else None)
    held = [i for o in tag.outer if tags[o].letter == "C" for i in _ids(tags[o].words[0])[:1]]
    return Figure(
        span=tag.span,
        incident=_maybe(tag.words[0]),
        kind=tag.words[1],
        bound=bound,
        low=ends[0],
        high=ends[1],
        value=float(more["v"]) if "v" in more else said(bound, ends, tag.words[1]),
        unit=more["u"].replace("_", " ") if "u" in more else None,
        claim=held[-1] if held else None,
        id=more.get("id"),
        subset_of=more.get("subset_of"),
        increment_of=more.get("increment_of"),
        supersedes=more.get("supersedes"),
        optional="optional" in more,
    )


def said(bound: Bound, ends: tuple[float | None, float | None], kind: str) -> float | None:
    """Give the number as it was said, back from the interval; None for a range and for vague words.

    "More than 40 people" begins at 41, "more than 40 km" at 40.
    """
    low, high = ends
    step = 0 if kind in MEASURED else 1
    match bound:
        case Bound.EXACT | Bound.AT_LEAST:
            return low
        case Bound.MORE_THAN:
            return None if low is None else low - step
        case Bound.AT_MOST:
            return high
        case Bound.LESS_THAN:
            return None if high is None else high + step
        case Bound.ABOUT | Bound.NEARLY | Bound.RANGE | Bound.VAGUE:
            return None


def _time(tag: Tag) -> Time:
    return Time(tag.span, _ids(tag.words[0]), _maybe(tag.words[1]), Precision(tag.words[2]))
