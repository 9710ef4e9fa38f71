"""Nouns of what comes in by itself, and of what is left unread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rashomon.model.document import Document


class Why(StrEnum):
    """Why an input was set aside."""

    LANGUAGE = "language"
    SCREEN = "screen"


@dataclass(frozen=True, slots=True)
class Aside:
    """An input set aside: ``digest`` of its bytes, the name it was given, its address and title as far as known.

    ``document`` is kept of those in another language, for a reader of that language.
    """

    digest: str
    why: Why
    name: str
    url: str | None = None
    title: str | None = None
    language: str | None = None
    document: Document | None = None


@dataclass(frozen=True, slots=True)
class Followed:
    """A feed or an address, with what its server knew the last version by; ``failures`` since it last answered."""

    url: str
    etag: str | None
    modified: str | None
    visits: int
    failures: int
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """An address as a feed names it: the day it was published, and what the feed says of its latest change."""

    url: str
    published: date | None = None
    changed: str | None = None
