"""Rows in the shape of UCDP's GED, by its codebook's published rules; not UCDP data, and marked so in every row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from rashomon import __version__
from rashomon.export.cast import Player, allegations, doers, sufferers
from rashomon.export.dossiers import Dossier, Holdings, dossiers
from rashomon.export.figures import Amount, Estimate, Figure, estimate, figures
from rashomon.export.geojson import exact
from rashomon.export.names import address
from rashomon.export.spreadsheet import rows
from rashomon.export.tables import Cell, voices
from rashomon.knowledge.actors import states
from rashomon.knowledge.codebooks import Exactness, coded, sector, ucdp_time
from rashomon.model.incident import Site
from rashomon.model.telling import Status

NOT_THEIRS = f"not UCDP data: computed by Rashomon {__version__} from news, by UCDP's published rules"
COLUMNS = tuple(
    """id date_start date_end date_prec where_prec where_coordinates where_description latitude longitude adm_1
    adm_2 country event_clarity side_a side_b deaths_a deaths_b deaths_civilians deaths_unknown low best high
    number_of_sources source_article source_office source_date source_headline source_original to_review
    origin""".split()
)
HAPPENED = (Status.OCCURRED, Status.CLAIMED)
# Lethal violence by an organised actor against another one or against civilians.
LETHAL = ("Battles", "Explosions/Remote violence", "Violence against civilians")
CIVILIANS = 7
BETWEEN = "; "


def sheet(holdings: Holdings, stream: BinaryIO) -> int:
    """Write every incident that UCDP would count: organised violence with at least one death; how many."""
    return rows(COLUMNS, _rows(holdings), stream)


def _rows(holdings: Holdings) -> Iterator[Sequence[Cell]]:
    for dossier in dossiers(holdings):
        cells = row(dossier)
        if cells is not None:
            yield [cells[column] for column in COLUMNS]


def row(dossier: Dossier) -> dict[str, Cell] | None:
    """The cells of an incident by the names of their columns; None where it is none of UCDP's events."""
    incident = dossier.incident
    code, told, sides = coded().get(incident.kind), figures(dossier, "killed"), _sides(dossier)
    total = estimate(told)
    if code is None or code.acled not in LETHAL or incident.status not in HAPPENED:
        return None
    if incident.earliest is None or incident.precision is None or sides is None or not _deadly(total):
        return None
    single = incident.earliest == incident.latest
    return {
        "id": incident.id,
        "date_start": incident.earliest,
        "date_end": incident.latest,
        "date_prec": ucdp_time(incident.precision),
        **_where(dossier),
        # Clear is what can be told apart as one event; a span of days may be several.
        "event_clarity": 1 if single else 2,
        "side_a": sides[0],
        "side_b": sides[1],
        **_deaths(told, total),
        "low": _whole(total.low),
        "best": _whole(total.best),
        "high": _whole(total.high),
        "number_of_sources": len(voices(incident.comparisons)),
        **_sources(dossier),
        "to_review": BETWEEN.join(_review(dossier, total)),
        "origin": NOT_THEIRS,
    }


def _deadly(total: Estimate) -> bool:
    """Whether somebody puts the deaths at one or more."""
    return any(end is not None and end >= 1 for end in (total.low, total.best, total.high))


def _sides(dossier: Dossier) -> tuple[str, str | None] | None:
    """Side A and side B by name; None without an organised actor. Side B of one-sided violence is civilians."""
    acting = [one for one in doers(dossier) if one.sector.organised]
    suffering = [one for one in sufferers(dossier) if one not in acting]
    against = [one for one in suffering if one.sector.organised]
    if not acting and not against:
        return None
    if not acting:
        return against[0].name, None
    if not against and len(acting) > 1 and acting[1].participant.role == "party":
        return acting[0].name, acting[1].name
    return acting[0].name, against[0].name if against else _civilians(suffering)


def _civilians(suffering: Sequence[Player]) -> str | None:
    return "Civilians" if any(one.sector.inter == CIVILIANS for one in suffering) else None


def _deaths(told: Sequence[Figure], total: Estimate) -> dict[str, Cell]:
    """Deaths by group, as far as a best estimate is given: civilians by the noun counted, everybody else unknown.

    Which side's soldiers died is not told by a count of them, so sides A and B are left to a reviewer.
    """
    nouns = {figure.answer.unit for figure in told}
    of_civilians = bool(nouns) and all(_civilian(noun) for noun in nouns)
    best = _whole(total.best)
    return {
        "deaths_a": None,
        "deaths_b": None,
        "deaths_civilians": best if of_civilians else None,
        "deaths_unknown": None if of_civilians else best,
    }


def _civilian(noun: str | None) -> bool:
    """Whether a noun names civilians; "person" and "body" name anybody."""
    return noun not in (None, "person", "man", "woman", "victim") and sector(None, noun or "").inter == CIVILIANS


def _where(dossier: Dossier) -> dict[str, Cell]:
    site = dossier.scene
    if site is None:
        names = "where_prec where_coordinates where_description latitude longitude adm_1 adm_2 country"
        return dict.fromkeys(names.split())
    how: Exactness = exact(dossier, site)
    return {
        "where_prec": how.ucdp,
        "where_coordinates": site.resolved or site.name,
        "where_description": _described(site),
        "latitude": site.lat,
        "longitude": site.lon,
        "adm_1": site.admin1,
        "adm_2": site.admin2,
        "country": states().get(site.country or "", site.country),
    }


def _described(site: Site) -> str:
    """The place as written, in its part."""
    return f"near {site.name}" if site.role == "near" else site.name


def _sources(dossier: Dossier) -> dict[str, Cell]:
    """What the incident is told in; ``source_original`` are those who said it, whoever printed it."""
    documents = dossier.documents
    days = sorted({document.published.isoformat() for document in documents if document.published is not None})
    return {
        "source_article": BETWEEN.join(address(document) or document.id for document in documents),
        "source_office": BETWEEN.join(dict.fromkeys(one.outlet for one in documents if one.outlet)),
        "source_date": BETWEEN.join(days),
        "source_headline": BETWEEN.join(one.title for one in documents if one.title),
        "source_original": BETWEEN.join(voices(dossier.incident.comparisons)),
    }


def _review(dossier: Dossier, total: Estimate) -> Iterator[str]:
    """What a coder of theirs would still decide."""
    if total.best is None:
        yield "best: accounts give different numbers"
    if total.high is None:
        yield "high: no account gives an upper end"
    yield from (f"alleged: {said}" for said in allegations(dossier))


def _whole(amount: Amount) -> int | None:
    return None if amount is None else int(amount)
