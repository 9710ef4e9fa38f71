"""Other people's codebooks: what our kinds, actors, days and places are called in PLOVER, ACLED, UCDP and CAMEO."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from rashomon.knowledge.tables import rows
from rashomon.model.telling import Precision

# Places up to this radius count as one small area near a town (UCDP: within about 25 km).
SMALL_KM = 25


@dataclass(frozen=True, slots=True)
class Coded:
    """A kind of incident in others' words; empty where a codebook has no such event or no finer word.

    ``planned`` is PLOVER's event while it is only planned; the reviews say what a coder has still to decide.
    """

    kind: str
    plover: str
    modes: tuple[str, ...]
    contexts: tuple[str, ...]
    planned: str
    plover_review: str
    acled: str
    sub_event: str
    acled_review: str
    cameo: tuple[str, ...]
    detail: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sector:
    """Somebody in others' words: PLOVER's sector, ACLED's INTER code, whether it is one of UCDP's organised actors."""

    plover: str | None
    inter: int | None
    organised: bool


@dataclass(frozen=True, slots=True)
class Exactness:
    """How exact a place is: ACLED's geo_precision, UCDP's where_prec, POLECAT's resolution; None is not coded."""

    acled: int | None
    ucdp: int | None
    polecat: int | None


@cache
def coded() -> Mapping[str, Coded]:
    """Every kind of incident in the words of the codebooks, by its code."""
    return {
        row["kind"]: Coded(
            row["kind"],
            row["plover"],
            _listed(row["mode"]),
            _listed(row["context"]),
            row["planned"],
            row["plover_review"],
            row["acled"],
            row["sub_event"],
            row["acled_review"],
            _listed(row["cameo"]),
            _listed(row["detail"]),
        )
        for row in rows("codebooks.tsv")
    }


def sector(kind: str | None, name: str) -> Sector:
    """Who somebody is to others: by the kind of actor, or by the noun the name ends in ("masked gunmen")."""
    last = name.lower().rsplit(maxsplit=1)[-1:]
    noun = _sectors("noun").get(last[0]) if last else None
    own = _sectors("kind").get(kind or "")
    # A noun that says who fights is surer than a kind guessed from the same noun; a name of one's own has a kind.
    unnamed = name[:1].islower() or " " not in name
    return (noun or own if unnamed else own or noun) or Sector(None, None, organised=False)


@cache
def _sectors(sort: str) -> Mapping[str, Sector]:
    return {
        row["name"]: Sector(
            None if row["sector"] == "-" else row["sector"],
            None if row["inter"] == "-" else int(row["inter"]),
            row["organised"] == "y",
        )
        for row in rows("sectors.tsv")
        if row["sort"] == sort
    }


def acled_time(precision: Precision) -> int | None:
    """ACLED's time_precision; None where such a time is not coded."""
    match precision:
        case Precision.PART_OF_DAY | Precision.DAY:
            return 1
        case Precision.HOURS | Precision.DAYS | Precision.WEEKEND | Precision.WEEK:
            return 2
        case Precision.PART_OF_MONTH | Precision.MONTH | Precision.SEASON:
            return 3
        case Precision.YEAR | Precision.UNSPECIFIED_PAST | Precision.ONGOING | Precision.DURATION:
            return None


def ucdp_time(precision: Precision) -> int:
    """UCDP's date_prec."""
    match precision:
        case Precision.PART_OF_DAY | Precision.DAY:
            return 1
        case Precision.HOURS | Precision.DAYS | Precision.WEEKEND:
            return 2
        case Precision.WEEK:
            return 3
        case Precision.PART_OF_MONTH | Precision.MONTH | Precision.SEASON:
            return 4
        case Precision.YEAR | Precision.UNSPECIFIED_PAST | Precision.ONGOING | Precision.DURATION:
            return 5


def exactness(kind: str | None, radius_km: float | None, *, near: bool = False) -> Exactness:
    """How exact a place of the gazetteer's kinds is; of an unknown kind, by its radius.

    ``near`` is a place only somewhere around the one named.
    """
    known = _EXACT.get(kind or "") or _by_radius(radius_km)
    if kind == "island" and radius_km is not None and radius_km > SMALL_KM:
        return _WIDE
    return _AROUND if near and known in (_SPOT, _TOWN) else known


def _by_radius(radius_km: float | None) -> Exactness:
    """The kind of place a circle may be: gazetteer towns reach 15 km, districts 60, regions and countries beyond."""
    if radius_km is None:
        return _WIDE
    for most, found in ((15, _TOWN), (SMALL_KM, _AROUND), (60, _DISTRICT), (350, _REGION)):
        if radius_km <= most:
            return found
    return _COUNTRY


_SPOT, _TOWN, _AROUND = Exactness(1, 1, 5), Exactness(1, 1, 4), Exactness(2, 2, 4)
_DISTRICT, _REGION, _WIDE = Exactness(3, 3, 3), Exactness(3, 4, 2), Exactness(3, 5, None)
_COUNTRY, _SEA = Exactness(None, 6, 1), Exactness(3, 7, None)
_EXACT = {
    **dict.fromkeys(("airport", "air_base", "bridge", "crossing", "camp", "landmark"), _SPOT),
    "city": _TOWN,
    "island": _AROUND,
    "district": _DISTRICT,
    "region": _REGION,
    **dict.fromkeys(("area", "historic", "front", "river", "lake", "canal", "mountain", "road"), _WIDE),
    "country": _COUNTRY,
    **dict.fromkeys(("sea", "strait"), _SEA),
}


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, cell.split("|")))


@dataclass(frozen=True, slots=True)
class Term:
    """A word that stands in a coded column, and what it means."""

    column: str
    code: str
    words: str


@cache
def terms() -> tuple[Term, ...]:
    """The words of all coded columns but kinds of incident."""
    return tuple(Term(row["column"], row["code"], row["words"]) for row in rows("terms.tsv"))
