"""How much one input may be. Larger ones are refused with a clear word, so that memory stays flat."""

from __future__ import annotations

# An article is 5 to 50 kB and its page at most a few MB. A file or a response over this is no article.
BYTES = 20_000_000
# HTML costs far more to read than its size: 5 MB takes seconds.
HTML_BYTES = 5_000_000
# News pages have one to five thousand; the extractor's time grows faster than their number.
ELEMENTS = 50_000
# Of one element; a page has ten or twenty. The time to make a tree grows with their square.
ATTRIBUTES = 1000
# Characters. What is left of a page of menus is shorter.
SHORTEST = 40
# A book of 300,000 words. The reader's time grows with it; nothing published as one report is longer.
CHARACTERS = 2_000_000

REDIRECTS = 10
# Seconds without an answer, and seconds for a whole response however slowly it drips.
SILENCE = 20.0
RESPONSE = 60.0


def mb(size: int) -> str:
    """A size in bytes for people."""
    return f"{size / 1e6:,.0f} MB"
