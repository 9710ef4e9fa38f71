"""A ledger as the public sees it: points only so exactly, news only after a while, nobody's name who worked on it."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import islice
from typing import TypeVar, cast

from rashomon.errors import Unknown
from rashomon.ledger.book import Census, Change, Facet, Failure, Ledger, Near, Paper, Wanted, What
from rashomon.ledger.entries import Hit
from rashomon.model.document import Document, DocumentId
from rashomon.model.incident import Answer, Comparison, Incident, Site
from rashomon.model.judgement import Judgement, Sense
from rashomon.model.reading import Reading
from rashomon.model.telling import Place
from rashomon.web.security import Policy, current

Spot = TypeVar("Spot", Site, Place)
KM_A_DEGREE = 111.2
AT_ONCE = 200  # incidents looked at together
WITHHELD = "withheld from public readers until it is {hours:g} hours old"


def seen(ledger: Ledger, policy: Policy) -> Ledger:
    """The ledger as whoever asks may see it: all of it, unless they are of the public."""
    if not policy.anyone:
        return ledger
    return cast(Ledger, Public(ledger, policy.coarse_km, policy.delay_hours))


@dataclass(frozen=True, slots=True)
class Public:
    """A ledger that shows the public less; who has an account sees through it.

    Points are moved to the middle of a grid of ``coarse_km``, in what is asked for as well, so that nobody finds them
    by asking; names of places stay as they were published. ``delay_hours`` go by days, the next whole one, for the day
    is all that is known of a text; texts without a day are shown.
    """

    ledger: Ledger
    coarse_km: float
    delay_hours: float
    today: Callable[[], date] = lambda: datetime.now().astimezone().date()

    def __getattr__(self, name: str) -> object:
        """Whatever the public may see as it is."""
        return getattr(self.ledger, name)

    def incident(self, name: str) -> Incident:
        """An incident; Unknown, saying so, while it is withheld."""
        return self._shown(self.ledger.incident(name)) if current().public else self.ledger.incident(name)

    def incidents(self, wanted: Wanted | None = None, *, limit: int | None = None) -> Iterator[Incident]:
        """The incidents that are not withheld."""
        if not current().public:
            return self.ledger.incidents(wanted, limit=limit)
        return islice(self._walked(self._asked(wanted or Wanted()), min(limit or AT_ONCE, AT_ONCE)), limit)

    def census(self, wanted: Wanted) -> Census:
        """How many there are, those withheld by their own day left out."""
        return self.ledger.census(self._asked(wanted) if current().public else wanted)

    def reading(self, name: str) -> Reading:
        """A reading with its points moved; Unknown, saying so, while it is withheld."""
        reading = self.ledger.reading(name)
        if not current().public:
            return reading
        self._old_enough(reading.document)
        return replace(reading, places=tuple(self._moved(one) for one in reading.places))

    def document(self, name: str) -> Document:
        """A document; Unknown while it is withheld."""
        return self.reading(name).document

    def listed(
        self, *, outlet: str | None = None, beyond: tuple[str, str] | None = None, limit: int = 100
    ) -> tuple[Paper, ...]:
        """Documents that are not withheld."""
        if current().public and beyond is None and self.delay_hours:
            beyond = ((self._last() + timedelta(days=1)).isoformat(), "")
        return self.ledger.listed(outlet=outlet, beyond=beyond, limit=limit)

    def search(self, query: str, *, limit: int = 100) -> Iterator[Hit]:
        """Hits in documents that are not withheld."""
        found = self.ledger.search(query, limit=limit)
        return (one for one in found if self._told(one.published)) if current().public else found

    def papers(self, documents: Collection[DocumentId]) -> Mapping[DocumentId, Paper]:
        """Documents that are not withheld."""
        found = self.ledger.papers(documents)
        return {name: one for name, one in found.items() if self._told(one.published)} if current().public else found

    def copies(self, document: DocumentId) -> tuple[Paper, ...]:
        """Copies that are not withheld."""
        found = self.ledger.copies(document)
        return tuple(one for one in found if self._told(one.published)) if current().public else found

    def changes(self, since: int = 0) -> Iterator[Change]:
        """What happened, but to documents that are withheld."""
        if not current().public or not self.delay_hours:
            yield from self.ledger.changes(since)
            return
        while some := tuple(islice(self.ledger.changes(since), AT_ONCE)):
            since = some[-1].revision
            told = self.papers({DocumentId(one.subject) for one in some if one.what is not What.DECIDED})
            yield from (one for one in some if one.what is What.DECIDED or one.subject in told)

    def values(self, facet: Facet, *, limit: int = 1000) -> tuple[tuple[str, int], ...]:
        """The names of a facet, as often as incidents that are not withheld by their own day have each."""
        if not current().public or not self.delay_hours:
            return self.ledger.values(facet, limit=limit)
        return tuple(self.census(Wanted()).facets[facet].items())[:limit]

    def failures(self) -> Iterator[Failure]:
        """Nothing: names of inputs are those of files and of private addresses."""
        return iter(()) if current().public else self.ledger.failures()

    def judgements(self, document: DocumentId | None = None) -> tuple[Judgement, ...]:
        """What was decided, not by whom nor why."""
        made = self.ledger.judgements(document)
        return tuple(map(self._unsigned, made)) if current().public else made

    def _walked(self, wanted: Wanted, many: int) -> Iterator[Incident]:
        """The incidents that are not withheld, so many looked at together: while a list is held, no more is asked."""
        while True:
            found = tuple(self.ledger.incidents(wanted, limit=many))
            papers = self.ledger.papers({name for one in found for name in one.documents})
            yield from (self._less(one, papers) for one in found if not self._withheld(one, papers))
            if len(found) < many:
                return
            last = found[-1]
            wanted = replace(wanted, beyond=(last.latest.isoformat() if last.latest else "", last.id))

    def _shown(self, incident: Incident) -> Incident:
        papers = self.ledger.papers(incident.documents)
        if self._withheld(incident, papers):
            raise Unknown(f"{incident.id}: {WITHHELD.format(hours=self.delay_hours)}")
        return self._less(incident, papers)

    def _less(self, incident: Incident, papers: Mapping[DocumentId, Paper]) -> Incident:
        last = self._last()
        compared = [_compared(one, last) for one in incident.comparisons]
        return replace(
            incident,
            places=tuple(self._moved(one) for one in incident.places),
            documents=tuple(
                name for name in incident.documents if name in papers and self._told(papers[name].published)
            ),
            comparisons=tuple(one for one in compared if one.answers),
            judgements=tuple(map(self._unsigned, incident.judgements)),
        )

    def _withheld(self, incident: Incident, papers: Mapping[DocumentId, Paper]) -> bool:
        told = (papers[name] for name in incident.documents if name in papers)
        return bool(self.delay_hours) and not any(self._told(one.published) for one in told)

    def _old_enough(self, document: Document) -> None:
        if not self._told(document.published):
            raise Unknown(f"{document.id}: {WITHHELD.format(hours=self.delay_hours)}")

    def _told(self, published: date | None) -> bool:
        return published is None or published <= self._last()

    def _last(self) -> date:
        """The last day of which the public hears."""
        if not self.delay_hours:
            return date.max
        return self.today() - timedelta(days=math.ceil(self.delay_hours / 24))

    def _asked(self, wanted: Wanted) -> Wanted:
        """What is asked for, no more exactly than it is answered."""
        if self.delay_hours:
            wanted = replace(wanted, until=min(wanted.until or date.max, self._last()))
        if wanted.near is None or not self.coarse_km:
            return wanted
        lat, lon = grid(wanted.near.lat, wanted.near.lon, self.coarse_km)
        km = math.ceil(wanted.near.km / self.coarse_km) * self.coarse_km
        return replace(wanted, near=Near(lat, lon, km))

    def _unsigned(self, made: Judgement) -> Judgement:
        before, after = (self._meant(sense) for sense in (made.before, made.after))
        return replace(made, by="somebody", reason="", before=before, after=after)

    def _meant(self, sense: Sense | None) -> Sense | None:
        if sense is None or sense.lat is None or sense.lon is None or not self.coarse_km:
            return sense
        lat, lon = grid(sense.lat, sense.lon, self.coarse_km)
        return replace(sense, lat=lat, lon=lon)

    def _moved(self, spot: Spot) -> Spot:
        if spot.lat is None or spot.lon is None or not self.coarse_km:
            return spot
        lat, lon = grid(spot.lat, spot.lon, self.coarse_km)
        return replace(spot, lat=lat, lon=lon, radius_km=max(spot.radius_km or 0.0, self.coarse_km))


def _compared(asked: Comparison, last: date) -> Comparison:
    """A comparison of what was told up to a day, without the names of reviewers."""
    answers = (_answered(one, last) for one in asked.answers)
    return replace(asked, answers=tuple(one for one in answers if one.claims))


def _answered(answer: Answer, last: date) -> Answer:
    told = (one for one in answer.claims if one.published is None or one.published <= last)
    unsigned = (replace(one, reviewer="somebody") if one.reviewer else one for one in told)
    return replace(answer, claims=tuple(unsigned))


def grid(lat: float, lon: float, km: float) -> tuple[float, float]:
    """The middle of the field of a grid that a point lies in; fields are ``km`` high, and as wide at their latitude."""
    step = km / KM_A_DEGREE
    middle = (math.floor(lat / step) + 0.5) * step
    wide = step / max(math.cos(math.radians(middle)), 0.01)
    return round(max(-90.0, min(90.0, middle)), 4), round((math.floor(lon / wide) + 0.5) * wide, 4)
