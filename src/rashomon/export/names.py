"""Names by which the parts of a ledger go in other people's graphs: URNs, addresses."""

from __future__ import annotations

from enum import Enum
from urllib.parse import quote, urlsplit

from rashomon.model.document import Document
from rashomon.model.reading import Reading
from rashomon.model.telling import Claim

PUBLIC = frozenset(
    """army navy air_force police intelligence executive ministry parliament court state local_authority
    health_authority rescue_service""".split()
)
ORGANISED = frozenset("rebel militia party igo ngo media company investigator".split())


class Body(Enum):
    """What somebody is, as far as the kind of actor tells."""

    PERSON = "person"
    PUBLIC = "public body"
    ORGANISED = "organisation"
    UNKNOWN = "unknown"


def body(kind: str | None, name: str) -> Body:
    """What somebody is; people without a name of their own ("villagers", "gunmen") are none of these."""
    if kind in PUBLIC:
        return Body.PUBLIC
    if name[:1].islower():
        return Body.UNKNOWN
    if kind in ORGANISED:
        return Body.ORGANISED
    return Body.PERSON if kind == "person" else Body.UNKNOWN


def urn(sort: str, *parts: str) -> str:
    """A name for a record, the same in every export: ``urn:rashomon:claim:npr-1:c4``."""
    return ":".join(("urn", "rashomon", sort, *(quote(part, safe="") for part in parts)))


def address(document: Document) -> str | None:
    """Where a document was published, if that is an address others can use."""
    return document.url if document.url is not None and urlsplit(document.url).scheme in ("http", "https") else None


def words(reading: Reading, claim: Claim) -> str:
    """What a claim says, interrupted words joined by " … "."""
    return " … ".join(span.of(reading.document.text) for span in claim.content)


def whole(reading: Reading, claim: Claim) -> str:
    """A claim as it is printed, from its first word to its last."""
    spans = (*claim.source, *claim.cue, *claim.content)
    if not spans:
        return ""
    text = reading.document.text[min(span.start for span in spans) : max(span.end for span in spans)]
    return " ".join(text.split())
