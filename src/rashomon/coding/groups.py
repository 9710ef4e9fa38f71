"""Mentions of one happening, as the encoder links them: groups of what is one."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from rashomon.knowledge.kinds import triggers
from rashomon.model.reading import Trigger
from rashomon.model.text import Span

# Two mentions are one incident when the links between their groups are on average at least this.
SAME = 0.3
# Two mentions whose kinds the encoder is so sure of, and that differ, are two incidents. On the held-out marks exact
# kinds rise from 88.0 to 90.4 % by it, and incidents F1 stays (59.4, 59.2).
KNOWN = 0.4
# Mentions no farther apart, each linked at least so surely to the same words of place and of time, are one.
BESIDE = 100
SURELY = 0.55
# "Another", "a second night of": what follows is nothing told before it, unless the encoder is surer than this. On the
# held-out marks incidents F1 rises from 70.0 to 71.0, figures tied to the right incident from 66.5 to 67.7 %.
TELLS = 0.7
ANOTHER = re.compile(
    r"\b(?:another|separate|separately|second|third|fourth|fifth|similar|earlier|previous|previously|other|different|new|"
    r"fresh|subsequent|later|elsewhere)\s+(?:[\w-]+\s+){0,2}$",
    re.IGNORECASE,
)
LOOK_BACK = 45


def another(trigger: Trigger, text: str) -> bool:
    """Whether the words before a mention say that it is not what was told before."""
    start = trigger.span.start
    return ANOTHER.search(text, max(0, start - LOOK_BACK), start) is not None


def together(mentions: Sequence[Trigger], text: str) -> list[list[Trigger]]:
    """Mentions grouped by what they are mentions of: the surest pairs first, groups by their average link."""
    alike = _alike(mentions, text)
    group = list(range(len(mentions)))
    members = {i: [i] for i in group}
    links: dict[int, dict[int, float]] = {i: {} for i in group}
    for (i, j), score in alike.items():
        links[i][j] = links[j][i] = score
    for (i, j), score in sorted(alike.items(), key=lambda pair: (-pair[1], pair[0])):
        one, other = group[i], group[j]
        if score < SAME or one == other:
            continue
        if links[one].get(other, 0.0) < SAME * len(members[one]) * len(members[other]):
            continue
        for third, weight in links.pop(other).items():
            links[third].pop(other, None)
            if third != one:
                links[one][third] = links[third][one] = links[one].get(third, 0.0) + weight
        for k in members[other]:
            group[k] = one
        members[one] += members.pop(other)
    return [[mentions[i] for i in sorted(ids)] for _, ids in sorted(members.items(), key=lambda m: min(m[1]))]


def _alike(mentions: Sequence[Trigger], text: str) -> dict[tuple[int, int], float]:
    """Pairs that the encoder links: the mean of what each mention says of the other."""
    starts = [t.span.start for t in mentions]
    out: dict[tuple[int, int], float] = defaultdict(float)
    for i, trigger in enumerate(mentions):
        for link in trigger.links:
            if link.role != "same":
                continue
            for j in range(bisect_left(starts, link.span.start), bisect_left(starts, link.span.end)):
                if j != i and not _unlike(trigger, mentions[j]):
                    out[min(i, j), max(i, j)] += link.score / 2
    for i, (one, other) in enumerate(pairwise(mentions)):
        if not _unlike(one, other) and _side_by_side(one, other):
            out[i, i + 1] = max(out[i, i + 1], SAME)
    apart = [another(mention, text) for mention in mentions]
    return {(i, j): score for (i, j), score in out.items() if not apart[j] or score >= TELLS}


def _side_by_side(one: Trigger, other: Trigger) -> bool:
    """Whether two mentions of one sentence happened at one place and time: "a bridge fell, derailing a train"."""
    if gap(one.span, other.span) > BESIDE:
        return False
    return all(
        any(
            a.role == b.role == role and a.score >= SURELY and b.score >= SURELY and a.span.overlaps(b.span)
            for a in one.links
            for b in other.links
        )
        for role in ("place", "time")
    )


def whole_phrases(groups: Sequence[Sequence[Trigger]], text: str) -> list[list[Trigger]]:
    """The groups, those joined between which a phrase is split: "a <car> bomb <attack>"."""
    at = {mention.span: number for number, group in enumerate(groups) for mention in group}
    joined = [list(group) for group in groups]
    for one, other in pairwise(sorted((t for group in groups for t in group), key=lambda t: t.span)):
        here, there = at[one.span], at[other.span]
        if here != there and not _unlike(one, other) and _one_phrase(one, other, text):
            joined[here] += joined[there]
            at |= {mention.span: here for mention in joined[there]}
            joined[there] = []
    return [sorted(group, key=lambda t: t.span) for group in joined if group]


def _one_phrase(one: Trigger, other: Trigger, text: str) -> bool:
    """Whether two mentions are words of one phrase: "a <car> bomb <attack>"."""
    between = text[one.span.end : other.span.start]
    return between[:1] == " " == between[-1:] and (between.strip().lower(),) in triggers()


def _unlike(one: Trigger, other: Trigger) -> bool:
    (kind, sure), (second, surely) = one.kinds[0], other.kinds[0]
    return kind != second and min(sure, surely) >= KNOWN


def gap(one: Span, other: Span) -> int:
    """Characters between two stretches; 0 where they meet."""
    return max(one.start - other.end, other.start - one.end, 0)
