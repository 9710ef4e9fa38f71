"""A ledger for programs and notebooks: one class, whose verbs are those of the command line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from rashomon import history, ledger, pipeline, sources
from rashomon.errors import RashomonError
from rashomon.export import FORMATS, tables, whole
from rashomon.knowledge.locating import located
from rashomon.ledger import Counts, Failure, Hit, Wanted
from rashomon.ledger.book import Near
from rashomon.library import pages
from rashomon.library.articles import Day, day
from rashomon.library.results import Incident, Incidents, Reading, Table, filled
from rashomon.model.incident import IncidentId
from rashomon.pipeline import Tally
from rashomon.reading import Reader

TABLES = {table.name: table for table in tables.TABLES}


class Ledger:
    """A ledger of accounts: documents, who says what in them, and the incidents gathered from all of them.

    ``place`` is a file, or the address of a database; ``create`` makes one where there is none. Use it in a ``with``,
    or close it. Raises errors.Unusable, with the place and the reason, where it cannot be opened.
    """

    def __init__(self, place: str | Path, *, create: bool = False) -> None:
        self.place = str(place)
        self._book = ledger.open(place, create=create)

    @property
    def revision(self) -> int:
        """The number of its last change: cite it, and ask for the ledger ``as_of`` it."""
        return self._book.counts().revision

    def counts(self) -> Counts:
        """How many documents, claims and incidents there are, and how many inputs could not be read."""
        return self._book.counts()

    def ingest(
        self,
        *inputs: str | Path,
        published: Day | None = None,
        outlet: str | None = None,
        everything: bool = False,
        jobs: int = 1,
    ) -> Tally:
        """Read inputs into the ledger and gather incidents; those it knows are passed over.

        Inputs are those of `rashomon ingest`. Without ``everything``, what cannot tell of conflict, unrest or talks is
        set aside. What could not be read is counted in the tally and listed by ``failures``.
        """
        found = sources.pages([str(one) for one in inputs], outlet=outlet, published=day(published))
        return pipeline.ingest(found, self._book, Reader.load, jobs=jobs, screened=not everything)

    def failures(self) -> tuple[Failure, ...]:
        """Inputs that could not be read, each with its reason."""
        return tuple(self._book.failures())

    def incidents(  # noqa: PLR0913 - as many as a list can be narrowed by
        self,
        *,
        kind: str | None = None,
        since: Day | None = None,
        until: Day | None = None,
        near: tuple[str, float] | tuple[float, float, float] | None = None,
        voice: str | None = None,
        side: str | None = None,
        relation: str | None = None,
        text: str | None = None,
        limit: int | None = None,
    ) -> Incidents:
        """The incidents that are all that is asked for, the last to happen first; as `rashomon incidents`.

        ``kind`` is one ("STRIKE.DRONE") or a family ("STRIKE"); ``near`` a place of the gazetteer and kilometres, or
        latitude, longitude and kilometres; ``relation`` how accounts stand to each other on one of its questions.
        """
        circle = None if near is None else _circle(near)
        wanted = Wanted(kind, day(since), day(until), circle, voice, side, relation, text)
        return Incidents.of(self._book.incidents(wanted, limit=limit))

    def incident(self, name: str) -> Incident:
        """An incident by any id ever given to it, or by DOCUMENT#TELLING. Raises errors.Unknown."""
        return Incident.of(self._book.incident(name))

    def reading(self, name: str) -> Reading:
        """What was read in a document, by its id or six characters of its beginning. Raises errors.Unknown."""
        return Reading.of(self._book.reading(name))

    def readings(self) -> Iterator[Reading]:
        """What was read in every document, by day of publication, then id."""
        return map(Reading.of, self._book.readings())

    def search(self, query: str, *, limit: int = 20) -> tuple[Hit, ...]:
        """Documents that hold all words and all "quoted phrases" of a query, best first."""
        return tuple(self._book.search(query, limit=limit))

    def table(self, name: str = "claims") -> Table:
        """A whole table in memory: ``claims``, ``incidents``, ``comparisons`` or ``answers``, as `rashomon export csv`.

        Raises RashomonError for another name.
        """
        if name not in TABLES:
            raise RashomonError(f"{name}: no such table; there is {', '.join(TABLES)}")
        return filled(TABLES[name], self._book)

    def export(self, form: str, path: str | Path) -> int:
        """Write the ledger as a format of `rashomon export` to a file, whole or not at all; how many records."""
        if form not in FORMATS:
            raise RashomonError(f"{form}: no such format; there is {', '.join(sorted(FORMATS))}")
        with whole(Path(path)) as stream:
            return FORMATS[form](self._book, stream)

    @contextmanager
    def as_of(self, when: history.Moment | str) -> Iterator[Ledger]:
        """The ledger as it was at a revision or a time, while the ``with`` lasts. Raises history.Untimely."""
        moment = history.moment(when) if isinstance(when, str) else when
        with history.as_of(self._book, moment) as book:
            past = Ledger.__new__(Ledger)
            past.place, past._book = f"{self.place} as of {when}", book
            yield past

    def changes(self, since: history.Moment | str) -> history.News:
        """What was read and decided since, and what became of the incidents. Raises history.Untimely."""
        return history.changes(self._book, history.moment(since) if isinstance(since, str) else since)

    def names(self, incident: Incident) -> frozenset[IncidentId]:
        """Every id that answers with this incident."""
        return frozenset(map(IncidentId, self._book.names(incident)))

    def close(self) -> None:
        """Let go of the database."""
        self._book.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Ledger({self.place!r})"

    def _repr_html_(self) -> str:
        held = self.counts()
        facts = {"documents": held.documents, "claims": held.claims, "incidents": held.incidents}
        return pages.summary(self.place, {**facts, "could not be read": held.failures, "revision": held.revision})


def _circle(near: Iterable[str | float]) -> Near:
    """A circle on the map. Raises RashomonError for a place that the gazetteer does not have."""
    match tuple(near):
        case (str(place), (int() | float()) as km):
            found = located(place)
            if found is None:
                raise RashomonError(f"{place}: not in the gazetteer; give latitude, longitude and kilometres")
            return Near(found.lat, found.lon, float(km))
        case ((int() | float()) as lat, (int() | float()) as lon, (int() | float()) as km):
            return Near(float(lat), float(lon), float(km))
    raise RashomonError(f"near={near}: (place, kilometres) or (latitude, longitude, kilometres)")
