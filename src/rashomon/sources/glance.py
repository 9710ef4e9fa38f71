"""A glance at a web page: enough of its words to tell what it is about, fifty times sooner than by extracting them."""

from __future__ import annotations

import html
import re

from rashomon.model.document import Page

# What follows a paragraph's opening tag up to the next block; unclosed ones are as common as closed ones.
_SPOKEN = re.compile(
    r"<(?:title|h[1-3]|p|blockquote)(?:\s[^<>]*)?>(.*?)(?=</?(?:title|h[1-6]|p|li|ul|div|blockquote|section|script|style)\b)",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(r"<[^<>]*>")
CHARACTERS = 1_000_000  # of a page that are looked at


def glance(page: Page) -> str:
    """The title, headings and paragraphs of a page, roughly: notices are among them, menus are not."""
    source = page.body[:CHARACTERS].decode("utf-8", "replace")
    return html.unescape("\n".join(" ".join(_TAG.sub(" ", found).split()) for found in _SPOKEN.findall(source)))
