"""The kind of a figure, from what is counted and what became of it."""

from __future__ import annotations

MEASURES = frozenset(("age", "duration", "distance", "fraction", "money", "damage_cost", "explosive_mass"))
UNTOLD = frozenset(("count_other", "age", "duration", "distance", "fraction", "money"))
# Classes of nouns that can be people; an unlisted noun ("") and a noun left out (None) are taken for people.
OF_ANYONE = frozenset("remains kill injure harm detain capture missing displace".split())
PEOPLE: frozenset[str | None] = frozenset(("person", "force", "protester", "", None))
# Classes of nouns that say by themselves what became of people: "three deaths", "several arrests".
OUTCOMES = frozenset(("dead", "hurt", "casualty", "arrest"))
DAMAGE = frozenset("damage damages loss losses".split())

BY_EVENT: dict[str, dict[str, str]] = {
    "kill": {"person": "killed", "body": "killed", "casualty": "killed", "equipment": "equipment_destroyed"},
    "injure": {
        "person": "injured",
        "casualty": "injured",
        "vehicle": "vehicles_damaged",
        "building": "buildings_damaged",
    },
    "harm": {"person": "killed_or_injured"},
    "detain": {"person": "detained"},
    "capture": {"person": "captured"},
    "release": {"person": "released", "body": "bodies_returned"},
    "missing": {"person": "missing", "casualty": "missing"},
    "displace": {"person": "displaced"},
    "fire": {"weapon": "weapons_used"},
    "destroy": {
        "weapon": "equipment_destroyed",
        "equipment": "equipment_destroyed",
        "vehicle": "vehicles_damaged",
        "building": "buildings_damaged",
        "target": "targets",
    },
    "damage": {
        "weapon": "equipment_damaged",
        "equipment": "equipment_damaged",
        "vehicle": "vehicles_damaged",
        "building": "buildings_damaged",
        "target": "targets",
    },
    "hit": {
        "target": "targets",
        "building": "buildings_damaged",
        "weapon": "equipment_hit",
        "equipment": "equipment_hit",
        "vehicle": "equipment_hit",
    },
    "deploy": {"force": "troops"},
    "agent": {"weapon": "weapons_used"},
    "by": {"weapon": "weapons_used", "person": "participants", "force": "participants"},
    "protest": {"person": "participants"},
    "recover": {"body": "killed"},
    "remains": {"person": "killed"},
    "lose": {"force": "killed", "equipment": "equipment_destroyed", "weapon": "equipment_destroyed"},
    "return": {"body": "bodies_returned"},
    "people": {"person": "population"},
    "toll": {"person": "killed"},
    "hurttoll": {"person": "injured"},
    "casualtytoll": {"person": "killed_or_injured"},
}
BY_SORT = {
    "arrest": "detained",
    "dead": "killed",
    "hurt": "injured",
    "casualty": "killed_or_injured",
    "blast": "explosions",
    "force": "troops",
    "protester": "participants",
}


def kind_of(event: str | None, sort: str | None) -> str | None:
    """The kind of a figure of things of one class to which an event happened; None where the two tell nothing."""
    if sort in OUTCOMES and event in (None, "toll", "fire", "hit", "protest", "destroy"):
        return BY_SORT[sort]
    if event is None:
        return None
    kinds = BY_EVENT.get(event, {})
    if sort is not None and sort in kinds:
        return kinds[sort]
    if (sort == "" and event not in OF_ANYONE) or (sort is None and event == "by"):
        return None
    return kinds.get("person") if sort in PEOPLE else None


def default_kind(sort: str | None) -> str:
    """The kind of a figure to which nothing happened."""
    return BY_SORT.get(sort, "count_other") if sort is not None else "count_other"
