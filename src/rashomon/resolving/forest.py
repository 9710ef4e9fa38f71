"""Incidents as trees of tellings: each telling goes on from the earlier one most like it, or begins an incident.

What a telling goes on from is the best of a set, so it depends on which tellings there are and never on the order in
which they came. A new one changes its own choice and that of later neighbours which it is more like than what they
had; one that is taken away makes those choose anew that went on from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from rashomon.model.incident import Gist, IncidentId, TellingKey, Tie
from rashomon.model.judgement import Judgement, JudgementId, Verdict
from rashomon.resolving.ids import incident_id
from rashomon.resolving.judged import Decided, decided, parted
from rashomon.resolving.likeness import SAME, likeness, score


class Grove(Protocol):
    """Where gists and ties are kept; ``Glade`` keeps them in memory, the ledger in tables."""

    def gist(self, key: TellingKey) -> Gist | None:
        """The gist of a telling, or None if it is not kept."""
        ...

    def near(self, gist: Gist) -> Iterable[Gist]:
        """The kept gists of other documents that are kept under one of the keys it is ``sought`` under, each once."""
        ...

    def tie(self, key: TellingKey) -> Tie | None:
        """What a telling goes on from."""
        ...

    def followers(self, key: TellingKey) -> Iterable[TellingKey]:
        """The tellings that go on from this one."""
        ...

    def judgements(self, key: TellingKey) -> Iterable[Judgement]:
        """The judgements on a telling, and those that undo them."""
        ...

    def keep(self, gist: Gist) -> None:
        """Keep a gist under its ``blocks``."""
        ...

    def drop(self, key: TellingKey) -> None:
        """Forget a gist and its tie."""
        ...

    def bind(self, key: TellingKey, tie: Tie | None) -> None:
        """Set what a telling goes on from; None for nothing."""
        ...


@dataclass(frozen=True, slots=True)
class Tree:
    """An incident: its tellings in their order, the first of which names it, and the ties that hold them together."""

    id: IncidentId
    members: tuple[TellingKey, ...]
    ties: tuple[Tie, ...]


Place = tuple[date, str, str]


def order(gist: Gist) -> Place:
    """Where a telling stands in the one order of all tellings: by day, document and telling; without a day, last."""
    return (gist.published or date.max, gist.document, gist.key)


def insert(grove: Grove, gists: Iterable[Gist]) -> frozenset[TellingKey]:
    """Keep gists and choose; return the tellings whose incidents may have changed. A kept gist is left as it is."""
    touched: set[TellingKey] = set()
    for gist in gists:
        if grove.gist(gist.key) is not None:
            continue
        here, around = order(gist), tuple(grove.near(gist))
        grove.keep(gist)
        touched.add(gist.key)
        _choose(grove, gist, around)
        for later in around:
            if here < order(later) and _better(grove, later, gist):
                had = grove.tie(later.key)
                grove.bind(later.key, likeness(later, gist))
                touched |= {later.key} if had is None else {later.key, had.earlier}
    return frozenset(touched)


def remove(grove: Grove, keys: Iterable[TellingKey]) -> frozenset[TellingKey]:
    """Forget tellings; those that went on from them choose anew. Returns tellings left whose incidents may differ."""
    gone = frozenset(keys)
    touched: set[TellingKey] = set()
    orphans: set[TellingKey] = set()
    for key in sorted(gone):
        tie = grove.tie(key)
        touched |= {tie.earlier} if tie is not None else set()
        orphans.update(grove.followers(key))
        touched.update(subject for j in grove.judgements(key) for subject in map(TellingKey, j.subjects))
    for key in gone:
        grove.drop(key)
    for key in sorted(orphans - gone):
        gist = grove.gist(key)
        if gist is not None:
            _choose(grove, gist, grove.near(gist))
    return frozenset((touched | orphans) - gone)


def _choose(grove: Grove, gist: Gist, around: Iterable[Gist]) -> None:
    """Bind a telling to the earlier neighbour most like it, of two equals to the earlier one."""
    here, best, sure = order(gist), gist, SAME
    for other in around:
        place = order(other)
        if place < here:
            found = score(gist, other)
            if found > sure or (found == sure and (best is gist or place < order(best))):
                best, sure = other, found
    grove.bind(gist.key, None if best is gist else likeness(gist, best))


def _better(grove: Grove, later: Gist, gist: Gist) -> bool:
    """Whether a telling is to go on from this one: it is surer than what it has, of two equals the earlier one."""
    sure, had = score(later, gist), grove.tie(later.key)
    if sure < SAME or had is None or sure != had.score:
        return sure >= SAME and (had is None or sure > had.score)
    old = grove.gist(had.earlier)
    return old is not None and order(gist) < order(old)


def trees(grove: Grove, touched: Iterable[TellingKey]) -> tuple[Tree, ...]:
    """The incidents that hold these tellings, and all that hang together with them, in the order of their first."""
    found: list[Tree] = []
    seen: set[TellingKey] = set()
    for key in touched:
        if key not in seen and grove.gist(key) is not None:
            members, said = _component(grove, key)
            seen.update(members)
            found += _split(grove, members, decided(said))
    first = {tree.id: grove.gist(tree.members[0]) for tree in found}
    return tuple(sorted(found, key=lambda tree: order(first[tree.id])))  # type: ignore[arg-type]


def _component(grove: Grove, start: TellingKey) -> tuple[list[TellingKey], tuple[Judgement, ...]]:
    """All tellings that hang together by ties or judgements, and the judgements on them."""
    seen: dict[TellingKey, None] = {start: None}
    said: dict[JudgementId, Judgement] = {}
    waiting = [start]
    while waiting:
        key = waiting.pop()
        on = {j.id: j for j in grove.judgements(key)}
        said.update(on)
        tie = grove.tie(key)
        near = [*grove.followers(key), *([tie.earlier] if tie is not None else [])]
        near += [TellingKey(s) for j in on.values() if j.verdict is Verdict.SAME_INCIDENT for s in j.subjects]
        for other in near:
            if other not in seen and grove.gist(other) is not None:
                seen[other] = None
                waiting.append(other)
    return list(seen), tuple(said[number] for number in sorted(said))


def _split(grove: Grove, members: Sequence[TellingKey], verdicts: Decided) -> list[Tree]:
    """What hangs together, parted where judgements say so."""
    ties = [tie for key in members if (tie := grove.tie(key)) is not None]
    parting = parted(members, ties, verdicts)
    places = {key: gist for key in members if (gist := grove.gist(key)) is not None}
    held: dict[int, list[Tie]] = {}
    for tie in parting.held:
        held.setdefault(id(parting.whole[tie.telling]), []).append(tie)
    found = []
    for whole in {id(part): part for part in parting.whole.values()}.values():
        inside = tuple(sorted(whole, key=lambda key: order(places[key])))
        inner = sorted(held.get(id(whole), ()), key=lambda tie: (order(places[tie.telling]), tie.earlier))
        found.append(Tree(incident_id(places[inside[0]]), inside, tuple(inner)))
    return found
