"""The town that a document is about, and the places that are in it, around it, or named as if they were elsewhere."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from rashomon.model.globe import km
from rashomon.model.telling import Place, PlaceId
from rashomon.model.text import Span

# A town named this early in a text is its dateline's or its headline's.
DATELINE = 80
# What more a town is worth, in mentions: where its police act, in a dateline, with its state after it.
POLICED, DATED, PLACED = 2, 1, 1
LEAST = 2
# Kilometres beyond a town's own radius: its quarters and suburbs; farther out its police go to, too.
SUBURBS, BEAT = 25.0, 40.0
POLICE = re.compile(
    r"(?:['’]s)?\s+(?:city\s+|metro(?:politan)?\s+)?(?:police|fire\s?fighters|fire\s(?:department|rescue)|officers?|"
    r"detectives?|PD)\b",
    re.IGNORECASE,
)
POLICE_IN = re.compile(r"\b(?:police|officers|detectives|firefighters)\s+in\s+$", re.IGNORECASE)
LOOK_BACK = 25


@dataclass(frozen=True, slots=True)
class Town:
    """A town by its first mention outside a name and a dateline; ``around`` are mentions of what may be its parts."""

    id: PlaceId
    around: frozenset[PlaceId]


def town(sites: Sequence[Place], text: str) -> Town | None:
    """The town a document is most about, by how often it is named and whose police act; None where none stands out."""
    mentions: dict[Hashable, list[Place]] = defaultdict(list)
    for site in sites:
        if site.kind == "city" and site.lat is not None:
            mentions[site.geonameid].append(site)
    worth = {name: sum(_worth(site, text) for site in every) for name, every in mentions.items()}
    best = max(worth, key=lambda name: (worth[name], mentions[name][0].radius_km or 0.0), default=None)
    if best is None or worth[best] < LEAST:
        return None
    every = mentions[best]
    first = next((site for site in every if not _early(site) and not _policed(site.span, text)), every[0])
    policed = any(_policed(site.span, text) for site in every)
    named = frozenset(site.resolved for site in sites if site.kind in ("region", "country"))
    return Town(first.id, frozenset(site.id for site in sites if _around(site, first, named, policed=policed)))


def _worth(site: Place, text: str) -> int:
    state = site.admin1 is not None and text[site.span.end : site.span.end + 5] == f", {site.admin1[:3]}"
    return 1 + POLICED * _policed(site.span, text) + DATED * _early(site) + PLACED * state


def _early(site: Place) -> bool:
    return site.span.start <= DATELINE


def _policed(span: Span, text: str) -> bool:
    """Whether a name is that of police, or of where police are."""
    after = POLICE.match(text, span.end) is not None
    return after or POLICE_IN.search(text, max(0, span.start - LOOK_BACK), span.start) is not None


def _around(site: Place, home: Place, named: frozenset[str | None], *, policed: bool) -> bool:
    """Whether what happens at a place may as well be told as happening in a town.

    It may where the place holds the town or lies about it; and where it is in a state that the text never names, while
    the police of the town act: a quarter of the town that has a namesake.
    """
    if site.geonameid is not None and site.geonameid == home.geonameid:
        return False  # it is told already
    if site.lat is None or site.lon is None or home.lat is None or home.lon is None:
        return True
    if site.kind in ("country", "region"):
        return policed and site.resolved in (home.admin1, home.country)
    namesake = policed and site.admin1 != home.admin1 and site.admin1 not in named
    if site.kind == "district":
        return namesake or (site.resolved == home.admin2 and site.admin1 == home.admin1)
    reach = (BEAT if policed else SUBURBS) + (home.radius_km or 0.0)
    return namesake or km((site.lat, site.lon), (home.lat, home.lon)) <= reach
