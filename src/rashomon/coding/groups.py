"""Mentions of one happening, as the encoder links them: groups of what is one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from rashomon.knowledge.kinds import triggers
from rashomon.model.reading import Trigger

# Two groups of mentions are one incident when their pairs are on average at least so likely to be.
SAME = 0.4
# Two mentions whose kinds the encoder is so sure of, and that differ, are not one phrase.
KNOWN = 0.4


def together(mentions: Sequence[Trigger], alike: Mapping[tuple[int, int], float]) -> list[list[Trigger]]:
    """Mentions grouped by what they are mentions of: the likeliest pairs first, groups by the average of their pairs.

    ``alike`` has how likely the mentions of these numbers are of one happening; pairs left out are not.
    """
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
