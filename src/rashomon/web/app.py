"""The web pages of a ledger, as an application: routes, templates, headers."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import assert_never, cast
from urllib.parse import quote

from anyio.to_thread import current_default_thread_limiter
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders, QueryParams
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rashomon import __version__, words
from rashomon.errors import RashomonError, Unknown, Unusable
from rashomon.gathering import Undecidable
from rashomon.history import Untimely
from rashomon.ledger.book import Ledger
from rashomon.model import codec
from rashomon.web import twins
from rashomon.web.accounts import Refused
from rashomon.web.address import Misasked, box, incidents, path
from rashomon.web.drawing import drawn, told
from rashomon.web.highlight import visible
from rashomon.web.keeping import Answering, Kept
from rashomon.web.keys import KEYS
from rashomon.web.labels import labels
from rashomon.web.pages import HEAD, PAGES, Form, Moved, Page, shown
from rashomon.web.past import Pasts, led
from rashomon.web.public import seen
from rashomon.web.schema import schema
from rashomon.web.security import Forbidden, Forged, Guard, Hasty, Policy
from rashomon.web.story import stories
from rashomon.web.view import Listed, State
from rashomon.web.writing import Desk, personal

HERE = Path(__file__).parent
LOOPBACK = ("127.0.0.1", "localhost")
# Nothing is loaded from elsewhere, nothing inline runs or styles; no other site may frame a page.
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    # To nobody else; told nothing at all, browsers would say of our own forms that they come from nowhere.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-cache",
}
# Of nine: for the last twentieth of the bytes a page would be compressed twice as long.
COMPRESSED = 5
# Pages made at once. They share one core: more of them at once would all be done later, and none sooner.
AT_ONCE = 6
TYPES = {
    Form.JSON: "application/json",
    Form.CSV: "text/csv; charset=utf-8",
    Form.ATOM: "application/atom+xml; charset=utf-8",
    Form.GEOJSON: "application/geo+json",
}


@dataclass(frozen=True, slots=True)
class Shelf:
    """A ledger as it is, and as it was."""

    ledger: Ledger
    pasts: Pasts

    def at(self, when: str) -> Ledger:
        """The ledger as an address asks for it."""
        return self.pasts.at(when) if when else self.ledger


def app(ledger: Ledger, *, place: str, host: str = LOOPBACK[0], policy: Policy | None = None) -> Starlette:
    """The pages of a ledger; ``place`` is its name, ``host`` the address they are served at, ``policy`` for whom.

    Served at this machine's own address, they answer no request that names another: a page elsewhere must not read a
    ledger through its reader's browser.
    """
    policy = policy or Policy(anyone=host not in LOOPBACK)
    templates = _templates(place)
    templates.globals.update(personal(policy))
    desk = Desk(ledger, templates, policy, place)
    ledger = seen(ledger, policy)
    shelf = Shelf(ledger, Pasts(ledger))
    middleware = [
        Middleware(_Headers),
        Middleware(Guard, policy=policy),
        Middleware(GZipMiddleware, minimum_size=1000, compresslevel=COMPRESSED),
    ]
    if host in LOOPBACK and policy.accounts is None:
        # Before whoever asks is taken for the user of this machine.
        middleware.insert(1, Middleware(TrustedHostMiddleware, allowed_hosts=list(LOOPBACK)))
    failing = partial(_failed, templates)
    made = Starlette(
        routes=[
            *_routes(shelf, templates),
            *desk.routes(),
            Mount("/static", StaticFiles(directory=HERE / "static")),
        ],
        middleware=middleware,
        exception_handlers={RashomonError: failing, HTTPException: failing},
        lifespan=_serving,
    )
    made.state.pasts = shelf.pasts
    return made


def _routes(shelf: Shelf, templates: Environment) -> Iterator[Route]:
    """The addresses that only read."""
    kept = Kept()

    def shows(page: Page, form: Form) -> Answering:
        return _endpoint(kept.keeping(partial(_page, shelf, templates, page, form)))

    yield Route("/", shows(PAGES[0], Form.HTML))
    yield Route("/incident/{name}/story/{story:path}.svg", _endpoint(partial(_drawing, shelf)))
    for page in PAGES:
        asked = page.path.replace("{name}", "{name:path}")
        yield from (Route(_twin(asked, form), shows(page, form)) for form in (*page.twins, Form.HTML))
    yield Route("/schema.json", _endpoint(_schema))
    yield Route("/labels.json", _endpoint(_labels))
    yield Route("/version.json", _endpoint(partial(_version, shelf.ledger)))


@asynccontextmanager
async def _serving(served: Starlette) -> AsyncIterator[None]:
    current_default_thread_limiter().total_tokens = AT_ONCE
    yield
    served.state.pasts.close()


def _endpoint(answer: Answering) -> Answering:
    """A partial that Starlette takes for a function, and so runs in a thread of its own."""

    def endpoint(request: Request) -> Response:
        return answer(request)

    return endpoint


def _twin(of: str, form: Form) -> str:
    return of if form is Form.HTML else f"{of}.{form}"


def _page(book: Shelf, templates: Environment, page: Page, form: Form, request: Request) -> Response:
    query = request.query_params
    when = query.get("as_of", "").strip()
    ledger = book.at(when)
    asked = QueryParams([pair for pair in query.multi_items() if pair[0] != "as_of"])
    try:
        view, form = shown(ledger, page, request.path_params.get("name", ""), form, asked)
    except Moved as moved:
        then = f"{'&' if moved.query else '?'}as_of={quote(when)}" if when else ""
        return RedirectResponse(_twin(moved.where, form) + moved.query + then, status_code=302)
    match form:
        case Form.HTML:
            state = State(ledger.counts(), ledger.waiting())
            html = templates.get_template(view.template).render(
                page=view, state=state, at=_at(request), twins=page.twins, when=when
            )
            return HTMLResponse(led(html, when) if when else html)
        case Form.JSON:
            return Response(twins.as_json(view), media_type=TYPES[form])
        case Form.CSV:
            return Response(twins.as_csv(view), media_type=TYPES[form])
        case Form.ATOM:
            here = f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path
            site = f"{request.url.scheme}://{request.url.netloc}"
            return Response(twins.as_atom(cast(Listed, view), site, here), media_type=TYPES[form])
        case Form.GEOJSON:
            return Response(twins.as_geojson(cast(Listed, view)), media_type=TYPES[form])
    assert_never(form)


def _drawing(book: Shelf, request: Request) -> Response:
    name = request.path_params["story"]
    incident = book.at(request.query_params.get("as_of", "").strip()).incident(request.path_params["name"])
    story = next((one for one in stories(incident) if one.id == name), None)
    if story is None:
        raise Unknown(f"{name}: no such figure is told more than once")
    kept = {"Content-Disposition": f'inline; filename="{"".join(c if c.isalnum() else "-" for c in name)}.svg"'}
    return Response(drawn(story), media_type="image/svg+xml", headers=kept)


def _schema(request: Request) -> Response:
    return Response(schema(), media_type="application/schema+json")


def _labels(request: Request) -> Response:
    """The names on a stretch of the map."""
    where = box(request.query_params.get("bbox"))
    if where is None:
        raise Misasked("say which stretch of the map: /labels.json?bbox=30.5,46,38.2,51")
    return Response(
        codec.to_json({"schema": "rashomon/labels/1", "labels": labels(where)}), media_type=TYPES[Form.JSON]
    )


def _version(ledger: Ledger, request: Request) -> Response:
    counts = ledger.counts()
    record = {"schema": "rashomon/version/1", "version": __version__, "revision": counts.revision, "holds": counts}
    return Response(codec.to_json(record), media_type=TYPES[Form.JSON])


def _failed(templates: Environment, request: Request, error: Exception) -> Response:
    """Every error in one shape: a page for people, a record for programs."""
    status = _status(error)
    reason = error.detail if isinstance(error, HTTPException) else str(error)
    programs = request.method == "DELETE" or request.headers.get("content-type", "").startswith("application/json")
    if programs or request.url.path.endswith((".json", ".csv", ".atom", ".geojson")):
        record = {"schema": "rashomon/error/1", "status": status, "reason": reason}
        return Response(codec.to_json(record), status_code=status, media_type=TYPES[Form.JSON])
    html = templates.get_template("error.html").render(
        status=status, reason=reason, state=None, page=None, twins=(), when=""
    )
    return HTMLResponse(html, status_code=status)


def _status(error: Exception) -> int:
    match error:
        case HTTPException():
            return error.status_code
        case Unknown():
            return 404
        case Misasked() | Undecidable() | Refused() | Untimely():
            return 400
        case Forbidden() | Forged():
            return 403
        case Hasty():
            return 429
        case Unusable():
            return 503
        case _:
            return 500


def _at(request: Request) -> dict[str, str]:
    """Where a page is, for its links to itself and to its twins."""
    here = "/incidents" if request.url.path == "/" else quote(request.scope["path"], safe="/~@,:")
    return {"path": here, "query": f"?{request.url.query}" if request.url.query else ""}


def _templates(place: str) -> Environment:
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalized,
    )
    made.globals.update(
        words=words,
        path=path,
        incidents=incidents,
        head=HEAD,
        keys=KEYS,
        place=place,
        version=__version__,
        drawn=lambda story: Markup(drawn(story)),
        told=told,
    )
    return made


def _finalized(value: object) -> object:
    """Whatever a template writes: characters that drive or turn the page become visible."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


class _Headers:
    """Middleware that puts ``HEADERS`` on every answer."""

    def __init__(self, answering: ASGIApp) -> None:
        self.answering = answering

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.answering(scope, receive, sending)
