"""Kinds of error in ledgers, by rules: each function names what is wrong in one reading, held against a ledger.

The shapes are those of ``faults``; what counts as found follows the scorer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import ModuleType

import faults
from faults import Row, joined, matched, overlap

PRONOUNS = frozenset("he she it they we i you who him her them this that".split())
NEUTRAL = ("age", "duration", "distance", "fraction", "money", "count_other")  # figures the scorer does not count


def as_claims(gold: Row) -> list[Row]:
    """A ledger's attributions in the shape of the claims corpus."""
    return [
        {part: [ends(a[part])] if a.get(part) else [] for part in ("source", "cue")}
        | {"content": [ends(c) for c in a["content"]], "optional": a.get("optional", False)}
        for a in gold["attributions"]
    ]


def claims(score: ModuleType, gold: Row, read: Row) -> Iterator[str]:
    """Claims missed, read without reason, or with other edges."""
    return faults.claims(score, {**gold, "claims": as_claims(gold)}, read)


def ends(span: Row) -> list[int]:
    """A gold span as the scorer writes it."""
    return [span["start"], span["end"]]


def near(text: str, at: int) -> tuple[int, int]:
    """The rough sentence around a place in a text: from stop to stop."""
    before = max(text.rfind(mark, 0, at) for mark in (". ", "\n", "? ", "! "))
    after = [found for mark in (". ", "\n", "? ", "! ") if (found := text.find(mark, at)) >= 0]
    return before + 1, min(after, default=len(text))


def claimants(score: ModuleType, gold: Row, read: Row) -> Iterator[str]:
    """Claims that were found, of somebody else."""
    text = read["document"]["text"]
    cast = {actor["id"]: actor["name"] for actor in read["actors"]}
    names = {entity["id"]: entity["name"] for entity in gold["entities"]}
    for i, j in matched(score, text, as_claims(gold), read["claims"]).items():
        want, got = gold["attributions"][j], read["claims"][i]
        if not want.get("source_entity"):
            continue
        name = cast.get(got["claimant"] or "", "")
        if score.same_name(name, names.get(want["source_entity"], want["source_entity"])):
            continue
        source = joined(text, got["source"])
        sort = "a name"
        if not source:
            sort = "no source was read"
        elif source in PRONOUNS:
            sort = "a pronoun"
        elif text[got["source"][0][0]].islower():
            sort = "a common noun"
        yield f"{'nobody' if not name else 'another actor'} for {sort}"


def quantities(score: ModuleType, gold: Row, read: Row) -> Iterator[str]:
    """Figures missed, read without reason, or with another interval."""
    free, open_ = figures(score, gold, read)
    for want in open_:
        other = next((q for q in free if overlap(q["span"], ends(want["span"]))), None)
        if other is not None:
            free.remove(other)
        if want.get("optional"):
            continue
        yield f"missed: {want['kind']}" if other is None else f"interval: {other['bound']} for {want['bound']}"
    yield from (f"spurious: {q['kind']}" for q in free if q["kind"] not in NEUTRAL)


def figures(score: ModuleType, gold: Row, read: Row) -> tuple[list[Row], list[Row]]:
    """The figures read that stand for no gold one, and the gold ones not found, as the scorer pairs them."""
    free, missed = list(read["quantities"]), []
    for want in gold["quantities"]:
        hit = _figure(score, want, free)
        if hit is None:
            missed.append(want)
        else:
            free.remove(hit)
    return free, missed


def _figure(score: ModuleType, want: Row, free: Sequence[Row]) -> Row | None:
    low, high = (score.number(x) for x in want.get("interval") or (None, None))
    for q in free:
        if overlap(q["span"], ends(want["span"])) and (score.number(q["low"]), score.number(q["high"])) == (low, high):
            return q
    return None


def incidents_used(gold: Row, read: Row) -> dict[int, int]:
    """Incidents read to gold ones: of one family of kinds, a trigger on a mention, each gold one once."""
    used: dict[int, int] = {}
    for i, got in enumerate(read["incidents"]):
        for j, want in enumerate(gold["incidents"]):
            if j not in used.values() and family(want["type"]) == family(got["kind"]) and touches(got, want):
                used[i] = j
                break
    return used


def family(kind: str) -> str:
    """STRIKE of STRIKE.DRONE."""
    return kind.split(".", maxsplit=1)[0]


def touches(got: Row, want: Row) -> bool:
    """Whether an incident read has a trigger on a mention of a gold one."""
    return any(overlap(ends(mention), span) for mention in want["mentions"] for span in got["trigger"])


def incidents(_: ModuleType, gold: Row, read: Row) -> Iterator[str]:
    """Incidents missed, split, joined, of another family or kind, or made of words in passing."""
    used = incidents_used(gold, read)
    crossed: set[int] = set()
    for i, got in enumerate(read["incidents"]):
        if i in used:
            want = gold["incidents"][used[i]]
            if want["type"] != got["kind"]:
                yield f"kind within the family: {got['kind']} for {want['type']}"
            continue
        on = [j for j, want in enumerate(gold["incidents"]) if touches(got, want)]
        same = [j for j in on if family(gold["incidents"][j]["type"]) == family(got["kind"])]
        if same:
            yield "one incident split in two"
        elif on:
            crossed.update(on)
            yield f"other family: {family(got['kind'])} for {family(gold['incidents'][on[0]]['type'])}"
        else:
            yield f"words in passing taken for one: {family(got['kind'])}"
    for j, want in enumerate(gold["incidents"]):
        if want.get("optional") or j in used.values() or j in crossed:
            continue
        if any(i in used and touches(got, want) for i, got in enumerate(read["incidents"])):
            yield "two incidents joined in one"
        else:
            yield f"missed: {family(want['type'])}"


def ties(score: ModuleType, gold: Row, read: Row) -> Iterator[str]:
    """Figures that were found, with another incident than gold's."""
    used = incidents_used(gold, read)
    names = {got["id"]: used.get(i) for i, got in enumerate(read["incidents"])}
    where = {want["id"]: j for j, want in enumerate(gold["incidents"])}
    free = list(read["quantities"])
    for want in gold["quantities"]:
        hit = _figure(score, want, free)
        if hit is None:
            continue
        free.remove(hit)
        if (
            want.get("optional")
            or not want.get("incident")
            or names.get(hit["incident"], -1) == where[want["incident"]]
        ):
            continue
        found = where[want["incident"]] in used.values()
        home = "" if found else ", its incident was not found"
        if hit["incident"] is None:
            yield f"tied to none{home}"
        elif names[hit["incident"]] is None:
            yield f"tied to words that are no incident of gold{home}"
        else:
            yield f"tied to another incident{home}"


def dates(_: ModuleType, gold: Row, read: Row) -> Iterator[str]:
    """Incidents that were found, with no time or a wrong one."""
    text = read["document"]["text"]
    times = {time["id"]: time for time in read["times"]}
    for got, want in _found(gold, read):
        first, last = (want["date"].get(end) for end in ("start", "end"))
        if not (first or last):
            continue
        time = times.get(got["time"] or "")
        here = any(_beside(text, got, t["span"]) for t in read["times"])
        if time is None:
            yield "none, though a sentence of it has a time" if here else "none, no time in its sentences"
        elif not time.get("earliest"):
            yield "a time without days"
        elif time["earliest"] > (last or "9999")[:10] or (first or "0000")[:10] > (time["latest"] or time["earliest"]):
            where = "from its sentences" if _beside(text, got, time["span"]) else "from elsewhere"
            right = any(
                t.get("earliest") and t["earliest"] <= (last or "9999")[:10] and (first or "0000")[:10] <= t["latest"]
                for t in read["times"]
            )
            yield f"wrong, {where}, {'though the right one was read' if right else 'the right one was not read'}"


def _found(gold: Row, read: Row) -> Iterator[tuple[Row, Row]]:
    for i, j in incidents_used(gold, read).items():
        if not gold["incidents"][j].get("optional"):
            yield read["incidents"][i], gold["incidents"][j]


def _beside(text: str, got: Row, span: Sequence[int]) -> bool:
    return any(overlap(near(text, trigger[0]), span) for trigger in got["trigger"])


def places(_: ModuleType, gold: Row, read: Row) -> Iterator[str]:
    """Incidents that were found, with no place or a wrong one."""
    text = read["document"]["text"]
    known = {place["id"]: place for place in read["places"]}
    names = {place["id"]: place["name"].lower() for place in gold["places"]}

    def fits(place: Row, wanted: set[str]) -> bool:
        told = {str(place[part]).lower() for part in ("name", "resolved", "country") if place.get(part)}
        return any(a in b or b in a for a in wanted for b in told)

    for got, want in _found(gold, read):
        wanted = {names[place["place"]] for place in want["places"]}
        tied = [known[place["place"]] for place in got["places"] if place["place"] in known]
        if not wanted or any(fits(place, wanted) for place in tied):
            continue
        right = [place for place in read["places"] if fits(place, wanted)]
        if not right:
            reason = "its name was not read in the text"
        elif any(_beside(text, got, place["span"]) for place in right):
            reason = "though its sentence names it"
        else:
            reason = "it is named in another sentence"
        yield f"{'another place' if tied else 'none'}, {reason}"


def verification(_: ModuleType, gold: Row, read: Row) -> Iterator[str]:
    """Caveats missed or of another status."""
    for want in gold["verification"]:
        hit = next((c for c in read["caveats"] if overlap(c["span"], ends(want["span"]))), None)
        if hit is None:
            yield f"missed: {want['status']}"
        elif hit["status"] != want["status"]:
            yield f"status: {hit['status']} for {want['status']}"
