"""Web Annotation (W3C): every claim as a note on the words of its document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from rashomon import __version__
from rashomon.export.dossiers import Holdings
from rashomon.export.names import address, urn, words
from rashomon.export.streams import Json, joined
from rashomon.model import codec
from rashomon.model.document import Document
from rashomon.model.reading import Reading
from rashomon.model.telling import Claim
from rashomon.model.text import Span

# Characters before and after the words: enough to find them again in a page whose offsets are others.
AROUND = 32
CONTEXT = "http://www.w3.org/ns/anno.jsonld"
GENERATOR = {"id": "urn:rashomon:program", "type": "Software", "name": f"Rashomon {__version__}"}


def page(holdings: Holdings, stream: BinaryIO) -> int:
    """Write every claim that has words, as one page of annotations."""
    opening: Json = {"@context": CONTEXT, "id": "urn:rashomon:annotations", "type": "AnnotationPage", "startIndex": 0}
    head = codec.to_json(opening).decode().removesuffix("}") + ',"items":[\n'
    return joined(_all(holdings), stream, head, "\n]}\n")


def _all(holdings: Holdings) -> Iterator[Json]:
    for reading in holdings.readings():
        for claim in reading.claims:
            if claim.content:
                yield annotation(reading, claim)


def annotation(reading: Reading, claim: Claim) -> Json:
    """A claim: who says it and how, on each part of what is said.

    Positions are code points into the document's text as the ledger keeps it; on the page itself the quotation leads.
    """
    actor = next((one.name for one in reading.actors if one.id == claim.claimant), None)
    speaker = actor or " ".join(span.of(reading.document.text) for span in claim.source) or "unattributed"
    tags = (f"act:{claim.act}", f"stance:{claim.stance}", f"speech:{claim.speech}", f"distance:{claim.distance}")
    said = {
        "type": "TextualBody",
        "purpose": "describing",
        "format": "text/plain",
        "value": f"{speaker}: {words(reading, claim)}",
    }
    return {
        "id": urn("claim", reading.document.id, claim.id),
        "type": "Annotation",
        "motivation": "describing",
        "generator": GENERATOR,
        "body": [said, *({"type": "TextualBody", "purpose": "tagging", "value": tag} for tag in tags)],
        "target": [_target(reading.document, span) for span in claim.content],
    }


def _target(document: Document, span: Span) -> Json:
    text = document.text
    return {
        "source": address(document) or urn("document", document.id),
        "selector": [
            {
                "type": "TextQuoteSelector",
                "exact": span.of(text),
                "prefix": text[max(span.start - AROUND, 0) : span.start],
                "suffix": text[span.end : span.end + AROUND],
            },
            {"type": "TextPositionSelector", "start": span.start, "end": span.end},
        ],
    }
