"""What an exporter asks of a ledger, and an incident with the readings it stands on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from rashomon.errors import Unknown
from rashomon.knowledge.actors import heads
from rashomon.knowledge.bodies import body
from rashomon.ledger import Counts, Entry
from rashomon.model.document import Document, DocumentId
from rashomon.model.incident import Evidence, Incident, Site
from rashomon.model.reading import Reading
from rashomon.model.telling import Actor, Place, Quantity, Telling

# Readings kept at hand: documents of one incident come one after the other, and those of a day close together.
AT_HAND = 256
# Where an incident happened, the surest part first; where it came from or what was talked about is no scene.
SCENES = ("location", "target_area", "near")


class Holdings(Protocol):
    """What is carried away. Every ledger is one; so are a few readings and incidents in memory."""

    def incidents(self) -> Iterator[Incident]:
        """Every incident, in an order that the same ledger always gives."""
        ...

    def most_told(self) -> Iterator[Incident]:
        """Every incident, the most told first."""
        ...

    def readings(self) -> Iterator[Reading]:
        """Every current reading."""
        ...

    def reading(self, name: str) -> Reading:
        """The current reading of a document; raises errors.Unknown."""
        ...

    def entries(self) -> Iterator[Entry]:
        """Every claim of every current reading."""
        ...

    def counts(self) -> Counts:
        """How much there is, and the revision it has come to."""
        ...


@dataclass(frozen=True, slots=True)
class Dossier:
    """An incident with its readings in the order of its documents, and its tellings each with their reading."""

    incident: Incident
    readings: tuple[Reading, ...]
    told: tuple[tuple[Reading, Telling], ...]

    @property
    def documents(self) -> tuple[Document, ...]:
        """The documents that tell of it."""
        return tuple(reading.document for reading in self.readings)

    @property
    def scene(self) -> Site | None:
        """The place it is held to have happened at: the most exact one, near something rather than nowhere."""
        return next((site for role in SCENES for site in self.incident.places if site.role == role), None)

    def actor(self, name: str) -> Actor | None:
        """The first actor of this name in its documents; titles may stand before it there."""
        wanted = name.casefold()
        actors = (one for reading in self.readings for one in reading.actors)
        return next((one for one in actors if wanted and one.name.casefold().endswith(wanted)), None)

    def kind(self, name: str) -> str | None:
        """What kind of actor a name is: what is known of it, else what its documents make of it."""
        known = body(name)
        if known is not None:
            return known.kind
        actor = self.actor(name)
        if actor is not None and actor.kind != "unknown":
            return actor.kind
        head = heads().get(name.rsplit(maxsplit=1)[-1].lower()) if name else None
        return None if head is None else head.kind

    def country(self, name: str) -> str | None:
        """Where an actor belongs, ISO 3166-1 alpha-2."""
        known, actor = body(name), self.actor(name)
        return (known and known.country) or (actor and actor.country) or None

    def place(self, site: Site) -> Place | None:
        """The place of a document that a site was made of."""
        point = (site.resolved, site.lat, site.lon)
        places = (place for reading in self.readings for place in reading.places)
        return next((place for place in places if (place.resolved, place.lat, place.lon) == point), None)

    def quantity(self, evidence: Evidence) -> Quantity | None:
        """The figure that stands at these words."""
        reading = self._reading(evidence.document)
        quantities = () if reading is None else reading.quantities
        return next((one for one in quantities if one.span == evidence.span), None)

    def _reading(self, document: DocumentId) -> Reading | None:
        return next((reading for reading in self.readings if reading.document.id == document), None)


def dossiers(holdings: Holdings) -> Iterator[Dossier]:
    """Every incident with what it stands on; documents that are no longer there are left out."""
    read = lru_cache(AT_HAND)(holdings.reading)
    for incident in holdings.incidents():
        readings = tuple(_found(incident.documents, read))
        yield Dossier(incident, readings, tuple(_told(incident, readings)))


def _found(documents: Iterable[DocumentId], read: Callable[[str], Reading]) -> Iterator[Reading]:
    for document in documents:
        try:
            yield read(document)
        except Unknown:
            continue


def _told(incident: Incident, readings: Iterable[Reading]) -> Iterator[tuple[Reading, Telling]]:
    wanted = frozenset(incident.tellings)
    for reading in readings:
        for telling in reading.incidents:
            if f"{reading.document.id}#{telling.id}" in wanted:
                yield reading, telling
