"""Pages of the ledger as it was: ``as_of=`` in any address, a revision or a time."""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from contextlib import ExitStack
from dataclasses import dataclass, field
from urllib.parse import quote

from rashomon import history
from rashomon.ledger.book import Ledger
from rashomon.web.address import Misasked
from rashomon.web.security import Forbidden, current

# What was is gathered anew, about 10 ms a document, while somebody waits for a page.
MOST_DOCUMENTS = 2000
HELD = 4  # moments that are kept at hand
LINK = re.compile(r'(?<!data-now )(href|data-map|data-exclude)="(/(?!static/)[^"#]*)(#[^"]*)?"')


@dataclass(slots=True)
class Pasts:
    """The ledger as it was at the revisions that were asked for last."""

    ledger: Ledger
    held: OrderedDict[int, tuple[Ledger, ExitStack]] = field(default_factory=OrderedDict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def at(self, when: str) -> Ledger:
        """The ledger as it was. Raises history.Untimely, Forbidden to readers without an account, Misasked."""
        if current().public:
            raise Forbidden("what was is shown to readers who have an account")
        then = history.revision(self.ledger, history.moment(when))
        with self.lock:
            if then not in self.held:
                self._made(then)
            self.held.move_to_end(then)
            return self.held[then][0]

    def close(self) -> None:
        """Let go of all of them."""
        with self.lock:
            while self.held:
                self.held.popitem()[1][1].close()

    def _made(self, then: int) -> None:
        many = self.ledger.counts().documents
        if many > MOST_DOCUMENTS:
            raise Misasked(
                f"{many:,} documents are too many to be gathered for a page; `rashomon show --as-of` does it"
            )
        kept = ExitStack()
        self.held[then] = kept.enter_context(history.as_of(self.ledger, then)), kept
        while len(self.held) > HELD:
            self.held.popitem(last=False)[1][1].close()


def led(html: str, when: str) -> str:
    """A page of the past, whose links all lead to pages of the same moment."""
    asked = f"as_of={quote(when)}"

    def link(found: re.Match[str]) -> str:
        name, where, tail = found[1], found[2], found[3] or ""
        if "as_of=" in where:
            return found[0]
        return f'{name}="{where}{"&amp;" if "?" in where else "?"}{asked}{tail}"'

    return LINK.sub(link, html)
