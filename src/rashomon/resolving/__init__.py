"""From the tellings of many documents to incidents, and how their accounts stand to each other."""

from __future__ import annotations

from rashomon.resolving.compare import compare
from rashomon.resolving.forest import Grove, Tree, insert, remove, trees
from rashomon.resolving.gist import gists
from rashomon.resolving.glade import Glade
from rashomon.resolving.likeness import likeness
from rashomon.resolving.summary import summarise

__all__ = ["Glade", "Grove", "Tree", "compare", "gists", "insert", "likeness", "remove", "summarise", "trees"]
