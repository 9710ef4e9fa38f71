"""Which address shows what: one table of all pages, each with its twins."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from rashomon.errors import RashomonError, Unknown
from rashomon.ledger.book import Ledger
from rashomon.model.judgement import Part
from rashomon.web import people
from rashomon.web.address import Misasked, address, limit, path
from rashomon.web.cases import Case, of_pair, of_words
from rashomon.web.document import paged, span
from rashomon.web.incident import Accounts, History, case
from rashomon.web.incident import Case as Told
from rashomon.web.incidents import incidents
from rashomon.web.log import changes, failures
from rashomon.web.matrix import By
from rashomon.web.review import reviewed
from rashomon.web.searching import found
from rashomon.web.view import View


class Form(StrEnum):
    """How a page is given."""

    HTML = "html"
    JSON = "json"
    CSV = "csv"
    ATOM = "atom"
    GEOJSON = "geojson"


PAGE = (Form.JSON, Form.CSV)
LIST = (Form.JSON, Form.CSV, Form.ATOM, Form.GEOJSON)


class Moved(RashomonError):
    """What was asked for is at another address now."""

    def __init__(self, where: str, query: str = "") -> None:
        super().__init__(where + query)
        self.where = where
        self.query = query


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: the name in its path, if its page has one, and what stands after the question mark."""

    name: str
    query: QueryParams

    def only(self, *names: str) -> None:
        """Raise Misasked where something is asked that this page does not know: it must not be passed over."""
        if unknown := sorted(set(self.query) - set(names)):
            known = f"; there is {', '.join(names)}" if names else ""
            raise Misasked(f"nothing is known by {', '.join(unknown)}{known}")


Show = Callable[[Ledger, Asked], View]


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its path, where ``{name}`` stands for anything, what makes it, and its twins."""

    path: str
    show: Show
    twins: tuple[Form, ...]
    example: str


def _incidents(ledger: Ledger, asked: Asked) -> View:
    return incidents(ledger, address(asked.query.multi_items()))


def _case(ledger: Ledger, asked: Asked, tail: str = "") -> Told:
    asked.only("by", "from")
    by = asked.query.get("by", By.VOICES)
    if by not in set(By):
        raise Misasked(f"by={by}: one of {', '.join(By)}")
    shown = case(ledger, asked.name, By(by), asked.query.get("from", ""))
    if asked.name != shown.incident.id:
        raise Moved(f"{path('incident', shown.incident.id)}{tail}", f"?{urlencode({'from': asked.name})}")
    # Only ids that really lead here are said to.
    if shown.moved is not None and shown.moved.upper() not in shown.names:
        raise Moved(f"{path('incident', shown.incident.id)}{tail}")
    return shown


def _accounts(ledger: Ledger, asked: Asked) -> View:
    return Accounts(_case(ledger, asked, "/accounts"))


def _history(ledger: Ledger, asked: Asked) -> View:
    return History(_case(ledger, asked, "/history"))


def _document(ledger: Ledger, asked: Asked) -> View:
    asked.only("c")
    shown = paged(ledger, asked.name, asked.query.get("c"))
    if shown.document.id != asked.name:
        raise Moved(path("document", shown.document.id))
    return shown


def _documents(ledger: Ledger, asked: Asked) -> View:
    asked.only("outlet", "cursor", "limit")
    query = asked.query
    return people.documents(ledger, query.get("outlet"), query.get("cursor"), limit(query.get("limit")))


def _named(show: Callable[[Ledger, str], View]) -> Show:
    def named(ledger: Ledger, asked: Asked) -> View:
        asked.only()
        return show(ledger, asked.name)

    return named


def _plain(show: Callable[[Ledger], View]) -> Show:
    def plain(ledger: Ledger, asked: Asked) -> View:
        asked.only()
        return show(ledger)

    return plain


def _search(ledger: Ledger, asked: Asked) -> View:
    return found(ledger, asked.query.get("q", ""), address(asked.query.multi_items()))


def _changes(ledger: Ledger, asked: Asked) -> View:
    asked.only("since", "limit")
    return changes(ledger, asked.query.get("since"), limit(asked.query.get("limit")))


def _review(ledger: Ledger, asked: Asked) -> View:
    asked.only("skip", "reviewers", "document", "part", "c", "one", "other")
    skip, reviewers = (asked.query.get(name, plain) for name, plain in (("skip", "0"), ("reviewers", "1")))
    if not (skip.isdecimal() and len(skip) < 7 and reviewers in ("1", "2", "3", "4", "5")):
        raise Misasked(f"skip={skip} reviewers={reviewers}: numbers, of reviewers one to five")
    return reviewed(ledger, int(skip), int(reviewers), _wondered(ledger, asked.query))


def _wondered(ledger: Ledger, query: QueryParams) -> Case | None:
    """The case that an address asks for, if it asks for one."""
    one, other, document = (query.get(name, "").strip() for name in ("one", "other", "document"))
    if one or other:
        return of_pair(ledger, one, other)
    if not document:
        return None
    part, at = query.get("part", Part.CLAIM), span(query.get("c"))
    if part not in set(Part) or at is None:
        raise Misasked(f"part={part}: one of {', '.join(Part)}, and of which words, c=812-839")
    return of_words(ledger, document, Part(part), at, None)


# ``example`` says where a page of that kind is found in any ledger: which value of which list names one.
PAGES = (
    Page("/incidents", _incidents, LIST, ""),
    Page("/incident/{name}/accounts", _accounts, PAGE, "incident"),
    Page("/incident/{name}/history", _history, PAGE, "incident"),
    Page("/incident/{name}", _case, LIST, "incident"),
    Page("/documents", _documents, LIST, ""),
    Page("/document/{name}", _document, PAGE, "document"),
    Page("/sources", _plain(people.outlets), LIST, ""),
    Page("/source/{name}", _named(people.source), LIST, "outlet"),
    Page("/voice/{name}", _named(people.voice), LIST, "voice"),
    Page("/actor/{name}", _named(people.actor), LIST, "actor"),
    Page("/place/{name}", _named(people.site), LIST, "place"),
    Page("/search", _search, LIST, ""),
    Page("/changes", _changes, LIST, ""),
    Page("/failures", _plain(failures), PAGE, ""),
    Page("/review", _review, PAGE, ""),
)
# What the head of every page leads to.
HEAD: Mapping[str, str] = {
    "Incidents": "/incidents",
    "Documents": "/documents",
    "Sources": "/sources",
    "Review": "/review",
}


def shown(ledger: Ledger, page: Page, name: str, form: Form, query: QueryParams) -> tuple[View, Form]:
    """What an address shows, and in which form.

    A name may itself end as a twin does, ".json": then its page is meant, unless there is one of the name without it.
    Raises what its page raises.
    """
    try:
        return page.show(ledger, Asked(name, query)), form
    except (Unknown, Moved) as elsewhere:
        if form is Form.HTML or not name:
            raise
        try:
            return page.show(ledger, Asked(f"{name}.{form}", query)), Form.HTML
        except RashomonError:
            raise elsewhere from None
