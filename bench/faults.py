"""Kinds of error in corpora, by rules: each function names what is wrong in one reading, held against its gold.

Gold and readings are plain JSON values in the shapes the scorer takes; the scorer, a module, is passed in, so that what
counts as found is decided there. Kinds hold words of ours only, never words of a text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from types import ModuleType
from typing import Any

from rashomon.knowledge.cues import cues_in

Row = dict[str, Any]
Words = frozenset[int]
Kinds = Callable[[ModuleType, Row, Row], Iterator[str]]

BELIEF = frozenset(
    "think thinks thought believe believes believed know knows knew feel feels felt hope hopes hoped want wants wanted "
    "expect expects expected see sees saw consider considers considered fear fears feared wonder wonders "
    "find finds".split()
)
CLAUSE = 5  # words: fewer are a phrase at the edge, more a clause


def overlap(a: Sequence[int], b: Sequence[int]) -> bool:
    """Whether two half-open stretches share a character."""
    return a[0] < b[1] and b[0] < a[1]


def joined(text: str, spans: Sequence[Sequence[int]] | None) -> str:
    """The words of spans, lower-cased, one space between them."""
    return " ".join(" ".join(text[a:b] for a, b in spans or ()).lower().split())


def matched(score: ModuleType, text: str, gold: Sequence[Row], read: Sequence[Row]) -> dict[int, int]:
    """Claims read to gold claims, as the scorer pairs them."""
    at = score.words_of(text)
    sides = [[{part: score.words(at, c.get(part)) for part in score.ROLES} for c in claims] for claims in (gold, read)]
    found: dict[int, int] = score.match_claims(sides[0], sides[1])
    return found


def claims(score: ModuleType, gold: Row, read: Row) -> Iterator[str]:
    """Claims missed, read without reason, or with other edges."""
    text = gold["text"]
    at = score.words_of(text)
    pairs = matched(score, text, gold["claims"], read["claims"])
    for j, want in enumerate(gold["claims"]):
        if j not in pairs.values() and not want.get("optional"):
            yield f"missed, {_cue(text, want)}"
    for i, got in enumerate(read["claims"]):
        if i not in pairs:
            yield f"spurious, {_cue(text, got)}"
            continue
        want = gold["claims"][pairs[i]]
        if want.get("optional"):
            continue
        sides = [{part: score.words(at, c.get(part)) for part in score.ROLES} for c in (want, got)]
        for part in ("content", "source", "cue"):
            if sides[0][part] == sides[1][part]:
                continue
            if part == "content" and joined(text, got[part]) == f"that {joined(text, want[part])}":
                yield 'content with its "that"'
            else:
                yield f"{part} {_edges(sides[0][part], sides[1][part])}{_apposition(text, part, want, got)}"


def _cue(text: str, claim: Row) -> str:
    word = joined(text, claim.get("cue"))
    if not word:
        return "no cue, no source" if not claim.get("source") else "no cue"
    if BELIEF & set(word.split()):
        return "cue of belief or perception"
    if not any(True for _ in cues_in(word.split())):
        return "cue not in our list"
    return "cue in our list" if claim.get("source") else "cue in our list, no source"


def _edges(want: Words, got: Words) -> str:
    if not want or not got:
        return "missing" if want else "where there is none"
    more, less = got - want, want - got
    if not want & got:
        return "elsewhere"
    if more and less:
        return "shifted or with another gap"
    size = "by a clause" if len(more | less) >= CLAUSE else "by a few words"
    part = more or less
    if min(part) > max(want & got):
        where = "at its end"
    elif max(part) < min(want & got):
        where = "at its beginning"
    else:
        where = "in its middle or at both ends"
    return f"too {'long' if more else 'short'} {where} {size}"


def _apposition(text: str, part: str, want: Row, got: Row) -> str:
    if part != "source" or not want.get("source") or not got.get("source"):
        return ""
    longer, shorter = sorted((joined(text, side["source"]) for side in (want, got)), key=len, reverse=True)
    rest = longer.removeprefix(shorter) if longer.startswith(shorter) else longer.removesuffix(shorter)
    return " (an apposition)" if (rest != longer and rest.strip()[:1] == ",") or rest.rstrip()[-1:] == "," else ""


def names(score: ModuleType, gold: Row, read: Row) -> Iterator[str]:
    """Place names missed, cut, read without reason, or put on the map in the wrong place."""
    text, free = gold["text"], list(read["places"])
    for want in gold["places"]:
        hit = next((p for p in free if p["span"] == want["span"]), None)
        hit = hit or next((p for p in free if overlap(p["span"], want["span"])), None)
        if hit is not None:
            free.remove(hit)
        if want.get("optional"):
            continue
        if hit is None:
            yield f"not found: {_shape(text[slice(*want['span'])])}"
            continue
        long = hit["span"][1] - hit["span"][0] - (want["span"][1] - want["span"][0])
        if long:
            yield f"name {'too long' if long > 0 else 'cut short'}, but found"
        if want.get("lat") is not None:
            yield from _misplaced(score, want, hit)
    for extra in free:
        if extra.get("kind") != "demonym":
            yield f"spurious: {_company(text, extra)}"


def _shape(name: str) -> str:
    if name.isupper() and len(name) > 3:
        return "in capitals"
    if name.isupper() or "." in name:
        return "an abbreviation"
    if name[:1].islower():
        return "in lower case"
    return "several words" if " " in name.strip() else "one word"


def _misplaced(score: ModuleType, want: Row, hit: Row) -> Iterator[str]:
    if hit.get("lat") is None:
        yield "found, not resolved"
        return
    off = score.km((hit["lat"], hit["lon"]), (want["lat"], want["lon"]))
    if off > 161:
        wide = "" if off < 1000 else ", over 1,000 km off"
        sort = "a region, not a town" if hit["kind"] in ("region", "country", "district") else hit["kind"]
        yield f"misplaced, {sort}{wide}"


def _company(text: str, extra: Row) -> str:
    start, end = extra["span"]
    before, after = text[:start].rsplit(None, 1)[-1:] or [""], text[end : end + 40].split(None, 1)[:1] or [""]
    if text[end : end + 1] == " " and after[0][:1].isupper():
        return "begins a longer name"
    if text[start - 1 : start] == " " and before[0][:1].isupper() and before[0][-1:].isalpha():
        return "ends a longer name"
    return f"{extra.get('kind') or 'not resolved'}, alone"


def times(score: ModuleType, gold: Row, read: Row) -> Iterator[str]:
    """Times missed, read without reason, or with other days."""
    for want in gold["times"]:
        days = score.interval(want["value"])
        if not days:
            continue
        hit = next((t for t in read["times"] if overlap(t["span"], want["span"])), None)
        if hit is None:
            yield f"missed: {_length(days)}"
        elif (hit["earliest"], hit["latest"]) != days:
            yield _other(hit, days)
    spans = [t["span"] for t in gold["times"]]
    for got in read["times"]:
        if not any(overlap(got["span"], span) for span in spans):
            yield f"spurious: {got['precision']}"


def _length(days: tuple[str, str]) -> str:
    count = (date.fromisoformat(days[1]) - date.fromisoformat(days[0])).days + 1
    return next(
        name
        for most, name in ((1, "a day"), (7, "a week"), (31, "a month"), (366, "a year"), (9999, "a decade"))
        if count <= most
    )


def _other(hit: Row, days: tuple[str, str]) -> str:
    if not (hit["earliest"] and hit["latest"]):
        return f"without days: {_length(days)}"
    got = (hit["earliest"], hit["latest"])
    if got[0] <= days[0] and days[1] <= got[1]:
        return f"too wide: {_length(got)} for {_length(days)}"
    if days[0] <= got[0] and got[1] <= days[1]:
        return f"too narrow: {_length(got)} for {_length(days)}"
    return f"another {'year' if got[0][:4] != days[0][:4] else 'part of the year'}: {_length(days)}"


def values(score: ModuleType, gold: Row, read: Row) -> Iterator[str]:
    """Values missed or read without reason, units missing or other."""
    free = list(read["quantities"])
    for want in gold["quantities"]:
        value = score.number(want["value"])
        if value is None:
            continue
        hit = next((q for q in free if value in [score.number(q[part]) for part in ("value", "low", "high")]), None)
        if hit is None:
            yield f"value missed: {_written(value, gold['text'])}"
            continue
        free.remove(hit)
        got, unit = (_one(x) for x in (hit["unit"], want.get("normalized_unit") or want.get("unit")))
        if unit in ("-", "") or got == unit or (got and (got in unit or unit in got)):
            continue
        yield "unit missing" if not got else f"another unit: {hit['kind']}"
    yield from (f"spurious: {q['kind']}" for q in free)


def _one(unit: str | None) -> str:
    return str(unit or "").lower().rstrip("s")


def _written(value: float, text: str) -> str:
    digits = {piece.strip(".,").replace(",", "") for piece in re.findall(r"\d[\d.,]*", text)}
    if f"{value:g}" in digits or str(int(value)) in digits:
        return "in digits"
    return "one, as a word" if value == 1 else "in words or multiplied"


def events(score: ModuleType, gold: Row, read: Row) -> Iterator[str]:
    """Mentions missed, read without reason or of another kind, and their roles."""
    wanted = [(score.coarse(e["type"]), e) for e in gold["events"] if score.coarse(e["type"])]
    used: list[int] = []
    for got in read["events"]:
        kind = score.coarse(got["kind"])
        if not kind:
            continue
        on = [j for j, (_, e) in enumerate(wanted) if overlap(e["trigger"], got["trigger"])]
        hit = next((j for j in on if wanted[j][0] == kind and j not in used), None)
        if hit is None:
            yield f"other kind: {kind} for {wanted[on[0]][0]}" if on else f"spurious: {kind}"
            continue
        used.append(hit)
        yield from _roles(score, wanted[hit][1], got)
    yield from (f"missed: {kind}" for j, (kind, _) in enumerate(wanted) if j not in used)


def _roles(score: ModuleType, want: Row, got: Row) -> Iterator[str]:
    sides = [
        [(score.ROLE[a["role"].lower()], a["span"]) for a in given if a["role"].lower() in score.ROLE]
        for given in (want.get("args", []), got["roles"])
    ]
    for role, span in sides[1]:
        hit = next((w for w in sides[0] if w[0] == role and overlap(w[1], span)), None)
        if hit is None:
            yield f"role, spurious: {role}"
        else:
            sides[0].remove(hit)
    yield from (f"role, missed: {role}" for role, _ in sides[0])
