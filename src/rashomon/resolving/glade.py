"""A grove in memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rashomon.model.incident import Gist, TellingKey, Tie
from rashomon.model.judgement import Judgement, Verdict
from rashomon.resolving.blocks import blocks, sought


@dataclass(slots=True)
class Glade:
    """Gists, their index, their ties and the judgements on them, in memory: a ``forest.Grove``."""

    gists: dict[TellingKey, Gist] = field(default_factory=dict)
    index: dict[str, dict[TellingKey, None]] = field(default_factory=dict)
    ties: dict[TellingKey, Tie] = field(default_factory=dict)
    after: dict[TellingKey, dict[TellingKey, None]] = field(default_factory=lambda: defaultdict(dict))
    said: list[Judgement] = field(default_factory=list)

    def gist(self, key: TellingKey) -> Gist | None:
        """The gist of a telling, or None if it is not kept."""
        return self.gists.get(key)

    def near(self, gist: Gist) -> Sequence[Gist]:
        """The kept gists of other documents under the keys it is sought under, each once."""
        keys = dict.fromkeys(key for block in sought(gist) for key in self.index.get(block, ()))
        return [other for other in map(self.gists.__getitem__, keys) if other.document != gist.document]

    def tie(self, key: TellingKey) -> Tie | None:
        """What a telling goes on from."""
        return self.ties.get(key)

    def followers(self, key: TellingKey) -> Iterable[TellingKey]:
        """The tellings that go on from this one."""
        return tuple(self.after.get(key, ()))

    def judgements(self, key: TellingKey) -> Iterable[Judgement]:
        """The judgements on a telling, and those that undo them, however often."""
        found = {j.id: j for j in self.said if j.verdict is not Verdict.UNDO and key in j.subjects}
        while more := {j.id: j for j in self.said if j.replaces in found and j.id not in found}:
            found |= more
        return tuple(found.values())

    def keep(self, gist: Gist) -> None:
        """Keep a gist under its blocks."""
        self.gists[gist.key] = gist
        for block in blocks(gist):
            self.index.setdefault(block, {})[gist.key] = None

    def drop(self, key: TellingKey) -> None:
        """Forget a gist and its tie."""
        self.bind(key, None)
        for block in blocks(self.gists.pop(key)):
            kept = self.index[block]
            kept.pop(key, None)
            if not kept:
                del self.index[block]

    def bind(self, key: TellingKey, tie: Tie | None) -> None:
        """Set what a telling goes on from; None for nothing."""
        had = self.ties.pop(key, None)
        if had is not None:
            self.after[had.earlier].pop(key, None)
        if tie is not None:
            self.ties[key] = tie
            self.after[tie.earlier][key] = None
