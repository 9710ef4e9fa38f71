"""Readings and incidents in memory, as whoever carries a ledger away asks for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rashomon.errors import Unknown
from rashomon.ledger import Counts, Entry
from rashomon.model.incident import Incident
from rashomon.model.reading import Reading
from rashomon.model.telling import Actor, ActorId, Claim
from rashomon.model.text import Span

GAP = " … "  # between the parts of words that are interrupted


@dataclass(frozen=True, slots=True)
class Shelf:
    """A few readings and incidents: what exports call holdings."""

    kept: tuple[Reading, ...] = ()
    gathered: tuple[Incident, ...] = ()

    def incidents(self) -> Iterator[Incident]:
        """The incidents, as they stand."""
        return iter(self.gathered)

    def most_told(self) -> Iterator[Incident]:
        """The incidents, those of most documents first."""
        return iter(sorted(self.gathered, key=lambda one: (-len(one.documents), one.id)))

    def readings(self) -> Iterator[Reading]:
        """The readings, as they stand."""
        return iter(self.kept)

    def reading(self, name: str) -> Reading:
        """The reading of a document. Raises errors.Unknown."""
        for one in self.kept:
            if one.document.id == name:
                return one
        raise Unknown(f"{name}: no such document")

    def entries(self) -> Iterator[Entry]:
        """Every claim of the readings."""
        for one in self.kept:
            actors = {actor.id: actor for actor in one.actors}
            for claim in one.claims:
                yield entry(one, claim, actors)

    def counts(self) -> Counts:
        """How much there is; what is no ledger has no revision."""
        return Counts(len(self.kept), sum(len(one.claims) for one in self.kept), 0, 0, len(self.gathered))


def entry(reading: Reading, claim: Claim, actors: Mapping[ActorId, Actor]) -> Entry:
    """A claim as a row of its own."""
    document = reading.document
    actor = None if claim.claimant is None else actors.get(claim.claimant)

    def said(spans: tuple[Span, ...]) -> str:
        return GAP.join(span.of(document.text) for span in spans)

    return Entry(
        document=document.id,
        outlet=document.outlet,
        published=document.published,
        claim=claim.id,
        source=said(claim.source),
        cue=said(claim.cue),
        content=said(claim.content),
        claimant=None if actor is None else actor.name,
        claimant_kind=None if actor is None else actor.kind,
        claimant_side=None if actor is None else actor.side,
        claimant_country=None if actor is None else actor.country,
        speech=claim.speech,
        act=claim.act,
        stance=claim.stance,
        distance=claim.distance,
        within=claim.within,
        source_spans=claim.source,
        cue_spans=claim.cue,
        content_spans=claim.content,
    )
