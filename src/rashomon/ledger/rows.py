"""Records to rows and back. Nothing here asks a database."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import Row

from rashomon.ledger.entries import Entry
from rashomon.model import codec
from rashomon.model.document import Document, DocumentId
from rashomon.model.reading import Reading
from rashomon.model.telling import Act, Actor, ActorId, Claim, ClaimId, Distance, Speech, Stance
from rashomon.model.text import Span

Cell = str | int | float | bytes | None

# Columns that an entry takes as they are.
PLAIN = ("source", "cue", "content", "claimant", "claimant_kind", "claimant_side", "claimant_country", "within")
GAP = " … "  # between the parts of words that are interrupted


def fingerprint(document: Document) -> str:
    """A digest of what was published, without what a program made of it (blocks, language, dating)."""
    words = (document.text, document.url, document.outlet, document.title, document.published)
    return hashlib.blake2b(codec.to_json(words), digest_size=16).hexdigest()


def packed(reading: Reading) -> bytes:
    """A reading without its text, which the document's own row holds."""
    # Level 1 makes 2.1 kB of the 12 kB of a reading of the bench; level 6 gains a tenth for many times the time.
    return zlib.compress(codec.to_json(replace(reading, document=replace(reading.document, text=""))), 1)


def unpacked(body: bytes, text: str) -> Reading:
    """The reading that was packed, its text put back."""
    reading = codec.reading(zlib.decompress(body))
    return replace(reading, document=replace(reading.document, text=text))


def document_row(document: Document) -> dict[str, Cell]:
    """What the document table keeps of a document, apart from its place in the ledger."""
    return {
        "id": document.id,
        "digest": fingerprint(document),
        "text": document.text,
        "url": document.url,
        "outlet": document.outlet,
        "title": document.title,
        "published": None if document.published is None else document.published.isoformat(),
    }


def claim_rows(reading: Reading, key: int) -> list[dict[str, Cell]]:
    """One row a claim, for the document of that key."""
    actors = {actor.id: actor for actor in reading.actors}
    text = reading.document.text
    return [_claim_row(claim, text, actors) | {"document": key, "number": n} for n, claim in enumerate(reading.claims)]


def _claim_row(claim: Claim, text: str, actors: Mapping[ActorId, Actor]) -> dict[str, Cell]:
    actor = None if claim.claimant is None else actors.get(claim.claimant)
    return {
        "id": claim.id,
        "source": said(claim.source, text),
        "cue": said(claim.cue, text),
        "content": said(claim.content, text),
        "claimant": None if actor is None else actor.name,
        "claimant_kind": None if actor is None else actor.kind,
        "claimant_side": None if actor is None else actor.side,
        "claimant_country": None if actor is None else actor.country,
        "speech": claim.speech,
        "act": claim.act,
        "stance": claim.stance,
        "distance": claim.distance,
        "within": claim.within,
        "score": claim.score,
        "source_spans": span_text(claim.source),
        "cue_spans": span_text(claim.cue),
        "content_spans": span_text(claim.content),
    }


def said(spans: Sequence[Span], text: str) -> str:
    """The words of spans, with an ellipsis where they leave something out."""
    return GAP.join(span.of(text) for span in spans)


def span_text(spans: Sequence[Span]) -> str:
    """Spans as the contract writes them: ``[[30,88],[95,120]]``."""
    return codec.to_json(spans).decode()


def span_tuple(text: str) -> tuple[Span, ...]:
    """Spans from what ``span_text`` wrote."""
    return tuple(Span(int(start), int(end)) for start, end in json.loads(text))


def storable(name: str) -> str:
    """A name as any database can hold it: what is no text of its bytes is written out, as Python shows it."""
    return name.encode("utf-8", "backslashreplace").decode().replace("\0", "\\0")


def day(text: str | None) -> date | None:
    """A day from its ISO form."""
    return None if text is None else date.fromisoformat(text)


def entry(row: Row[tuple[object, ...]]) -> Entry:
    """A claim from a row that names its columns as ``Entry`` names its fields."""
    columns = row._mapping
    return Entry(
        document=DocumentId(columns["document"]),
        outlet=columns["outlet"],
        published=day(columns["published"]),
        claim=ClaimId(columns["claim"]),
        **{name: columns[name] for name in PLAIN},
        speech=Speech(columns["speech"]),
        act=Act(columns["act"]),
        stance=Stance(columns["stance"]),
        distance=Distance(columns["distance"]),
        source_spans=span_tuple(columns["source_spans"]),
        cue_spans=span_tuple(columns["cue_spans"]),
        content_spans=span_tuple(columns["content_spans"]),
    )
