"""The list of incidents: what is found, what it can be narrowed by, and when it was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from rashomon import words
from rashomon.export import tables
from rashomon.export.tables import Cell
from rashomon.knowledge.bodies import body
from rashomon.ledger.book import Census, Facet, Ledger
from rashomon.model.incident import Comparison, Incident, Relation
from rashomon.web.address import NAMES, Address, Shape, cursor, path
from rashomon.web.view import Item, first

# Values of a facet that a page lists, and that it lists when asked for more.
MOST_VALUES, ALL_VALUES = 8, 200
# Findings that a line of the list has room for.
MOST_FINDINGS = 4
# A bar is a day, a week or a month, whichever keeps the timeline within so many bars.
MOST_BARS = 92
TITLES = {
    Facet.KIND: "kind",
    Facet.FINDING: "finding",
    Facet.VOICE: "voice",
    Facet.SIDE: "side",
    Facet.OUTLET: "outlet",
    Facet.ACTOR: "actor",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """A question of an incident in a line: how it stands, and in short what is answered."""

    sign: str
    finding: str
    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Line:
    """An incident in a list."""

    incident: Incident
    path: str
    sign: str
    days: str
    title: str
    voices: int
    findings: tuple[Finding, ...]
    more: int

    @property
    def documents(self) -> int:
        """How many documents tell of it."""
        return len(self.incident.documents)


@dataclass(frozen=True, slots=True)
class Choice:
    """A value to narrow the list by, with the addresses that ask for it and that exclude it."""

    name: str
    label: str
    many: int
    chosen: bool
    refused: bool
    include: str
    exclude: str


@dataclass(frozen=True, slots=True)
class Choices:
    """A facet with its most frequent values; ``more`` further ones are not listed here but at ``further``."""

    title: str
    values: tuple[Choice, ...]
    more: int
    further: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of days of the timeline; ``share`` is its height, 0 to 1."""

    label: str
    many: int
    share: float
    address: str


@dataclass(frozen=True, slots=True)
class Incidents:
    """A page of incidents."""

    template: ClassVar[str] = "incidents.html"
    title: ClassVar[str] = "Incidents"

    address: Address
    incidents: tuple[Incident, ...]
    census: Census
    more: bool

    @property
    def shape(self) -> Shape:
        """In which shape they are shown."""
        return self.address.shape

    @property
    def lines(self) -> tuple[Line, ...]:
        """The incidents as lines."""
        return tuple(map(line, self.incidents))

    @property
    def facets(self) -> tuple[Choices, ...]:
        """What the list can be narrowed by."""
        spelled = spellings(self.incidents)
        return tuple(_choices(self.address, facet, self.census.facets.get(facet, {}), spelled) for facet in TITLES)

    @property
    def bars(self) -> tuple[Bar, ...]:
        """When they were."""
        return bars(self.address, self.census.days)

    @property
    def further(self) -> str | None:
        """The address where the list goes on, if it does."""
        if not self.more:
            return None
        last = self.incidents[-1]
        return self.address.with_(cursor=cursor(last.latest.isoformat() if last.latest else "", last.id))

    def shown(self) -> Sequence[Incident]:
        """The incidents."""
        return self.incidents

    def record(self) -> object:
        """The JSON twin."""
        counted = {NAMES[facet]: names for facet, names in self.census.facets.items()}
        return {
            "schema": "rashomon/incidents/1",
            "counted": self.census.looked_at,
            "counted_all": not self.census.cut,
            "undated": self.census.undated,
            "unplaced": self.census.unplaced,
            "facets": counted,
            "days": self.census.days,
            "next": self.further and f"/incidents.json{self.further}",
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


def incidents(ledger: Ledger, address: Address) -> Incidents:
    """The incidents that an address asks for."""
    found, more = first(ledger.incidents(address.wanted, limit=address.limit + 1), address.limit)
    return Incidents(address, found, ledger.census(address.wanted), more)


def line(incident: Incident) -> Line:
    """An incident as a line of a list: what is disputed comes first."""
    asked = sorted(incident.comparisons, key=lambda one: "#!^=1".index(words.sign(one.relation)))
    findings = tuple(Finding(*_short(one)) for one in asked[:MOST_FINDINGS])
    return Line(
        incident,
        path("incident", incident.id),
        words.sign(asked[0].relation) if asked else " ",
        words.days(incident.earliest, incident.latest),
        words.headline(incident),
        len(tables.voices(incident.comparisons)),
        findings,
        max(0, len(asked) - MOST_FINDINGS),
    )


def item(incident: Incident) -> Item:
    """An incident as an entry of a feed; it was last told of when its latest evidence was published."""
    told = [one.published for c in incident.comparisons for a in c.answers for one in a.claims if one.published]
    said = "; ".join(f"{one.question}: {one.finding}, {one.answer}" for one in line(incident).findings)
    title = f"{words.headline(incident)} ({words.days(incident.earliest, incident.latest)})"
    return Item(incident.id, path("incident", incident.id), title, max(told, default=incident.latest), said)


def bars(address: Address, days: Mapping[date, int]) -> tuple[Bar, ...]:
    """Incidents over time, in days, weeks or months."""
    if not days:
        return ()
    length = (max(days) - min(days)).days + 1
    begins = _day if length <= MOST_BARS else _week if length <= 7 * MOST_BARS else _month
    counted: Counter[date] = Counter()
    for day, many in days.items():
        counted[begins(day)] += many
    most = max(counted.values())
    found = []
    at, last = begins(min(days)), max(days)
    while at <= last:
        following = begins(at + timedelta(days={_day: 1, _week: 7, _month: 31}[begins]))
        end = following - timedelta(days=1)
        label = words.days(at, end)
        link = address.with_(after=at.isoformat(), before=end.isoformat())
        found.append(Bar(label, counted[at], counted[at] / most, link))
        at = following
    return tuple(found)


def _day(day: date) -> date:
    return day


def _week(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _month(day: date) -> date:
    return day.replace(day=1)


def _short(asked: Comparison) -> tuple[str, str, str, str]:
    answers = [one for one in asked.answers if not one.superseded] or list(asked.answers)
    told = [("not " if words.denied(one) else "") + words.answer(one) for one in answers[:2]]
    if len(answers) > 2:
        told.append("…")
    between = " / " if words.sign(asked.relation) == "#" else ", "
    return (
        words.sign(asked.relation),
        words.finding(asked.relation),
        words.question(asked.question),
        _cut(between.join(dict.fromkeys(told))),
    )


def _cut(told: str, most: int = 60) -> str:
    return told if len(told) <= most else told[: most - 1].rsplit(" ", 1)[0] + " …"


def _choices(address: Address, facet: Facet, counted: Mapping[str, int], spelled: Mapping[str, str]) -> Choices:
    asked = [one.name for one in (*address.wanted.also, *address.wanted.without) if one.facet is facet]
    # What is asked for or excluded stays in sight, even if nothing of it is left.
    names = dict.fromkeys((*(name.casefold() for name in asked), *counted))
    if facet is Facet.KIND:
        # Families first; their kinds once one is asked for.
        names = dict.fromkeys(name for name in names if asked or "." not in name)
    whole = address.whole == NAMES[facet]
    listed = list(names)[: max(ALL_VALUES if whole else MOST_VALUES, len(asked))]
    values = tuple(
        Choice(
            name,
            label(facet, name, spelled),
            counted.get(name, 0),
            address.chosen(facet, name),
            address.refused(facet, name),
            address.including(facet, name),
            address.excluding(facet, name),
        )
        for name in listed
    )
    further = "" if whole else address.with_(more=NAMES[facet])
    return Choices(TITLES[facet], values, len(names) - len(listed), further)


def label(facet: Facet, name: str, spelled: Mapping[str, str] | None = None) -> str:
    """A value of a facet as people read it; names are kept without capitals, ``spelled`` has them with theirs."""
    match facet:
        case Facet.KIND:
            return words.kind(name)
        case Facet.FINDING:
            known = name in set(Relation)
            return f"{words.sign(Relation(name))} {words.finding(Relation(name))}" if known else name
        case Facet.VOICE | Facet.SIDE | Facet.ACTOR | Facet.OUTLET:
            if spelled is not None and name in spelled:
                return spelled[name]
            known_body = body(name)
            if known_body is not None and known_body.name.casefold() == name:
                return known_body.name
            return " ".join(word[:1].upper() + word[1:] for word in name.split())


def spellings(found: Sequence[Incident]) -> Mapping[str, str]:
    """Names as some incidents have them, by how they are kept."""
    told: dict[str, str] = {}
    for incident in found:
        for name in (*tables.voices(incident.comparisons), *(one.actor for one in incident.participants)):
            told.setdefault(" ".join(name.casefold().split()), name)
    return told
