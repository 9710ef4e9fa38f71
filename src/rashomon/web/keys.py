"""The keys, in one table: pages print it, the script of the pages reads it from there."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Key:
    """A key, or two in a row, what it does, and the name by which the script knows that."""

    key: str
    does: str
    act: str


KEYS: dict[str, tuple[Key, ...]] = {
    "everywhere": (
        Key("/", "search", "search"),
        Key("?", "these keys", "keys"),
        Key("g i", "incidents", "go:/incidents"),
        Key("g d", "documents", "go:/documents"),
        Key("g s", "sources", "go:/sources"),
        Key("g r", "review", "go:/review"),
        Key("e", "this page as CSV", "csv"),
        Key("f", "follow this page", "follow"),
        Key("Escape", "back to where I was", "back"),
    ),
    "lists": (
        Key("j", "next", "next"),
        Key("k", "previous", "previous"),
        Key("Enter", "open", "open"),
        Key("x", "select, or no longer", "select"),
        Key("m", "compare the two selected", "merge"),
        Key("t", "timeline", "shape:timeline"),
        Key("p", "map", "shape:map"),
        Key("l", "list", "shape:list"),
        Key("b", "table", "shape:table"),
    ),
    "incident": (
        Key("Arrows", "move in the matrix", "arrows"),
        Key("Enter", "the words of an answer", "open"),
        Key("o", "open them in their document", "document"),
        Key("v", "voices, outlets, documents", "by"),
        Key("d", "only rows that differ", "differing"),
    ),
    "document": (
        Key("n", "next mark", "mark:next"),
        Key("p", "previous mark", "mark:previous"),
        Key("1", "claims", "layer:claims"),
        Key("2", "quantities", "layer:quantities"),
        Key("3", "times", "layer:times"),
        Key("4", "places", "layer:places"),
        Key("5", "actors", "layer:actors"),
        Key("a", "add the selected words as an account", "add"),
    ),
    "review": (
        Key("a", "accept", "press:accept"),
        Key("r", "wrong", "press:reject"),
        Key("c", "correct", "press:correct"),
        Key("s", "same incident", "press:same_incident"),
        Key("d", "different incidents", "press:different_incident"),
        Key("?", "unsure", "press:unsure"),
        Key("o", "open the words", "press:open"),
        Key("n", "next, undecided", "press:next"),
        Key("u", "take back what I decided last", "press:undo"),
        Key("h", "history", "press:history"),
    ),
}
