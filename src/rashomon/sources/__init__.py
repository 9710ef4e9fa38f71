"""Inputs to documents: what people name, what was published there, when, by whom, in which blocks."""

from rashomon.sources.kinds import KINDS, document
from rashomon.sources.opening import pages

__all__ = ["KINDS", "document", "pages"]
