"""Rows in the shape of ACLED's, by its codebook's published rules; not ACLED data, and marked so in every row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from rashomon import __version__
from rashomon.export.cast import BLAMED, Player, allegations, doers, inter, sufferers
from rashomon.export.dossiers import Dossier, Holdings, dossiers
from rashomon.export.figures import fatalities
from rashomon.export.geojson import exact
from rashomon.export.spreadsheet import rows
from rashomon.export.tables import Cell
from rashomon.knowledge.actors import states
from rashomon.knowledge.codebooks import Coded, acled_time, coded
from rashomon.knowledge.kinds import kinds
from rashomon.model.incident import Site
from rashomon.model.telling import Status

NOT_THEIRS = f"not ACLED data: computed by Rashomon {__version__} from news, by ACLED's published rules"
COLUMNS = tuple(
    """event_id event_date time_precision event_type sub_event_type actor1 assoc_actor_1 inter1 actor2 assoc_actor_2
    inter2 interaction civilian_targeting country admin1 admin2 admin3 location latitude longitude geo_precision source
    source_scale notes fatalities fatalities_basis same_event to_review origin""".split()
)
# What ACLED makes one event of: the same actors, place and day.
SAME = ("event_date", "event_type", "actor1", "actor2", "location", "admin1", "country")
# Only what happened is coded, or is said to have.
HAPPENED = (Status.OCCURRED, Status.CLAIMED)
STRATEGIC, CIVILIAN_EVENT, TERRITORY = "Strategic developments", "Violence against civilians", "TERR.CAPTURE"
CIVILIANS = 7
REGION = 3

Pair = tuple[Player | None, Player | None]


@dataclass(frozen=True, slots=True)
class Scene:
    """When and where an incident is coded: a day, how exact it is, the place, how exact that is."""

    day: date
    time_precision: int
    site: Site
    geo_precision: int | None


def sheet(holdings: Holdings, stream: BinaryIO) -> int:
    """Write every incident that ACLED would code; how many.

    One row an incident. ACLED makes one event of the same actors, place and day: ``same_event`` is the first such row.
    """
    return rows(COLUMNS, _rows(holdings), stream)


def _rows(holdings: Holdings) -> Iterator[Sequence[Cell]]:
    first: dict[int, str] = {}
    for dossier in dossiers(holdings):
        cells = row(dossier)
        if cells is not None:
            # Hashes and no keys: a ledger of a million incidents keeps 100 MB of them, not a gigabyte.
            same = hash(tuple(cells[column] for column in SAME))
            cells["same_event"] = first.setdefault(same, dossier.incident.id)
            yield [cells[column] for column in COLUMNS]


def row(dossier: Dossier) -> dict[str, Cell] | None:
    """The cells of an incident by the names of their columns; None where ACLED codes no such thing."""
    code, scene = coded().get(dossier.incident.kind), _scene(dossier)
    if code is None or scene is None or not code.acled or dossier.incident.status not in HAPPENED:
        return None
    if scene.geo_precision is None and code.acled != STRATEGIC:
        return None
    return _cells(dossier, code, scene)


def _cells(dossier: Dossier, code: Coded, scene: Scene) -> dict[str, Cell]:
    incident, site = dossier.incident, scene.site
    (one, helping), (other, beside) = _sides(dossier)
    inters = [None if player is None else inter(player, site.country) for player in (one, other)]
    number, basis = fatalities(dossier)
    outlets = dict.fromkeys(document.outlet or document.id for document in dossier.documents)
    return {
        "event_id": incident.id,
        "event_date": scene.day,
        "time_precision": scene.time_precision,
        "event_type": code.acled,
        "sub_event_type": _sub_event(code, inters[0]),
        "actor1": _name(one),
        "assoc_actor_1": _names(helping),
        "inter1": inters[0],
        "actor2": _name(other),
        "assoc_actor_2": _names(beside),
        "inter2": inters[1],
        "interaction": _interaction(inters),
        "civilian_targeting": _targeting(code, inters[1]),
        "country": states().get(site.country or "", site.country),
        "admin1": site.admin1,
        "admin2": site.admin2,
        "admin3": None,
        "location": site.resolved or site.name,
        "latitude": site.lat,
        "longitude": site.lon,
        "geo_precision": scene.geo_precision,
        "source": "; ".join(outlets),
        "source_scale": None,
        "notes": _notes(dossier),
        "fatalities": number,
        "fatalities_basis": basis,
        "same_event": None,
        "to_review": "; ".join(_review(code, scene, one)),
        "origin": NOT_THEIRS,
    }


def _scene(dossier: Dossier) -> Scene | None:
    """When and where; None where ACLED does not code such a time, or there is no place."""
    incident, site = dossier.incident, dossier.scene
    precision = None if incident.precision is None else acled_time(incident.precision)
    if precision is None or site is None or incident.earliest is None or incident.latest is None:
        return None
    # The middle of the days: of one day that day, of a month its middle.
    day = incident.earliest + (incident.latest - incident.earliest) // 2
    return Scene(day, precision, site, exact(dossier, site).acled)


def _sides(dossier: Dossier) -> tuple[tuple[Player | None, Sequence[Player]], tuple[Player | None, Sequence[Player]]]:
    """The two actors and who stood with them. Only who fits one of the codebook's types is an actor.

    Civilians hit by the way stand beside the armed ones that were meant.
    """
    acting = [one for one in doers(dossier) if one.sector.inter is not None]
    suffering = [one for one in sufferers(dossier) if one.sector.inter is not None and one not in acting]
    suffering.sort(key=lambda one: one.sector.inter == CIVILIANS)
    if not suffering and len(acting) > 1 and acting[1].participant.role == "party":
        return (acting[0], ()), (acting[1], acting[2:])
    return _led(acting), _led(suffering)


def _led(side: Sequence[Player]) -> tuple[Player | None, Sequence[Player]]:
    return (side[0], side[1:]) if side else (None, ())


def _sub_event(code: Coded, gained: int | None) -> str | None:
    """The sub-event; of territory, by who gained it."""
    if code.kind == TERRITORY and gained is not None:
        state = gained in (1, 8)
        return "Government regains territory" if state else "Non-state actor overtakes territory"
    return code.sub_event or None


def _interaction(inters: Sequence[int | None]) -> str | None:
    """Both types as one code, the lower first; 0 for an actor that there is not."""
    known = sorted(code for code in inters if code is not None)
    match known:
        case [one, other]:
            return f"{one}{other}"
        case [one]:
            return f"{one}0"
        case _:
            return None


def _targeting(code: Coded, suffering: int | None) -> str | None:
    return "Civilian targeting" if suffering == CIVILIANS or code.acled == CIVILIAN_EVENT else None


def _notes(dossier: Dossier) -> str:
    """What the row rests on, in a sentence or two."""
    incident = dossier.incident
    kind = kinds().get(incident.kind)
    told = f"{incident.kind if kind is None else kind.label} told by {len(incident.documents)} document(s)"
    said = "; ".join(allegations(dossier))
    differing = [one.question for one in incident.comparisons if one.relation in ("disagree", "disputed")]
    parts = (told, said and f"Alleged: {said}", differing and f"Accounts differ on: {', '.join(differing)}")
    return ". ".join(part for part in parts if part) + "."


def _review(code: Coded, scene: Scene, one: Player | None) -> Iterator[str]:
    """What a coder of theirs would still decide."""
    if code.acled_review:
        yield code.acled_review
    if scene.geo_precision == REGION:
        yield "the point is the area's centre, ACLED takes a region's capital"
    if one is not None and (one.participant.role in BLAMED or one.participant.alleged_by is not None):
        yield "actor1 is alleged"


def _name(player: Player | None) -> str | None:
    return None if player is None else player.name


def _names(some: Sequence[Player]) -> str | None:
    return "; ".join(one.name for one in some) or None
