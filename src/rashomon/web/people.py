"""The pages of who publishes, who speaks, who takes part, and where: counts and links, no score."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rashomon import words
from rashomon.errors import Unknown
from rashomon.export import tables
from rashomon.export.tables import Cell
from rashomon.ledger.book import Facet, Ledger, Near, Outlet, Paper, Value, Wanted
from rashomon.model.incident import Incident, Site
from rashomon.web.address import Misasked, cursor, incidents, path, place
from rashomon.web.incidents import Line, item, label, line
from rashomon.web.view import Item, first

# Incidents that a page of somebody looks through and lists.
LOOKED_AT = 500
LISTED = 50
# Around a place, what is told of it under another name or with another centre.
AROUND_KM = 5.0


@dataclass(frozen=True, slots=True)
class Stand:
    """How often the answers of somebody stood so to those of others; ``path`` lists where."""

    sign: str
    finding: str
    many: int
    path: str


@dataclass(frozen=True, slots=True)
class Named:
    """An outlet, a voice, an actor or a place with the incidents it has a part in; ``papers`` of an outlet."""

    template: ClassVar[str] = "named.html"

    what: str
    name: str
    incidents: tuple[Incident, ...]
    more: bool
    all: str
    outlet: Outlet | None = None
    papers: tuple[Paper, ...] = ()
    around: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """What it is called."""
        return self.name

    @property
    def lines(self) -> tuple[Line, ...]:
        """Its incidents, the last first."""
        return tuple(map(line, self.incidents[:LISTED]))

    @property
    def stands(self) -> tuple[Stand, ...]:
        """How its answers stand to those of others: of an outlet its own words, of a voice its words."""
        counted = Counter(
            one.relation
            for incident in self.incidents
            for one in incident.comparisons
            if self._answers(incident, one.question)
        )
        facet = {"source": Facet.OUTLET, "voice": Facet.VOICE, "actor": Facet.ACTOR}.get(self.what)
        return tuple(
            Stand(
                words.sign(relation),
                words.finding(relation),
                many,
                self.all if facet is None else incidents((facet, self.name), (Facet.FINDING, relation)),
            )
            for relation, many in sorted(counted.items(), key=lambda one: -one[1])
        )

    @property
    def quoted(self) -> tuple[tuple[str, int], ...]:
        """Whom an outlet's documents give words to, or who prints a voice; the most often first."""
        names: Counter[str] = Counter()
        published = {paper.id for paper in self.papers}
        for incident in self.incidents:
            for asked in incident.comparisons:
                for answer in asked.answers:
                    names.update(
                        one.voice for one in answer.claims if one.voice and not one.own and one.document in published
                    )
        return tuple(names.most_common(12))

    def shown(self) -> Sequence[Incident]:
        """Its incidents."""
        return self.incidents

    def record(self) -> object:
        """The JSON twin."""
        return {
            "schema": f"rashomon/{self.what}/1",
            "name": self.name,
            "outlet": self.outlet,
            "documents": self.papers,
            "questions": {one.finding: one.many for one in self.stands},
            "all": not self.more,
            "incidents": self.incidents,
        }

    def header(self) -> Sequence[str]:
        """The columns of an incident."""
        return [column.name for column in tables.INCIDENTS.columns]

    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """One row an incident."""
        return map(tables.incident, self.incidents)

    def feed(self) -> Iterator[Item]:
        """One entry an incident."""
        return map(item, self.incidents)

    def _answers(self, incident: Incident, question: str) -> bool:
        asked = next(one for one in incident.comparisons if one.question == question)
        if self.what == "voice":
            return any(self.name in answer.voices for answer in asked.answers)
        if self.what == "source":
            published = {paper.id for paper in self.papers}
            return any(one.own and one.document in published for answer in asked.answers for one in answer.claims)
        return True


def source(ledger: Ledger, name: str) -> Named:
    """An outlet by its name. Raises errors.Unknown."""
    outlet = next((one for one in ledger.outlets() if (one.name or "").casefold() == name.casefold()), None)
    if outlet is None or outlet.name is None:
        raise Unknown(f"{name}: nothing of such an outlet")
    found, more = _of(ledger, Facet.OUTLET, outlet.name)
    papers = ledger.listed(outlet=outlet.name, limit=LOOKED_AT)
    return Named("source", outlet.name, found, more, incidents((Facet.OUTLET, outlet.name)), outlet, papers)


def voice(ledger: Ledger, name: str) -> Named:
    """A voice by its name. Raises errors.Unknown."""
    found, more = _of(ledger, Facet.VOICE, name)
    spoken = (voice for one in found for voice in tables.voices(one.comparisons))
    called = next((voice for voice in spoken if voice.casefold() == name.casefold()), None)
    if called is None:
        raise Unknown(f"{name}: nothing of such a voice")
    return Named("voice", called, found, more, incidents((Facet.VOICE, called)))


def actor(ledger: Ledger, name: str) -> Named:
    """An actor by its name. Raises errors.Unknown."""
    found, more = _of(ledger, Facet.ACTOR, name)
    if not found:
        raise Unknown(f"{name}: no such actor")
    told = (one.actor for incident in found for one in incident.participants)
    called = next((one for one in told if one.casefold() == name.casefold()), label(Facet.ACTOR, name))
    return Named("actor", called, found, more, incidents((Facet.ACTOR, called)))


def site(ledger: Ledger, name: str) -> Named:
    """A place by its point, "52.29,104.28". Raises errors.Unknown, Misasked."""
    try:
        lat, lon = map(float, name.split(",", maxsplit=1))
    except ValueError as error:
        raise Misasked(f"{name}: a place is named by its point, 52.29,104.28") from error
    # What is no number is not within anything.
    if not (abs(lat) <= 90 and abs(lon) <= 180):
        raise Misasked(f"{name}: beyond the poles, or around the world")
    near = Near(lat, lon, AROUND_KM)
    found, more = first(ledger.incidents(Wanted(near=near), limit=LOOKED_AT + 1), LOOKED_AT)
    here = [one for incident in found for one in incident.places if _at(one, lat, lon)]
    if not here:
        raise Unknown(f"{name}: nothing is told of this place")
    called = Counter(", ".join(_called(one)) for one in here).most_common(1)[0][0]
    names = tuple(dict.fromkeys(one.name for one in here))
    return Named("place", called, found, more, f"/incidents?near={lat:g},{lon:g}~{AROUND_KM:g}", around=names)


def _of(ledger: Ledger, facet: Facet, name: str) -> tuple[tuple[Incident, ...], bool]:
    wanted = Wanted(also=(Value(facet, name),))
    return first(ledger.incidents(wanted, limit=LOOKED_AT + 1), LOOKED_AT)


def _at(one: Site, lat: float, lon: float) -> bool:
    return one.lat is not None and one.lon is not None and abs(one.lat - lat) < 0.005 and abs(one.lon - lon) < 0.005


def _called(one: Site) -> Iterator[str]:
    yield words.site(one)
    yield from (part for part in (one.admin1, one.country) if part and part != words.site(one))


@dataclass(frozen=True, slots=True)
class Outlets:
    """Who published."""

    template: ClassVar[str] = "sources.html"
    title: ClassVar[str] = "Sources"

    outlets: tuple[Outlet, ...]
    voices: tuple[tuple[str, int], ...]

    @property
    def named(self) -> tuple[tuple[str, str, int], ...]:
        """Who speaks: path, name, incidents."""
        return tuple((path("voice", name), label(Facet.VOICE, name), many) for name, many in self.voices)

    def shown(self) -> Sequence[Incident]:
        """No incidents."""
        return ()

    def record(self) -> object:
        """The JSON twin."""
        return {"schema": "rashomon/sources/1", "outlets": self.outlets, "voices": dict(self.voices)}

    def header(self) -> Sequence[str]:
        """The columns of an outlet."""
        return ("name", "documents", "copies", "earliest", "latest")

    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """One row an outlet."""
        return ((one.name, one.documents, one.copies, one.earliest, one.latest) for one in self.outlets)

    def feed(self) -> Iterator[Item]:
        """One entry an outlet."""
        for one in self.outlets:
            name = one.name or "no outlet"
            yield Item(f"source/{name}", path("source", name), name, one.latest, words.count(one.documents, "document"))


def outlets(ledger: Ledger) -> Outlets:
    """Who published, and who speaks most."""
    return Outlets(ledger.outlets(), ledger.values(Facet.VOICE, limit=100))


@dataclass(frozen=True, slots=True)
class Documents:
    """Documents, the last published first."""

    template: ClassVar[str] = "documents.html"
    title: ClassVar[str] = "Documents"

    papers: tuple[Paper, ...]
    outlet: str | None
    more: bool

    @property
    def further(self) -> str | None:
        """Where the list goes on."""
        if not self.more:
            return None
        last = self.papers[-1]
        return cursor(last.published.isoformat() if last.published else "", last.id)

    def shown(self) -> Sequence[Incident]:
        """No incidents."""
        return ()

    def record(self) -> object:
        """The JSON twin."""
        return {"schema": "rashomon/documents/1", "next": self.further, "documents": self.papers}

    def header(self) -> Sequence[str]:
        """The columns of a document."""
        return ("id", "title", "outlet", "published", "url", "origin")

    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """One row a document."""
        return ((one.id, one.title, one.outlet, one.published, one.url, one.origin) for one in self.papers)

    def feed(self) -> Iterator[Item]:
        """One entry a document."""
        for one in self.papers:
            yield Item(
                f"document/{one.id}", path("document", one.id), one.title or one.id, one.published, one.outlet or ""
            )


def documents(ledger: Ledger, outlet: str | None, beyond: str | None, limit: int) -> Documents:
    """Documents of one outlet or of all. Raises Misasked."""
    papers = ledger.listed(outlet=outlet, beyond=place(beyond), limit=limit + 1)
    return Documents(papers[:limit], outlet, len(papers) > limit)
