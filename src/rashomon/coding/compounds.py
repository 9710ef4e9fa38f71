"""The words of a mention to their head: the encoder marks "suicide", the mention is "suicide bombing"."""

from __future__ import annotations

import re

from rashomon.knowledge.kinds import triggers
from rashomon.model.text import Span

NEXT = re.compile(r"[ -]([A-Za-z]+)")
LAST = re.compile(r"[A-Za-z]+$")


def headed(span: Span, text: str) -> Span:
    """The span, with the word after it where that is listed for an incident and the span's own last word is not."""
    last, following = LAST.search(span.of(text)), NEXT.match(text, span.end)
    if last is None or following is None or (last[0].lower(),) in triggers():
        return span
    return Span(span.start, following.end()) if (following[1].lower(),) in triggers() else span
