"""Where a place that a person names is."""

from __future__ import annotations

from rashomon.knowledge.gazetteer import ALIAS, Entry, Kind, key
from rashomon.knowledge.places import gazetteer

# A name alone means the town rather than the district called after it, and any of these rather than a nationality.
LAST = (Kind.DEMONYM, Kind.HISTORIC)


def located(name: str) -> Entry | None:
    """The place of the gazetteer that a name alone most likely means: the one with most people; None if it has none."""
    shelf = gazetteer()
    (targets,) = shelf.find([key(name)])
    entries = [(shelf.entry(target & (ALIAS - 1)), target >= ALIAS) for target in targets.tolist()]
    ranked = [entry for entry, alias in sorted(entries, key=lambda one: _rank(*one))]
    return ranked[0] if ranked else None


def _rank(entry: Entry, alias: bool) -> tuple[bool, bool, bool, int, int]:
    return (entry.kind in LAST, entry.kind is not Kind.COUNTRY, alias, -entry.population, entry.row)
