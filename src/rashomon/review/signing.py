"""What people decided, said beside what it changed: nobody takes a person's word for the machine's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from rashomon.model.document import DocumentId
from rashomon.model.incident import Comparison, Evidence, Incident
from rashomon.model.judgement import Part, Verdict
from rashomon.review.amend import own
from rashomon.review.anchors import Ruling

Rulings = Mapping[DocumentId, Sequence[Ruling]]
# Questions that are no figures; who did it and whether it happened follow from the claims.
NAMED = frozenset(("occurrence", "perpetrator", "cause", "place", "date", "terms"))


def sign(incident: Incident, rulings: Rulings) -> Incident:
    """The incident with every piece of evidence that a person decided on signed, and these judgements beside it."""
    found = {name: rulings[name] for name in incident.documents if rulings.get(name)}
    if not found:
        return incident
    compared = tuple(_comparison(one, found) for one in incident.comparisons)
    signed = {one.judgement for asked in compared for answer in asked.answers for one in answer.claims}
    mine = {
        one.judgement.id: one.judgement
        for name in found
        for one in found[name]
        if one.judgement.id in signed or _tells(one, incident)
    }
    return replace(incident, comparisons=compared, judgements=tuple(mine[number] for number in sorted(mine)))


def _tells(ruling: Ruling, incident: Incident) -> bool:
    """Whether a judgement that leaves no evidence is of this incident: of its kind or day, or what was rejected."""
    if ruling.about.part in (Part.KIND, Part.DAY):
        return f"{ruling.about.document}#{ruling.item}" in incident.tellings
    return ruling.verdict is Verdict.REJECT


def _comparison(asked: Comparison, found: Rulings) -> Comparison:
    answers = tuple(
        replace(one, claims=tuple(_evidence(told, asked.question, found.get(told.document, ())) for told in one.claims))
        for one in asked.answers
    )
    return replace(asked, answers=answers)


def _evidence(told: Evidence, question: str, rulings: Sequence[Ruling]) -> Evidence:
    """The newest judgement on the words themselves, else that on their claim."""
    on_words = [one for one in rulings if _on_words(one, told, question)]
    on_claim = [one for one in rulings if one.about.part in (Part.CLAIM, Part.SPEAKER) and told.claim == _claim(one)]
    ruling = next(reversed(on_words or on_claim), None)
    if ruling is None:
        return told
    return replace(told, reviewer=ruling.judgement.by, verdict=ruling.verdict, judgement=ruling.judgement.id)


def _on_words(ruling: Ruling, told: Evidence, question: str) -> bool:
    asked = {Part.DAY: "date", Part.PLACE: "place"}.get(ruling.about.part)
    fits = question == asked if asked else ruling.about.part is Part.FIGURE and question not in NAMED
    return fits and ruling.about.span.overlaps(told.span)


def _claim(ruling: Ruling) -> str | None:
    return ruling.item or own(ruling)
