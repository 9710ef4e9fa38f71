"""Whether two mentions are of one happening: what the encoder says of the pair, weighed with what else is read of both.

The encoder's links alone order the pairs of the hand-read development ledgers with an average precision of 64 %, these
measurements with 75. ``training/alike.py`` makes the trees, from texts that the encoder had not been taught.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from rashomon.coding.stretches import gap, within
from rashomon.coding.trees import alike
from rashomon.model.reading import Trigger
from rashomon.model.telling import Place, Quantity, QuantityId, Time
from rashomon.model.text import Span

# What is measured of a pair, in the order of the columns; all but the gap and the two orders are 0 to 1.
MEASURED = (
    "mean link", "surer link", "weaker link", "kinds", "cosine of kinds", "log of gap", "order", "later order",
    "definite", "another", "one word", "linked elsewhere", "later linked elsewhere", "score", "place shared",
    "places differ", "day shared", "days differ", "figure shared", "figures differ", "status",
)  # fmt: skip
# Violent happenings of one root ("STRIKE") may be one, whatever the weapon, and an explosion may be a bomb's; of all
# others the whole kind must agree.
VIOLENT = ("STRIKE", "BOMB", "CIV", "CLASH", "INFRA")
MAY_BE = {"INFRA.EXPLOSION": "BOMB"}
# Two mentions that no link joins are weighed only if they are neighbours or stand within so many sentences.
SENTENCES = 12
# Countries hold too much to tell that two happenings are one.
WIDE = ("demonym", "country")
# Of two mentions, places or days that are shared less surely than this may still differ.
SHARED = 0.15
# Whatever figure or place they share, mentions whose families are this unlike and which the encoder links less are two.
UNLIKE = 0.3
STEM = 5  # letters that make a word the same
LOOK_BACK = 45
DEFINITE = re.compile(
    r"\b(?:the|this|that|these|those|both|its|his|her|their|such)\s+(?:[\w'-]+\s+){0,2}$", re.IGNORECASE
)
# "Another", "a second night of": what follows is nothing told before it.
ANOTHER = re.compile(
    r"\b(?:another|separate|separately|second|third|fourth|fifth|similar|earlier|previous|previously|other|different|new|"
    r"fresh|subsequent|later|elsewhere)\s+(?:[\w-]+\s+){0,2}$",
    re.IGNORECASE,
)

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Pair = tuple[int, int]
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Around:
    """What else was read in the document, everything in the order of the text."""

    text: str
    sentences: Sequence[Span]
    sites: Sequence[Place]
    days: Sequence[Time]
    figures: Sequence[Quantity]


@dataclass(frozen=True, slots=True)
class Sight:
    """What a mention alone shows: its places, days and figures with how surely each belongs to it."""

    sentence: int
    definite: bool
    another: bool
    stem: str
    places: Mapping[str, float]
    days: Mapping[tuple[date | None, date | None], float]
    figures: Mapping[QuantityId, float]


def family(kind: str) -> str:
    """What a kind shares with those that may be one with it."""
    root = kind.partition(".")[0]
    return MAY_BE.get(kind, root if root in VIOLENT else kind)


def another(trigger: Trigger, text: str) -> bool:
    """Whether the words before a mention say that it is not what was told before."""
    return _before(ANOTHER, trigger, text)


def chances(mentions: Sequence[Trigger], around: Around) -> dict[Pair, float]:
    """How likely two of the mentions, in the order of the text, are of one happening; pairs left out hardly are."""
    pairs, rows = measured(mentions, around)
    if not pairs:
        return {}
    families = _table([[(family(name), chance) for name, chance in t.kinds] for t in mentions])
    alike_families = _cosine(families, *np.array(pairs).T)
    unlike = np.maximum(alike_families, rows[:, MEASURED.index("mean link")]) < UNLIKE
    found = np.where(unlike, 0, alike().chances(rows.astype(np.float32)))
    return dict(zip(pairs, found.tolist(), strict=True))


def measured(mentions: Sequence[Trigger], around: Around) -> tuple[list[Pair], Floats]:
    """The pairs worth weighing, P of them, and what is ``MEASURED`` of each [P, 21]."""
    links = _links(mentions)
    sights = _sights(mentions, around)
    pairs = _candidates([sight.sentence for sight in sights], links)
    if not pairs:
        return [], np.zeros((0, len(MEASURED)))
    one, other = np.array(pairs).T
    score = np.array([t.score for t in mentions])
    kinds, statuses = _table([t.kinds for t in mentions]), _table([t.statuses for t in mentions])
    said, back = (np.array([links.get(pair, 0.0) for pair in way]) for way in (pairs, [(j, i) for i, j in pairs]))
    columns = [
        (said + back) / 2, np.maximum(said, back), np.minimum(said, back), (kinds[one] * kinds[other]).sum(1),
        _cosine(kinds, one, other),
        np.log1p([gap(mentions[i].span, mentions[j].span) for i, j in pairs]), one, other,
        np.array([s.definite for s in sights])[other], np.array([s.another for s in sights])[other],
        [sights[i].stem == sights[j].stem for i, j in pairs], *_elsewhere(links, pairs), score[other],
        *_compared([s.places for s in sights], pairs), *_compared([s.days for s in sights], pairs),
        *_counted([s.figures for s in sights], pairs, {f.id: f for f in around.figures}),
        (statuses[one] * statuses[other]).sum(1),
    ]  # fmt: skip
    return pairs, np.column_stack(columns).astype(np.float64)


def _links(mentions: Sequence[Trigger]) -> dict[Pair, float]:
    """How surely the links of one mention say that another is the same."""
    starts = [t.span.start for t in mentions]
    out: dict[Pair, float] = {}
    for i, mention in enumerate(mentions):
        for link in mention.links:
            if link.role == "same":
                for j in range(bisect_left(starts, link.span.start), bisect_left(starts, link.span.end)):
                    if j != i:
                        out[i, j] = max(out.get((i, j), 0.0), link.score)
    return out


def _candidates(sentences: Sequence[int], links: Mapping[Pair, float]) -> list[Pair]:
    """Neighbours, what stands within so many sentences, and what is linked; ``sentences`` of the mentions in order."""
    near = {
        (i, j)
        for j, sentence in enumerate(sentences)
        for i in range(min(bisect_left(sentences, sentence - SENTENCES), j - 1), j)
        if i >= 0
    }
    return sorted(near | {(min(pair), max(pair)) for pair in links})


def _elsewhere(links: Mapping[Pair, float], pairs: Sequence[Pair]) -> tuple[list[float], list[float]]:
    """How surely the earlier and the later mention of each pair is linked to one outside the pair."""
    best: dict[int, list[tuple[float, int]]] = {}
    for i, j in {(min(pair), max(pair)) for pair in links}:
        mean = (links.get((i, j), 0.0) + links.get((j, i), 0.0)) / 2
        for mention, partner in ((i, j), (j, i)):
            best[mention] = sorted([*best.get(mention, ()), (mean, partner)], reverse=True)[:2]

    def outside(mention: int, partner: int) -> float:
        return next((mean for mean, found in best.get(mention, ()) if found != partner), 0.0)

    return [outside(i, j) for i, j in pairs], [outside(j, i) for i, j in pairs]


def _table(told: Sequence[Sequence[tuple[str, float]]]) -> Floats:
    """Chances by name as rows [mentions, names]."""
    names = {name: n for n, name in enumerate(sorted({name for row in told for name, _ in row}))}
    table = np.zeros((len(told), len(names)))
    for n, row in enumerate(told):
        for name, chance in row:
            table[n, names[name]] += chance
    return table


def _cosine(table: Floats, one: Ints, other: Ints) -> Floats:
    """Of each pair of rows."""
    length = np.sqrt((table**2).sum(1))
    return np.asarray((table[one] * table[other]).sum(1) / (length[one] * length[other]))


def _sights(mentions: Sequence[Trigger], around: Around) -> list[Sight]:
    sites = dict(sorted((s.span, s.resolved or s.name) for s in around.sites if s.kind not in WIDE))
    days = {d.span: (d.earliest, d.latest) for d in around.days if d.earliest is not None}
    figures = {f.span: f.id for f in around.figures}
    return [
        Sight(
            bisect_right(around.sentences, trigger.span.start, key=lambda s: s.start),
            _before(DEFINITE, trigger, around.text),
            another(trigger, around.text),
            trigger.span.of(around.text).lower()[:STEM],
            _belonging(trigger, "place", sites, list(sites)),
            _belonging(trigger, "time", days, sorted(days)),
            _belonging(trigger, "figure", figures, sorted(figures)),
        )
        for trigger in mentions
    ]


def _belonging(trigger: Trigger, role: str, things: Mapping[Span, Key], spans: Sequence[Span]) -> dict[Key, float]:
    """Each thing whose words a mention's links in the role touch, with the surest of them; ``spans`` in order."""
    out: dict[Key, float] = {}
    for link in trigger.links:
        if link.role == role:
            for span in within(spans, link.span):
                out[things[span]] = max(out.get(things[span], 0.0), link.score)
    return out


def _before(words: re.Pattern[str], trigger: Trigger, text: str) -> bool:
    start = trigger.span.start
    return words.search(text, max(0, start - LOOK_BACK), start) is not None


def _compared(held: Sequence[Mapping[Key, float]], pairs: Sequence[Pair]) -> tuple[list[float], list[float]]:
    """How surely both mentions of each pair hold one thing in common, and how surely each holds another."""
    shared, differ = [], []
    for i, j in pairs:
        one, other = held[i], held[j]
        if not one or not other:
            shared.append(0.0)
            differ.append(0.0)
            continue
        both = max((min(sure, other[thing]) for thing, sure in one.items() if thing in other), default=0.0)
        shared.append(both)
        differ.append(min(max(one.values()), max(other.values())) if both <= SHARED else 0.0)
    return shared, differ


def _counted(
    held: Sequence[Mapping[QuantityId, float]], pairs: Sequence[Pair], figures: Mapping[QuantityId, Quantity]
) -> tuple[list[float], list[float]]:
    """How surely both mentions of each pair hold one figure, and how surely two of one kind that tell otherwise."""
    shared, _ = _compared(held, pairs)
    told = {name: (f.low, f.high) for name, f in figures.items()}
    differ = [
        max(
            (
                min(sure, surely)
                for one, sure in held[i].items()
                for other, surely in held[j].items()
                if figures[one].kind == figures[other].kind and told[one] != told[other]
            ),
            default=0.0,
        )
        for i, j in pairs
    ]
    return shared, differ
