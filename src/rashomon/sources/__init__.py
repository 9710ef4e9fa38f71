"""Inputs to documents: what people name, what was published there, when, by whom, in which blocks."""

from rashomon.sources.glance import glance
from rashomon.sources.kinds import KINDS, document, is_html
from rashomon.sources.language import language
from rashomon.sources.opening import pages

__all__ = ["KINDS", "document", "glance", "is_html", "language", "pages"]
