"""Reviewers at work on served pages, as a browser does it without scripts: log in, look at a case, decide, go on.

Part of ``bench/web_load.py``. Every decision bears a reason of its own, by which it is found again in the ledger.
"""

from __future__ import annotations

import random
import re
import time
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from html import unescape
from http.client import HTTPConnection, HTTPException, HTTPResponse
from urllib.parse import urlencode, urlsplit

from rashomon.model.judgement import Judgement

PASSWORD = "correct horse battery staple"
FORM = re.compile(r'<form method="post" action="/judgements" class="decide">(.*?)</form>', re.DOTALL)
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
VERDICT = re.compile(r'<button name="verdict" value="(\w+)" data-press')
PATIENCE = 30  # seconds


@dataclass(slots=True)
class Decided:
    """What a reviewer did: reasons of decisions that were ``sent``, seconds of answers by kind, what went wrong."""

    sent: list[str] = field(default_factory=list)
    took: dict[str, list[float]] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Visit:
    """A browser's connection, with the cookie it was given."""

    connection: HTTPConnection
    address: str
    met: Decided
    cookie: str = ""

    def ask(self, kind: str, path: str, form: Mapping[str, str] | None = None) -> tuple[int, str]:
        """Follow a link, or send a form: the status and the page. Its time is taken under a kind."""
        headers = {"Cookie": self.cookie, "X-Forwarded-For": self.address}
        body = None
        if form is not None:
            body, headers["Content-Type"] = urlencode(form), "application/x-www-form-urlencoded"
        begun = time.perf_counter()
        self.connection.request("GET" if form is None else "POST", path, body, headers)
        answer = self.connection.getresponse()
        page = answer.read().decode()
        self.met.took.setdefault(kind, []).append(time.perf_counter() - begun)
        self._kept(answer)
        return answer.status, page

    def _kept(self, answer: HTTPResponse) -> None:
        if given := answer.getheader("set-cookie"):
            self.cookie = given.partition(";")[0]


def review(site: str, until: float, number: int, think: float, *, reviewers: int) -> Decided:
    """One reviewer's work, to the end of the time (by the monotonic clock); each case is asked of ``reviewers``."""
    chance, met, parts = random.Random(1000 + number), Decided(), urlsplit(site)
    with closing(HTTPConnection(parts.hostname or "", parts.port, timeout=PATIENCE)) as connection:
        visit = Visit(connection, f"10.1.0.{number}", met)
        try:
            status, _ = visit.ask("login", "/login", {"person": name(number), "password": PASSWORD})
            if status != 303:
                met.failed.append(f"/login: {status}")
                return met
            while time.monotonic() < until:
                time.sleep(chance.uniform(0, 2 * think))
                _decide(visit, chance, number, reviewers)
        except (OSError, HTTPException) as error:
            met.failed.append(f"/review: {error!r}")
    return met


def _decide(visit: Visit, chance: random.Random, number: int, reviewers: int) -> None:
    """Look at the case on top, and decide it by one of its buttons."""
    met = visit.met
    status, page = visit.ask("review", f"/review?reviewers={reviewers}")
    found = FORM.search(page)
    if found is None:
        met.failed.append(f"/review: {status}, nothing to decide")
        return
    form = {field: unescape(value) for field, value in HIDDEN.findall(found[1])}
    form |= {"verdict": chance.choice(VERDICT.findall(found[1])), "reason": f"{name(number)} {len(met.sent)}"}
    status, page = visit.ask("decide", "/judgements", form)
    if status == 303:
        met.sent.append(form["reason"])
    else:
        met.failed.append(f"/judgements: {status} {page[:200]}")


def name(number: int) -> str:
    """What a reviewer is called."""
    return f"reviewer{number}"


def unlike(sent: Collection[str], kept: Iterable[Judgement]) -> Iterator[str]:
    """Decisions that were sent and are not in the ledger, are there twice, or were never sent."""
    found = Counter(one.reason for one in kept)
    yield from (f"lost: {reason}" for reason in sent if not found[reason])
    yield from (f"twice: {reason}" for reason, many in found.items() if many > 1)
    yield from (f"never sent: {reason}" for reason in found if reason not in set(sent))
