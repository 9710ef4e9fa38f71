"""FollowTheMoney, for investigations: entities, and what is contested as one statement a voice.

The model has no bounds, stances or doubts: entities hold what all accounts share, and the ledger's ids lead back.
Who holds which office is what an article says on its day: an ``Occupancy`` with that day, its words and the article.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from rashomon.export.dossiers import Dossier, Holdings, dossiers
from rashomon.export.names import Body, address, body
from rashomon.export.offices import Office, offices
from rashomon.export.streams import Json, lines
from rashomon.knowledge.kinds import kinds
from rashomon.model.document import Document
from rashomon.model.incident import Answer, Comparison, Incident, Polarity
from rashomon.model.reading import Reading
from rashomon.model.telling import Actor

DATASET = "rashomon"  # what no single voice says: ids, kinds, sources
EMPTY = frozenset((None, ""))
SCHEMATA = {
    Body.PERSON: "Person",
    Body.PUBLIC: "PublicBody",
    Body.ORGANISED: "Organization",
    Body.UNKNOWN: "LegalEntity",
}
# Languages in the three letters that the model wants (ISO 639-3).
LANGUAGES = {
    "en": "eng",
    "uk": "ukr",
    "ru": "rus",
    "ar": "ara",
    "fr": "fra",
    "es": "spa",
    "de": "deu",
    "he": "heb",
    "fa": "fas",
    "tr": "tur",
    "pt": "por",
    "it": "ita",
    "zh": "zho",
    "ps": "pus",
    "ur": "urd",
    "am": "amh",
}
# Properties that answers to these questions are values of; everything else is told in words.
DAY, PLACE, BLAME = "date", "place", "perpetrator"


@dataclass(frozen=True, slots=True)
class Said:
    """Whose word a statement is: the voice as a dataset, its words, the days and documents they stand in."""

    dataset: str
    words: str | None = None
    first: date | None = None
    last: date | None = None
    documents: str | None = None


def entities(holdings: Holdings, stream: BinaryIO) -> int:
    """Write articles, who is mentioned in them and holds which office, events and who took part; how many entities."""
    return lines(_entities(holdings), stream)


def statements(holdings: Holdings, stream: BinaryIO) -> int:
    """Write every answer to every question of an incident as a statement of the voice that gives it; how many."""
    return lines((one for dossier in dossiers(holdings) for one in _statements(dossier)), stream)


def _entities(holdings: Holdings) -> Iterator[Json]:
    named: set[str] = set()
    for reading in holdings.readings():
        yield article(reading.document)
        for actor in reading.actors:
            yield mention(reading, actor)
        yield from _held(reading, named)
    for dossier in dossiers(holdings):
        for name in _cast(dossier.incident):
            if name not in named:
                named.add(name)
                yield somebody(dossier, name)
        yield event(dossier)
        yield from _links(dossier.incident)


def article(document: Document) -> Json:
    """A document as an ``Article``."""
    return _entity(
        "Article",
        _id("article", document.id),
        {
            "fileName": document.id,
            "title": document.title,
            "publisher": document.outlet,
            "publishedAt": document.published,
            "language": LANGUAGES.get(document.language or ""),
            "sourceUrl": address(document),
        },
    )


def mention(reading: Reading, actor: Actor) -> Json:
    """An actor of a document as a ``Mention``."""
    document = reading.document.id
    return _entity(
        "Mention",
        _id("mention", document, actor.id),
        {
            "document": _id("article", document),
            "name": actor.name,
            "detectedSchema": SCHEMATA[body(actor.kind, actor.name)],
            "contextCountry": _code(actor.country),
        },
    )


def occupancy(document: Document, office: Office) -> Json:
    """What an article says on its day of who holds an office; how long is not said."""
    return _entity(
        "Occupancy",
        _id("occupancy", document.id, office.holder.name, str(office.span.start)),
        {
            "holder": _actor(office.holder.name),
            "post": _position(document, office),
            "date": document.published,
            "summary": office.span.of(document.text),
            "publisher": document.outlet,
            "proof": _id("article", document.id),
            "sourceUrl": address(document),
        },
    )


def _held(reading: Reading, named: set[str]) -> Iterator[Json]:
    """The people of a document and the offices it gives them; who holds one is a person, whatever they speak for."""
    for office in offices(reading):
        holder, post = office.holder, _position(reading.document, office)
        if holder.name not in named:
            named.add(holder.name)
            yield _entity("Person", _actor(holder.name), {"name": holder.name, "country": _code(holder.country)})
        if post not in named:
            named.add(post)
            yield _entity(
                "Position", post, {"name": office.span.of(reading.document.text), "country": _code(holder.country)}
            )
        yield occupancy(reading.document, office)


def _position(document: Document, office: Office) -> str:
    """An office by its words and the country of its holder; where that is not known, one of this document alone."""
    return _id("position", office.span.of(document.text).casefold(), office.holder.country or document.id)


def somebody(dossier: Dossier, name: str) -> Json:
    """Who took part in an incident, or is said to have: as what its kind makes it."""
    schema = SCHEMATA[body(dossier.kind(name), name)]
    return _entity(schema, _actor(name), {"name": name, "country": _code(dossier.country(name))})


def event(dossier: Dossier) -> Json:
    """An incident as an ``Event``. Only who did it by the articles' own word organised it; the accused took part."""
    incident = dossier.incident
    doers = {one.actor for one in incident.participants if one.role == "perpetrator" and one.alleged_by is None}
    return _entity(
        "Event",
        _event(incident),
        {
            "name": _title(incident),
            "keywords": incident.kind,
            "startDate": incident.earliest,
            "endDate": incident.latest,
            "location": [", ".join(filter(None, (p.resolved or p.name, p.admin1))) for p in incident.places],
            "country": [_code(site.country) for site in incident.places],
            "organizer": [_actor(name) for name in sorted(doers)],
            "involved": [_actor(one.actor) for one in incident.participants],
            "summary": [f"{one.question}: {one.relation}" for one in incident.comparisons],
            "proof": [_id("article", document.id) for document in dossier.documents],
            "sourceUrl": [address(document) for document in dossier.documents],
            "recordId": incident.id,
        },
    )


def _links(incident: Incident) -> Iterator[Json]:
    for one in incident.participants:
        alleged = "" if one.alleged_by is None else f" according to {one.alleged_by}"
        yield _entity(
            "UnknownLink",
            _id("link", incident.id, one.role, one.actor, one.alleged_by or ""),
            {"subject": _actor(one.actor), "object": _event(incident), "role": f"{one.role}{alleged}"},
        )


def _cast(incident: Incident) -> Sequence[str]:
    """Everybody in an incident by name: who took part, who is blamed for it."""
    blamed = (one.value for asked in incident.comparisons if asked.question == BLAME for one in asked.answers)
    names = (*(one.actor for one in incident.participants), *filter(None, blamed))
    return tuple(dict.fromkeys(names))


def _statements(dossier: Dossier) -> Iterator[Json]:
    incident = dossier.incident
    for prop, value in (("name", _title(incident)), ("recordId", incident.id), ("keywords", incident.kind)):
        yield _statement(_event(incident), "Event", prop, value, Said(DATASET))
    for asked in incident.comparisons:
        for answer in asked.answers:
            for voice in answer.voices:
                yield from _said(dossier, asked, answer, voice)


def _said(dossier: Dossier, asked: Comparison, answer: Answer, voice: str) -> Iterator[Json]:
    """One voice's answer as statements; a denial is never the value that it denies."""
    prop, value = _value(asked, answer)
    days = sorted(words.published for words in answer.claims if words.published is not None)
    said = Said(
        _slug(voice),
        answer.claims[0].text if answer.claims else None,
        days[0] if days else None,
        days[-1] if days else None,
        ", ".join(dict.fromkeys(words.document for words in answer.claims)),
    )
    if prop == "organizer" and answer.value is not None:
        schema = SCHEMATA[body(dossier.kind(answer.value), answer.value)]
        yield _statement(value, schema, "name", answer.value, said)
    yield _statement(_event(dossier.incident), "Event", prop, value, said)


def _value(asked: Comparison, answer: Answer) -> tuple[str, str]:
    """The property an answer is a value of, and the value."""
    given = answer.value
    if answer.polarity is Polarity.AFFIRM and given is not None:
        if asked.question == DAY and _is_day(given):
            return "startDate", given
        if asked.question == PLACE:
            return "location", given
        if asked.question == BLAME:
            return "organizer", _actor(given)
    number = given if given is not None else _interval(answer)
    denied = "denied: " if answer.polarity is Polarity.DENY else ""
    return "summary", f"{asked.question}: {denied}{number}"


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _interval(answer: Answer) -> str:
    """An interval in words: "7", "at least 7 (villager)", "at most 9", "7 to 9"."""
    unit = "" if answer.unit is None else f" ({answer.unit})"
    match answer.low, answer.high:
        case None, None:
            return f"not counted{unit}"
        case low, None:
            return f"at least {low}{unit}"
        case None, high:
            return f"at most {high}{unit}"
        case low, high:
            return f"{low}{unit}" if low == high else f"{low} to {high}{unit}"


def _statement(entity: str, schema: str, prop: str, value: str, said: Said) -> Json:
    """A statement with the key that followthemoney itself gives it."""
    digest = hashlib.sha1(f"{said.dataset}.{entity}.{prop}.{value}".encode(), usedforsecurity=False).hexdigest()
    return {
        "id": digest,
        "entity_id": entity,
        "canonical_id": entity,
        "schema": schema,
        "prop": prop,
        "value": value,
        "dataset": said.dataset,
        "lang": None,
        "original_value": None if said.words == value else said.words,
        "external": False,
        "first_seen": said.first,
        "last_seen": said.last,
        "origin": said.documents,
    }


def _entity(schema: str, name: str, values: Mapping[str, object]) -> Json:
    """An entity with lists of values, those that are not known left out, each once."""
    properties = {}
    for prop, value in values.items():
        several = value if isinstance(value, list) else [value]
        known = dict.fromkeys(str(one) for one in several if one not in EMPTY)
        if known:
            properties[prop] = list(known)
    return {"id": name, "schema": schema, "properties": properties, "datasets": [DATASET]}


def _title(incident: Incident) -> str:
    kind = kinds().get(incident.kind)
    place = incident.places[0].resolved or incident.places[0].name if incident.places else None
    day = None if incident.earliest is None else incident.earliest.isoformat()
    return ", ".join(filter(None, (incident.kind if kind is None else kind.label, place, day)))


def _event(incident: Incident) -> str:
    return _id("event", incident.id)


def _actor(name: str) -> str:
    return _id("actor", name)


def _id(sort: str, *parts: str) -> str:
    """An id of letters and digits, because names of people and outlets are not made of those alone."""
    digest = hashlib.blake2b("\0".join(parts).encode(), digest_size=12).hexdigest()
    return f"rashomon-{sort}-{digest}"


def _code(country: str | None) -> str | None:
    return None if country is None else country.lower()


def _slug(voice: str) -> str:
    """A voice as the name of a dataset: small letters, digits and hyphens; its digest where no letter is left."""
    letters = "".join(sign if sign.isascii() and sign.isalnum() else " " for sign in voice.lower())
    return "-".join(letters.split()) or hashlib.blake2b(voice.encode(), digest_size=6).hexdigest()
