"""Measure the way from bytes to documents: milliseconds a text of 800 words, and a web page beside its extractor.

python bench/sources.py
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable

import trafilatura

from rashomon.model.document import Page
from rashomon.sources import document

SENTENCE = "The ministry said on Monday that the army had shelled bridge number {} in the bay, which the army denied. "


def milliseconds(call: Callable[[], object], times: int) -> float:
    """Milliseconds a call, after one to warm up."""
    call()
    begun = time.perf_counter()
    for _ in range(times):
        call()
    return 1000 * (time.perf_counter() - begun) / times


def main() -> None:
    """Print the figures as one line of JSON."""
    paragraphs = [SENTENCE.format(n) * 2 for n in range(20)]
    text = "\n\n".join(["Bridges fall at Harrow Bay", *paragraphs])
    line = json.dumps({"id": "a", "text": text}).encode()
    html = "<html><head><title>Bridges fall</title><meta property='article:published_time' content='2025-06-02'></head>"
    html += (
        "<body><article><h1>Bridges fall</h1>" + "".join(f"<p>{p}</p>" for p in paragraphs) + "</article></body></html>"
    )
    figures = {
        "words": len(text.split()),
        "text_ms": milliseconds(lambda: document(Page("a", text.encode(), "text/plain")), 500),
        "line_ms": milliseconds(lambda: document(Page("a", line, "application/x-ndjson")), 500),
        "html_ms": milliseconds(lambda: document(Page("a", html.encode(), "text/html")), 50),
        "extractor_ms": milliseconds(lambda: trafilatura.bare_extraction(html, fast=True, with_metadata=True), 50),
    }
    print(json.dumps({name: round(figure, 3) for name, figure in figures.items()}))


if __name__ == "__main__":
    main()
