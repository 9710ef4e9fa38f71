"""Pages that many ask for at once are made once: who reads without an account gets what the last such reader got."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import Response

from rashomon.web.security import current

Answering = Callable[[Request], Response]
# Seconds; what the public reads is hours old by default.
LONG = 5.0
MOST = 64  # answers kept
LARGEST = 512 * 1024  # bytes of one


@dataclass(slots=True)
class Kept:
    """The last answers to the public, by address: when each was made, its body and its headers."""

    clock: Callable[[], float] = time.monotonic
    answers: OrderedDict[str, tuple[float, bytes, dict[str, str]]] = field(default_factory=OrderedDict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def keeping(self, answer: Answering) -> Answering:
        """What answers a request, with what it answered moments ago where that is as good."""

        def answering(request: Request) -> Response:
            if not current().public:
                return answer(request)
            address = str(request.url)
            known = self._known(address)
            if known is not None:
                return Response(known[0], headers=known[1])
            made = answer(request)
            if made.status_code == 200:
                self._keep(address, bytes(made.body), dict(made.headers))
            return made

        return answering

    def _known(self, address: str) -> tuple[bytes, dict[str, str]] | None:
        with self.lock:
            made = self.answers.get(address)
        if made is None or self.clock() - made[0] > LONG:
            return None
        return made[1:]

    def _keep(self, address: str, body: bytes, headers: dict[str, str]) -> None:
        if len(body) > LARGEST:
            return
        with self.lock:
            self.answers[address] = self.clock(), body, headers
            self.answers.move_to_end(address)
            while len(self.answers) > MOST:
                self.answers.popitem(last=False)
