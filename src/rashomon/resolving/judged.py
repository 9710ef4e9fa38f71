"""What people decided about incidents, and how it parts what hangs together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rashomon.model.incident import Reason, TellingKey, Tie
from rashomon.model.judgement import Judgement, Verdict

Pair = tuple[TellingKey, TellingKey]


@dataclass(frozen=True, slots=True)
class Decided:
    """The judgements in force, the newest first."""

    same: tuple[Judgement, ...]
    different: tuple[Judgement, ...]


def decided(judgements: Iterable[Judgement]) -> Decided:
    """The judgements on incidents that are in force: none that was undone, unless the undoing was undone."""
    newest = sorted(judgements, key=lambda judgement: -judgement.id)
    undone: set[int] = set()
    for judgement in newest:
        if judgement.verdict is Verdict.UNDO and judgement.id not in undone and judgement.replaces is not None:
            undone.add(judgement.replaces)
    live = [judgement for judgement in newest if judgement.id not in undone]
    return Decided(
        tuple(judgement for judgement in live if judgement.verdict is Verdict.SAME_INCIDENT),
        tuple(judgement for judgement in live if judgement.verdict is Verdict.DIFFERENT_INCIDENT),
    )


def pair(judgement: Judgement) -> Pair:
    """The two tellings a judgement is about."""
    one, other = judgement.subjects
    return TellingKey(one), TellingKey(other)


def tied(judgement: Judgement) -> Tie:
    """A judgement as a tie, with who decided it and why."""
    earlier, later = pair(judgement)
    why = f"{judgement.by}, {judgement.at:%Y-%m-%d}: {judgement.reason}"
    return Tie(later, earlier, 1.0, (Reason("judgement", 99.0, why),))


@dataclass(slots=True)
class Parting:
    """Tellings put together tie by tie, the surest first; what would join two that must stay apart is passed over.

    So of the ties on the way between two that were judged different, it is the weakest that gives.
    """

    apart: Mapping[TellingKey, Mapping[TellingKey, int]]
    whole: dict[TellingKey, list[TellingKey]] = field(default_factory=dict)
    held: list[Tie] = field(default_factory=list)

    def join(self, tie: Tie, newer_than: int = -1) -> None:
        """Put the two sides of a tie together unless a judgement that is ``newer_than`` this keeps them apart."""
        one, other = self.whole[tie.telling], self.whole[tie.earlier]
        if one is other or any(self._kept(key, other, newer_than) for key in one):
            return
        larger, smaller = (one, other) if len(one) >= len(other) else (other, one)
        larger += smaller
        for key in smaller:
            self.whole[key] = larger
        self.held.append(tie)

    def _kept(self, key: TellingKey, side: Sequence[TellingKey], newer_than: int) -> bool:
        return any(self.whole[other] is side and at > newer_than for other, at in self.apart.get(key, {}).items())


def parted(members: Sequence[TellingKey], ties: Iterable[Tie], verdicts: Decided) -> Parting:
    """The members, parted into incidents by their ties and by what was decided."""
    apart: dict[TellingKey, dict[TellingKey, int]] = {}
    for judgement in reversed(verdicts.different):
        one, other = pair(judgement)
        apart.setdefault(one, {})[other] = apart.setdefault(other, {})[one] = judgement.id
    parting = Parting({k: {o: at for o, at in v.items() if o in set(members)} for k, v in apart.items()})
    parting.whole = {key: [key] for key in members}
    for judgement in verdicts.same:
        if all(key in parting.whole for key in pair(judgement)):
            parting.join(tied(judgement), judgement.id)
    for tie in sorted(ties, key=lambda tie: (-tie.score, tie.telling)):
        parting.join(tie)
    return parting
