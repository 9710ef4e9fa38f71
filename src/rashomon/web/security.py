"""Who asks, how often, and whether the request is their own: before any page is made."""

from __future__ import annotations

import getpass
import hashlib
import hmac
import secrets
import threading
import time
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from rashomon.errors import RashomonError
from rashomon.web.accounts import Accounts, Person, Role

COOKIE = "rashomon"
SAFE = frozenset(("GET", "HEAD", "OPTIONS"))
OPEN = ("/static/", "/login", "/version.json")
# Requests a minute: pages by address, decisions by person, logins by address in fifteen minutes.
PAGES, DECISIONS, LOGINS = 600, 120, 10
LOGIN_WINDOW = 900.0
MOST_KEYS = 10_000


class Forbidden(RashomonError):
    """What somebody may not do."""


class Forged(RashomonError):
    """A request that another site made in somebody's name."""


class Hasty(RashomonError):
    """Too many requests."""


@dataclass(slots=True)
class Limit:
    """At most ``many`` a ``window`` of seconds for each key; it fills up again evenly."""

    many: int
    window: float = 60.0
    clock: Callable[[], float] = time.monotonic
    left: dict[str, tuple[float, float]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, key: str) -> bool:
        """Whether there was one left."""
        now = self.clock()
        with self.lock:
            had, then = self.left.get(key, (float(self.many), now))
            have = min(float(self.many), had + (now - then) * self.many / self.window)
            if len(self.left) > MOST_KEYS:
                self.left = {k: v for k, v in self.left.items() if now - v[1] < self.window}
            self.left[key] = (have - 1 if have >= 1 else have, now)
            return have >= 1


@dataclass(frozen=True, slots=True)
class Policy:
    """How a ledger is served: ``accounts`` None is one user on their own machine, who needs no login.

    ``anyone`` may read without one; ``proxy`` is a header by which a proxy in front names whom it let in.
    """

    accounts: Accounts | None = None
    anyone: bool = False
    proxy: str | None = None
    coarse_km: float = 0.0
    delay_hours: float = 0.0
    key: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    pages: Limit = field(default_factory=lambda: Limit(PAGES))
    decisions: Limit = field(default_factory=lambda: Limit(DECISIONS))
    logins: Limit = field(default_factory=lambda: Limit(LOGINS, LOGIN_WINDOW))

    def signature(self, person: Person) -> str:
        """What the forms of a person hold, so that no other site can make one."""
        return hmac.new(self.key, f"{person.name}\0{person.key}".encode(), hashlib.sha256).hexdigest()

    def restriction(self) -> str:
        """What readers without an account are not told, and by which rule; "" where they are told all."""
        rules = []
        if self.coarse_km:
            rules.append(f"places are told no closer than {self.coarse_km:g} km")
        if self.delay_hours:
            rules.append(f"what was published in the last {self.delay_hours:g} hours is withheld")
        return f"To readers without an account, {' and '.join(rules)}." if rules else ""


NOBODY = Person("", Role.READER, public=True)
_current: ContextVar[Person] = ContextVar("who asks")


def current() -> Person:
    """Who asks; without a server, whoever runs this program."""
    return _current.get(None) or local()


def local() -> Person:
    """The one user of their own machine."""
    try:
        name = getpass.getuser()
    except (OSError, KeyError):  # nobody in the list of users has this number
        name = "somebody"
    return Person(name, Role.ADMIN, "local")


def allowed(role: Role) -> Person:
    """Who asks, if they may. Raises Forbidden."""
    person = current()
    if person.role < role or person.public:
        raise Forbidden(f"this takes the role of {role.name.lower()}")
    return person


@dataclass(frozen=True, slots=True)
class Guard:
    """Middleware: finds out who asks, holds back who asks too often, refuses what another site sent."""

    answering: ASGIApp
    policy: Policy

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse to."""
        if scope["type"] != "http":
            await self.answering(scope, receive, send)
            return
        request = Request(scope)
        refusal = self._refused(request)
        person = None if refusal else await run_in_threadpool(partial(identified, request, self.policy))
        if refusal is None and person is None and not request.url.path.startswith(OPEN):
            refusal = _login(request)
        if refusal is not None:
            await refusal(scope, receive, send)
            return
        before = _current.set(person or NOBODY)
        try:
            await self.answering(scope, receive, send)
        finally:
            _current.reset(before)

    def _refused(self, request: Request) -> Response | None:
        address = request.client.host if request.client else "here"
        if self.policy.accounts is not None and not self.policy.pages.take(address):
            return PlainTextResponse("too many requests; wait a minute", 429, {"Retry-After": "60"})
        if request.method not in SAFE and foreign(request):
            return PlainTextResponse("another site sent this", 403)
        return None


def identified(request: Request, policy: Policy) -> Person | None:
    """Who asks: by token, by session, by what a proxy says; None where a login is needed."""
    if policy.accounts is None:
        return NOBODY if policy.anyone else local()
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return policy.accounts.of_token(token.strip())
    if policy.proxy is not None and (name := request.headers.get(policy.proxy)):
        return policy.accounts.named(name)
    if session := request.cookies.get(COOKIE):
        known = policy.accounts.of_session(session, time.time())
        if known is not None:
            return known
    return NOBODY if policy.anyone else None


def foreign(request: Request) -> bool:
    """Whether a browser says that another site made the request; programs say nothing."""
    # No page can set this header; the origin of a form is "null" wherever a page tells nobody where it is.
    if (site := request.headers.get("sec-fetch-site")) is not None:
        return site not in ("same-origin", "none")
    origin = request.headers.get("origin")
    try:
        return origin is not None and urlsplit(origin).netloc != request.headers.get("host")
    except ValueError:  # an origin that is no address is nobody's own
        return True


def genuine(policy: Policy, given: str) -> None:
    """Check that a form is one of ours. Raises Forged.

    JSON needs no such check: no browser lets another site send it.
    """
    if not hmac.compare_digest(given.encode(), policy.signature(current()).encode()):
        raise Forged("the form is none of ours, or old: open the page again")


def paced(policy: Policy) -> None:
    """Hold back who decides too often. Raises Hasty."""
    if policy.accounts is not None and not policy.decisions.take(current().name):
        raise Hasty("too many decisions; wait a minute")


def _login(request: Request) -> Response:
    if request.method in SAFE and request.url.path.rpartition(".")[2] not in ("json", "csv", "atom", "geojson"):
        return RedirectResponse("/login", 303)
    return PlainTextResponse("who are you? send a token, or log in", 401, {"WWW-Authenticate": "Bearer"})
