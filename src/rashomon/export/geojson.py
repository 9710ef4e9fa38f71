"""GeoJSON (RFC 7946): one feature an incident, for maps. What is only known as an area is drawn as one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import BinaryIO

from rashomon.export.circles import circle
from rashomon.export.dossiers import SCENES, Dossier, Holdings, dossiers
from rashomon.export.figures import live, reported
from rashomon.export.streams import Json, joined
from rashomon.export.tables import voices
from rashomon.knowledge.codebooks import Exactness, exactness
from rashomon.knowledge.kinds import kinds
from rashomon.model.incident import Incident, Participant, Relation, Site

# ACLED's geo_precision up to which a place is a point; beyond it a point would stand in the wrong town.
DOT = 2

HEAD = '{"type":"FeatureCollection","name":"incidents","features":[\n'
TAIL = "\n]}\n"


def features(holdings: Holdings, stream: BinaryIO) -> int:
    """Write every incident; those without a place have no geometry."""
    return joined(map(feature, dossiers(holdings)), stream, HEAD, TAIL)


def feature(dossier: Dossier) -> Json:
    """An incident on the map: points where its places are exact, areas where they are not."""
    incident = dossier.incident
    sites = scenes(incident)
    return {
        "type": "Feature",
        "id": incident.id,
        "geometry": _geometry([(site, exact(dossier, site)) for site in sites]),
        "properties": _properties(dossier, sites),
    }


def scenes(incident: Incident) -> tuple[Site, ...]:
    """The places of the surest part they have, those without a point left out."""
    located = [site for site in incident.places if site.lat is not None and site.lon is not None]
    best = next((role for role in SCENES if any(site.role == role for site in located)), None)
    return tuple(site for site in located if site.role == best)


def exact(dossier: Dossier, site: Site) -> Exactness:
    """How exact a site is, by the kind of place it was made of."""
    place = dossier.place(site)
    return exactness(None if place is None else place.kind, site.radius_km, near=site.role == "near")


def _geometry(sites: Sequence[tuple[Site, Exactness]]) -> Json | None:
    """One geometry of one kind, because many readers of maps take no other: areas as soon as one place is an area."""
    spots = [(site, site.lat, site.lon, how) for site, how in sites if site.lat is not None and site.lon is not None]
    if not spots:
        return None
    if all(how.acled is not None and how.acled <= DOT for *_, how in spots):
        points = [[round(lon, 5), round(lat, 5)] for _, lat, lon, _ in spots]
        return _of("Point", points)
    # A town among regions is drawn as large as a town is.
    rings = chain.from_iterable(circle(lat, lon, site.radius_km or 1.0) for site, lat, lon, _ in spots)
    return _of("Polygon", [[list(map(list, ring))] for ring in rings])


def _of(kind: str, shapes: Sequence[object]) -> Json:
    if len(shapes) == 1:
        return {"type": kind, "coordinates": shapes[0]}
    return {"type": f"Multi{kind}", "coordinates": list(shapes)}


def _properties(dossier: Dossier, sites: Sequence[Site]) -> Json:
    incident = dossier.incident
    kind = kinds().get(incident.kind)
    killed, injured = (reported(live(incident, question)) for question in ("killed", "injured"))
    first = sites[0] if sites else None
    return {
        "id": incident.id,
        "kind": incident.kind,
        "label": incident.kind if kind is None else kind.label,
        "status": incident.status,
        "earliest": incident.earliest,
        "latest": incident.latest,
        "precision": incident.precision,
        "place": None if first is None else first.resolved or first.name,
        "admin1": None if first is None else first.admin1,
        "country": None if first is None else first.country,
        "place_role": None if first is None else first.role,
        "radius_km": None if first is None else first.radius_km,
        "geo_precision": None if first is None else exact(dossier, first).acled,
        "participants": "; ".join(map(_participant, incident.participants)),
        "documents": len(incident.documents),
        "voices": len(voices(incident.comparisons)),
        "disagreements": sum(one.relation is Relation.DISAGREE for one in incident.comparisons),
        "relations": "; ".join(f"{one.question}: {one.relation}" for one in incident.comparisons),
        **_ends("killed", killed),
        **_ends("injured", injured),
    }


def _ends(name: str, ends: Sequence[object]) -> Mapping[str, object]:
    return {f"{name}_low": ends[0], f"{name}_high": ends[1]}


def _participant(one: Participant) -> str:
    """Who and as what; what only one side says, says so."""
    alleged = "" if one.alleged_by is None else f" (according to {one.alleged_by})"
    return f"{one.role}: {one.actor}{alleged}"
