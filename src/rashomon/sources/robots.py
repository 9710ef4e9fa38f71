"""What a host asks of programs that visit it: robots.txt, as RFC 9309 has it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

# Bytes of a robots.txt that are looked at; the RFC asks for half a megabyte at least.
BYTES = 512_000
RULES = 5000
# A pause asked for that is longer is not kept: such a file speaks to crawlers that come for every page.
LONGEST_PAUSE = 60.0


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern of paths, and whether they may be read."""

    pattern: str
    allowed: bool


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules for us, and the seconds to leave between two visits if the host says so."""

    rules: tuple[Rule, ...] = ()
    pause: float | None = None

    def permit(self, url: str) -> bool:
        """Whether an address may be visited: as the longest pattern that fits says, allowed if two are as long."""
        parts = urlsplit(url)
        path = unquote(parts.path or "/") + (f"?{unquote(parts.query)}" if parts.query else "")
        fitting = [rule for rule in self.rules if _fits(rule.pattern, path)]
        return max(fitting, key=lambda rule: (len(rule.pattern), rule.allowed)).allowed if fitting else True


NOTHING = Robots((Rule("/", allowed=False),))


def robots(text: str, agent: str) -> Robots:
    """The rules of a robots.txt for one program: those of the groups that name it, else of those for all."""
    named: list[tuple[str, str]] = []
    general: list[tuple[str, str]] = []
    mine = others = False
    found = False
    heading = False
    for field, value in _lines(text):
        if field == "user-agent":
            if not heading:
                mine = others = False
            heading = True
            mine = mine or value.lower() == agent
            found = found or mine
            others = others or value == "*"
        else:
            heading = False
            if mine:
                named.append((field, value))
            if others:
                general.append((field, value))
    return _read(named if found else general)


def _lines(text: str) -> Iterator[tuple[str, str]]:
    """Fields and values, without comments."""
    for line in text.splitlines():
        field, colon, value = line.partition("#")[0].partition(":")
        if colon:
            yield field.strip().lower().lstrip("\ufeff"), value.strip()


def _read(lines: list[tuple[str, str]]) -> Robots:
    rules = [
        Rule(unquote(value), field == "allow") for field, value in lines if field in ("allow", "disallow") and value
    ]
    pauses = [
        float(value) for field, value in lines if field == "crawl-delay" and value.replace(".", "", 1).isdecimal()
    ]
    return Robots(tuple(rules[:RULES]), min(max(pauses), LONGEST_PAUSE) if pauses else None)


def _fits(pattern: str, path: str) -> bool:
    """Whether a path begins as a pattern says: ``*`` is any characters, ``$`` at its end is the path's end.

    Without a regular expression: a pattern of many stars would make one try for ever.
    """
    whole = pattern.endswith("$")
    first, *rest = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    for piece in rest[:-1] if whole and rest else rest:
        at = path.find(piece, at)
        if at < 0:
            return False
        at += len(piece)
    if not whole:
        return True
    return path.endswith(rest[-1]) and len(path) - len(rest[-1]) >= at if rest else at == len(path)
