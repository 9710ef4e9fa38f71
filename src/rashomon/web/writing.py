"""The addresses that change something: decisions, logins, accounts. Everything else only reads."""

from __future__ import annotations

import threading
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial

from jinja2 import Environment
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from rashomon import deciding, gathering
from rashomon.ledger.book import Ledger
from rashomon.model import codec
from rashomon.model.judgement import Judgement
from rashomon.web.accounts import SESSION, Accounts, Person, Refused, Role
from rashomon.web.address import Misasked
from rashomon.web.deciding import LARGEST, Asked, asked, decide, fields, of_form
from rashomon.web.security import COOKIE, Forbidden, Hasty, Policy, allowed, current, genuine, paced

Endpoint = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Desk:
    """Where decisions and accounts come in."""

    ledger: Ledger
    templates: Environment
    policy: Policy
    place: str
    # SQLite lets writers wait without an order; here they take turns, so that none waits for all others.
    turn: threading.Lock = field(default_factory=threading.Lock)

    def routes(self) -> list[Route]:
        """The addresses, each with what it takes."""
        return [
            Route("/judgements", self.judge, methods=["POST"]),
            Route("/judgements/{number:int}", self.unmake, methods=["DELETE"]),
            Route("/judgements/{number:int}/undo", self.undo, methods=["POST"]),
            Route("/login", self.enter, methods=["GET", "POST"]),
            Route("/logout", self.leave, methods=["POST"]),
            Route("/admin", self.admin, methods=["GET", "POST"]),
            # Whoever follows a form's address finds the page it stands on.
            *(Route(form, _review) for form in ("/judgements", "/judgements/{number:int}/undo", "/logout")),
        ]

    async def judge(self, request: Request) -> Response:
        """Take decisions: a form, or JSON of one or a list; ``dry_run=1`` only says what they would be."""
        person = allowed(Role.CODER)
        body = await _body(request)
        paced(self.policy)
        dry = request.query_params.get("dry_run") == "1"
        if _is_json(request):
            made = await run_in_threadpool(partial(self._decided, asked(body), person, dry=dry))
            return _answered(made, 200 if dry else 201)
        form = self._form(body)
        made = await run_in_threadpool(partial(self._decided, (of_form(form),), person, dry=dry or "dry_run" in form))
        return _answered(made, 200) if dry else _back(form)

    async def unmake(self, request: Request) -> Response:
        """Take back a judgement: the undoing is appended."""
        paced(self.policy)
        made = await run_in_threadpool(partial(self._undone, request, request.query_params.get("reason", "")))
        return _answered((made,), 200)

    async def undo(self, request: Request) -> Response:
        """The same by a form."""
        allowed(Role.CODER)
        form = self._form(await _body(request))
        paced(self.policy)
        await run_in_threadpool(partial(self._undone, request, form.get("reason", "")))
        return _back(form)

    async def enter(self, request: Request) -> Response:
        """Log in."""
        if request.method == "GET" or self.policy.accounts is None:
            return self._shown("login.html", 200, wrong="")
        address = request.client.host if request.client else "here"
        if not self.policy.logins.take(address):
            raise Hasty("too many attempts to log in; wait a quarter of an hour")
        form = fields(await _body(request))
        name, password = form.get("person", ""), form.get("password", "")
        session = await run_in_threadpool(partial(self.policy.accounts.enter, name, password, time.time()))
        if session is None:
            return self._shown("login.html", 401, wrong="There is no such name with such a password.")
        answer = RedirectResponse("/review", 303)
        secure = request.url.scheme == "https"
        answer.set_cookie(COOKIE, session, max_age=SESSION, secure=secure, httponly=True, samesite="strict")
        return answer

    async def leave(self, request: Request) -> Response:
        """Log out."""
        self._form(await _body(request))
        if self.policy.accounts is not None and (session := request.cookies.get(COOKIE)):
            await run_in_threadpool(partial(self.policy.accounts.leave, session))
        answer = RedirectResponse("/login", 303)
        answer.delete_cookie(COOKIE)
        return answer

    async def admin(self, request: Request) -> Response:
        """Show who has an account, and make, change or close one."""
        person = allowed(Role.ADMIN)
        accounts, token = self.policy.accounts, ""
        if request.method == "POST":
            form = self._form(await _body(request))
            if accounts is None:
                raise Refused("one user on their own machine has no accounts")
            token = await run_in_threadpool(partial(self._administered, accounts, form, person.name))
        people = await run_in_threadpool(accounts.people) if accounts is not None else ()
        counts = await run_in_threadpool(self.ledger.counts)
        return self._shown("admin.html", 200, people=people, token=token, counts=counts, policy=self.policy)

    def _administered(self, accounts: Accounts, form: dict[str, str], by: str) -> str:
        """Change an account, and say so in the trail; a new token, if one was asked for."""
        name, act = form.get("person", ""), form.get("act", "")
        token = ""
        match act:
            case "add":
                role = form.get("role", "").upper()
                if role not in Role.__members__:
                    raise Refused("a role is reader, coder, editor or admin")
                accounts.add(name, form.get("password", ""), Role[role])
            case "remove" if name != by:
                accounts.remove(name)
            case "token" if accounts.named(name) is not None:
                token = accounts.token(name, form.get("label", ""))
            case _:
                raise Refused("nothing that could be done")
        body = {"person": name, "role": form.get("role", ""), "act": act}
        deciding.attest(self.ledger, by=by, what="account", body=body, at=datetime.now(UTC))
        return token

    def _decided(self, wanted: Sequence[Asked], person: Person, *, dry: bool) -> tuple[Judgement, ...]:
        with self.turn:
            return decide(self.ledger, wanted, person, dry=dry)

    def _undone(self, request: Request, reason: str) -> Judgement:
        person = allowed(Role.CODER)
        number = int(request.path_params["number"])
        made = next((one for one in self.ledger.judgements() if int(one.id) == number), None)
        if made is not None and made.by != person.name and person.role < Role.EDITOR:
            raise Forbidden("to take back what somebody else decided takes the role of editor")
        with self.turn:
            return gathering.undo(self.ledger, number, by=person.name, reason=reason, at=datetime.now(UTC))

    def _form(self, body: bytes) -> dict[str, str]:
        form = fields(body)
        genuine(self.policy, form.get("form", ""))
        return form

    def _shown(self, template: str, status: int, **told: object) -> Response:
        page = {"title": template.partition(".")[0].capitalize()}
        html = self.templates.get_template(template).render(
            page=page, state=None, at={"path": "", "query": ""}, twins=(), when="", **told
        )
        return HTMLResponse(html, status)


async def _review(request: Request) -> Response:
    return RedirectResponse("/review", 302)


async def _body(request: Request) -> bytes:
    """What was sent, if it is no more than is taken. Raises Misasked."""
    parts, size = [], 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > LARGEST:
            raise Misasked(f"at most {LARGEST} bytes")
        parts.append(chunk)
    return b"".join(parts)


def _is_json(request: Request) -> bool:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower() == "application/json"


def _answered(made: tuple[Judgement, ...], status: int) -> Response:
    record = {"schema": "rashomon/judgements/1", "judgements": made}
    return Response(codec.to_json(record), status, media_type="application/json")


def _back(form: dict[str, str]) -> Response:
    """To where the form stood, if that is a page of ours."""
    where = form.get("back", "/review")
    ours = where.startswith("/") and not where.startswith(("//", "/\\")) and where.isprintable()
    return RedirectResponse(where if ours else "/review", 303)


def personal(policy: Policy) -> dict[str, Callable[[], object]]:
    """What templates ask about whoever asks."""
    return {
        "person": current,
        "signature": lambda: policy.signature(current()),
        "coder": lambda: current().role >= Role.CODER and not current().public,
        "editor": lambda: current().role >= Role.EDITOR,
        "admin": lambda: current().role >= Role.ADMIN,
        "alone": lambda: policy.accounts is None,
        "restricted": lambda: policy.restriction() if current().public else "",
    }
