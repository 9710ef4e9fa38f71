"""PLOVER records, one incident a line, by its manual's rules; not POLECAT's data, and marked so in every record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from rashomon import __version__
from rashomon.export.cast import Player, doers, sufferers
from rashomon.export.dossiers import Dossier, Holdings, dossiers
from rashomon.export.geojson import exact
from rashomon.export.names import address
from rashomon.export.streams import Json, lines
from rashomon.knowledge.codebooks import Coded, coded
from rashomon.knowledge.places import countries
from rashomon.model.document import Document
from rashomon.model.incident import Site
from rashomon.model.telling import Status
from rashomon.model.text import Span

NOT_THEIRS = f"not POLECAT data: computed by Rashomon {__version__} from news, by the PLOVER manual's published rules"
CODEBOOK = "PLOVER 2.0 (draft manual)"
LICENCE = "quoted words belong to their publishers"
PLANNED = (Status.PLANNED, Status.PROPOSED)
# Talks have no recipient: every party acts.
MUTUAL = ("DIP.TALKS", "DIP.AGREEMENT", "DIP.EXCHANGE")


def records(holdings: Holdings, stream: BinaryIO) -> int:
    """Write every incident that PLOVER has an event for; how many."""
    found = (record(dossier) for dossier in dossiers(holdings))
    return lines((one for one in found if one is not None), stream)


def record(dossier: Dossier) -> Json | None:
    """An incident as a PLOVER record; None where PLOVER has no such event."""
    incident = dossier.incident
    code = coded().get(incident.kind)
    if code is None or not code.plover:
        return None
    mutual = incident.kind in MUTUAL
    acting, suffering = doers(dossier), sufferers(dossier)
    return {
        "id": incident.id,
        "date": incident.earliest,
        "enddate": incident.latest,
        "actor": [_actor(one) for one in ((*acting, *suffering) if mutual else acting)],
        "recipient": [] if mutual else [_actor(one) for one in suffering],
        "event": [code.planned if code.planned and incident.status in PLANNED else code.plover],
        "mode": list(code.modes),
        "context": list(code.contexts),
        "auxiliary": list(auxiliaries(incident.kind, incident.status)),
        "event_loc": _location(dossier),
        **_text(dossier),
        "cite_info": _cited(dossier.documents),
        "cameo": list(code.detail or code.cameo),
        "to_review": _review(code),
        "note": NOT_THEIRS,
    }


def auxiliaries(kind: str, status: Status) -> Iterator[str]:
    """PLOVER's words for what did not simply happen (codebook, section 3)."""
    match status:
        case Status.BACKGROUND:
            yield "historical"
        case Status.PLANNED | Status.PROPOSED:
            yield "future"
        case Status.THREATENED:
            yield "hypothetical"
        case Status.DENIED:
            yield "negation"
        case Status.OCCURRED | Status.CLAIMED:
            pass
    if kind == "VIOL.THWARTED" and status is not Status.DENIED:
        yield "negation"
    if kind == "WAR.BACKGROUND" and status is not Status.BACKGROUND:
        yield "historical"


def _actor(player: Player) -> Json:
    country = countries().get(player.country or "")
    return {
        "extracted_actor": player.name,
        "sector": player.sector.plover,
        "country": None if country is None else country.iso3,
        "alleged_by": player.participant.alleged_by,
    }


def _location(dossier: Dossier) -> Json | None:
    site = dossier.scene
    return None if site is None else _place(dossier, site)


def _place(dossier: Dossier, site: Site) -> Json:
    place = dossier.place(site)
    country = countries().get(site.country or "")
    return {
        "extracted_place": site.name,
        "resolved_place": site.resolved,
        "geonameid": None if place is None else place.geonameid,
        "lat": site.lat,
        "lon": site.lon,
        "admin1": site.admin1,
        "admin2": site.admin2,
        "country": None if country is None else country.iso3,
        "resolution": exact(dossier, site).polecat,
    }


def _text(dossier: Dossier) -> Json:
    """The words of the first telling and where they stand in its document."""
    for reading, telling in dossier.told:
        if telling.trigger:
            text, first = reading.document.text, telling.trigger[0]
            span = Span(text.rfind("\n", 0, first.start) + 1, _line_end(text, first.end))
            return {"event_text": span.of(text), "text_info": {"start": span.start, "end": span.end}}
    return {"event_text": None, "text_info": None}


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _cited(documents: tuple[Document, ...]) -> Json:
    first = documents[0] if documents else None
    return {
        "id": None if first is None else first.id,
        "url": None if first is None else address(first),
        "title": None if first is None else first.title,
        "publication": None if first is None else first.outlet,
        "date": None if first is None else first.published,
        "license": LICENCE,
        "codebook": CODEBOOK,
        "others": [document.id for document in documents[1:]],
    }


def _review(code: Coded) -> str | None:
    return code.plover_review or None
