"""JSON-LD in the words of schema.org: what was claimed, by whom, in which article, and the events it is about.

A ``ClaimReview`` says that a claim is true or false. Only people say so here, and sign it; there are no such
assessments in a ledger yet, so ``claimreview`` writes none and says why.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from rashomon import __version__
from rashomon.export.dossiers import Holdings
from rashomon.export.names import Body, address, body, urn, whole, words
from rashomon.export.streams import Json, joined
from rashomon.knowledge.kinds import kinds
from rashomon.model.document import Document
from rashomon.model.incident import Incident, Site
from rashomon.model.reading import Reading
from rashomon.model.telling import Actor, Claim, Stance

HEAD = '{"@context":{"@vocab":"https://schema.org/"},"@graph":[\n'
TAIL = "\n]}\n"
NO_REVIEWS = (
    "No ClaimReview: a claim is only rated in an assessment that a person has signed, and this ledger holds none. "
    f"What was claimed is in the format jsonld. Written by Rashomon {__version__}."
)
TYPES = {Body.PERSON: "Person", Body.PUBLIC: "GovernmentOrganization", Body.ORGANISED: "Organization"}
# Positions that put no claim forward.
SILENT = (Stance.NO_COMMENT, Stance.UNDISCLOSED)


def claims(holdings: Holdings, stream: BinaryIO) -> int:
    """Write every article with its claims, then every incident; how many things."""
    return joined(_graph(holdings), stream, HEAD, TAIL)


def reviews(holdings: Holdings, stream: BinaryIO) -> int:
    """Write the ratings that people have signed: none, and why."""
    del holdings
    dataset: Json = {"@type": "Dataset", "name": "ClaimReview", "description": NO_REVIEWS}
    joined((dataset,), stream, HEAD, TAIL)
    return 0


def _graph(holdings: Holdings) -> Iterator[Json]:
    for reading in holdings.readings():
        said = [claim for claim in reading.claims if claim.stance not in SILENT and claim.content]
        if said:
            yield article(reading.document)
        for claim in said:
            yield claimed(reading, claim)
    yield from map(event, holdings.incidents())


def article(document: Document) -> Json:
    """A document as a ``NewsArticle``."""
    outlet = document.outlet
    return _given(
        {
            "@type": "NewsArticle",
            "@id": urn("document", document.id),
            "headline": document.title,
            "url": address(document),
            "datePublished": document.published,
            "inLanguage": document.language,
            "publisher": None if outlet is None else {"@type": "NewsMediaOrganization", "name": outlet},
        }
    )


def claimed(reading: Reading, claim: Claim) -> Json:
    """A claim as its speaker's. What is denied or withdrawn is given as printed, so that nobody is made to claim it.

    The day of an utterance is not known apart from that of its article, so the claim has no date of its own.
    """
    actor = next((one for one in reading.actors if one.id == claim.claimant), None)
    source = " ".join(span.of(reading.document.text) for span in claim.source)
    here = {"@id": urn("document", reading.document.id)}
    return _given(
        {
            "@type": "Claim",
            "@id": urn("claim", reading.document.id, claim.id),
            "text": words(reading, claim) if claim.stance is Stance.AFFIRM else whole(reading, claim),
            "author": _author(actor, source),
            "creativeWorkStatus": claim.stance,
            "appearance": here,
            "firstAppearance": here,
        }
    )


def event(incident: Incident) -> Json:
    """An incident as an ``Event``, with the claims that speak of it."""
    kind = kinds().get(incident.kind)
    speaking = {
        urn("claim", words.document, words.claim)
        for comparison in incident.comparisons
        for answer in comparison.answers
        for words in answer.claims
        if words.claim is not None
    }
    return _given(
        {
            "@type": "Event",
            "@id": urn("incident", incident.id),
            "identifier": incident.id,
            "name": incident.kind if kind is None else kind.label,
            "startDate": incident.earliest,
            "endDate": incident.latest,
            "location": [_place(site) for site in incident.places],
            "subjectOf": [{"@id": name} for name in sorted(speaking)],
        }
    )


def _author(actor: Actor | None, source: str) -> Json | None:
    """Who claims it, by name or as the text calls them; without a type where it is not told which."""
    if actor is None:
        return {"name": source} if source else None
    return _given({"@type": TYPES.get(body(actor.kind, actor.name)), "name": actor.name})


def _place(site: Site) -> Json:
    geo = None
    if site.lat is not None and site.lon is not None:
        point = {"@type": "GeoCoordinates", "latitude": site.lat, "longitude": site.lon}
        # A region's centre is no place where something happened: it is given with how far it reaches.
        reach = None if site.radius_km is None else round(site.radius_km * 1000)
        geo = _given({"@type": "GeoCircle", "geoMidpoint": point, "geoRadius": reach}) if reach else point
    return _given({"@type": "Place", "name": site.resolved or site.name, "address": site.country, "geo": geo})


def _given(record: Json) -> Json:
    """A record without what is not known."""
    return {name: value for name, value in record.items() if value is not None and value != []}
