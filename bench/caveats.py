"""Caveats scored on our own dispatches: ``python bench/caveats.py [--train] [--rules] [--errors]``.

No other texts are needed. *found*: a caveat read is right if it overlaps a marked one; words of a silence or a denial
that are marked as a claim are neither right nor wrong. *status*: of those found, the share with the marked status.
*scope*: what caveats reach, each claim, figure and incident one link, those of a missed caveat all missed. *scope of
rules*: the same where claims, figures and incidents are the marked ones, so that the reach alone is judged.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "training"))

from coding import quotations, sentences
from dispatches.markup import Caveat as Marked
from dispatches.markup import Claim as Said
from dispatches.markup import Dispatch, Figure, batches, is_dev, read
from rashomon.coding import code
from rashomon.coding.actors import actors
from rashomon.coding.caveats import caveats
from rashomon.coding.claims import claims
from rashomon.model.document import Document, DocumentId
from rashomon.model.reading import Attribution, Maker, Parse
from rashomon.model.telling import Caveat, Claim, Quantity, QuantityId, Stance, Telling, TellingId
from rashomon.model.text import Span
from rashomon.reading import Reader
from rashomon.reading.tokens import words

Known = dict[str, frozenset[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Pair:
    """A dispatch, its caveats as read, and for each id read the marked items it stands for."""

    dispatch: Dispatch
    caveats: tuple[Caveat, ...]
    known: Known


def dispatches(*, train: bool = False) -> list[Dispatch]:
    """The dispatches held out, or the others."""
    return [dispatch for path in batches() if is_dev(path) != train for dispatch in read(path)]


def document(dispatch: Dispatch) -> Document:
    """A dispatch as a document."""
    return Document(DocumentId(dispatch.id), dispatch.text, outlet=dispatch.outlet, published=dispatch.published)


def as_read(dispatch: Dispatch, parse: Parse) -> Pair:
    """What the product reads."""
    reading = code(parse)
    known: Known = {}
    for claim in reading.claims:
        known[claim.id] = frozenset(("claim", gold.id) for gold in dispatch.claims if _same(gold, claim))
    for figure in reading.quantities:
        known[figure.id] = frozenset(
            ("figure", gold.id) for gold in dispatch.figures if gold.id and gold.span.overlaps(figure.span)
        )
    for incident in reading.incidents:
        known[incident.id] = frozenset(
            ("incident", name)
            for gold in dispatch.triggers
            for name in gold.incidents
            if any(gold.span.overlaps(span) for span in incident.trigger)
        )
    return Pair(dispatch, reading.caveats, known)


def as_marked(dispatch: Dispatch) -> Pair:
    """What the rules make of the marked claims, figures and incidents."""
    units = words(dispatch.text)
    attributions = tuple(Attribution(claim.source, claim.cue, claim.content, 1.0) for claim in dispatch.claims)
    parse = Parse(document(dispatch), sentences(units), quotations(units), attributions, Maker("marks", "marks"))
    cast, claimants = actors(parse)
    said = claims(parse, claimants)
    names = dict(zip((claim.id for claim in said), (claim.id for claim in dispatch.claims), strict=True))
    figures = [_quantity(n, figure) for n, figure in enumerate(dispatch.figures)]
    told = [_telling(dispatch, incident.id, incident.kind, said) for incident in dispatch.incidents]
    known: Known = {claim: frozenset([("claim", name)]) for claim, name in names.items()}
    known |= {f"q:{n}": frozenset([("figure", f.id)] if f.id else []) for n, f in enumerate(dispatch.figures)}
    known |= {incident.id: frozenset([("incident", incident.id.removeprefix("i:"))]) for incident in told}
    return Pair(dispatch, caveats(parse, said, cast, figures, told), known)


def _quantity(number: int, figure: Figure) -> Quantity:
    value, low, high = (_decimal(x) for x in (figure.value, figure.low, figure.high))
    return Quantity(QuantityId(f"q:{number}"), figure.span, figure.kind, value, low, high, figure.bound)


def _decimal(number: float | None) -> Decimal | None:
    return None if number is None else Decimal(str(number))


def _telling(dispatch: Dispatch, name: str, kind: str, said: Sequence[Claim]) -> Telling:
    """A marked incident with the claims that speak of it."""
    trigger = tuple(t.span for t in dispatch.triggers if name in t.incidents)
    status = next(i.status for i in dispatch.incidents if i.id == name)
    about = tuple(claim.id for claim in said if _overlap(claim.content, trigger))
    return Telling(TellingId(f"i:{name}"), kind, status, trigger, None, claims=about)


def _same(gold: Said, claim: Claim) -> bool:
    if gold.cue and claim.cue:
        return _overlap(gold.cue, claim.cue)
    return _overlap(gold.content, claim.content)


def _overlap(some: Sequence[Span], others: Sequence[Span]) -> bool:
    return any(one.overlaps(other) for one in some for other in others)


def matched(pair: Pair) -> tuple[list[tuple[Marked, Caveat]], list[Marked], list[Caveat]]:
    """The caveats found, those missed, and those read without reason."""
    free = list(pair.caveats)
    both, missed = [], []
    for marked in pair.dispatch.caveats:
        hit = next((caveat for caveat in free if caveat.span.overlaps(marked.span)), None)
        if hit is None:
            missed.append(marked)
        else:
            free.remove(hit)
            both.append((marked, hit))
    silent = [c for c in pair.dispatch.claims if c.stance is not Stance.AFFIRM]
    extra = [caveat for caveat in free if not any(_overlap((*c.cue, *c.content), (caveat.span,)) for c in silent)]
    return both, missed, extra


def reach(pair: Pair) -> Counter[str]:
    """Links right, read and marked; a caveat marked to reach everything is not judged."""
    of = {claim.id: "claim" for claim in pair.dispatch.claims}
    of |= {figure.id: "figure" for figure in pair.dispatch.figures if figure.id}
    of |= {incident.id: "incident" for incident in pair.dispatch.incidents}
    tally: Counter[str] = Counter()
    both, missed, _ = matched(pair)
    tally["marked"] = sum(name in of for marked in missed for name in marked.applies_to)
    for marked, caveat in both:
        want = {(of[name], name) for name in marked.applies_to if name in of}
        if not want:
            continue
        # The figures of a claim reached are implied: they are judged where a caveat was marked to reach figures.
        counted = any(sort == "figure" for sort, _ in want)
        got = [pair.known[name] for name in caveat.applies_to if counted or not name.startswith("q")]
        right = want & {one for stood in got for one in stood}
        tally.update({"right": len(right), "read": sum(max(1, len(stood)) for stood in got), "marked": len(want)})
    return tally


def f1(right: int, read_: int, marked: int) -> dict[str, float]:
    """Precision, recall and F1 in per cent."""
    p, r = (100 * right / n if n else 0.0 for n in (read_, marked))
    return {"p": round(p, 1), "r": round(r, 1), "f1": round(2 * p * r / (p + r), 1) if p + r else 0.0}


def found(pairs: Iterable[Pair]) -> dict[str, object]:
    """How many of the marked caveats are found, and how many of those with the marked status."""
    parts = [matched(pair) for pair in pairs]
    hits = [both for part in parts for both in part[0]]
    missed, extra = (sum(len(part[n]) for part in parts) for n in (1, 2))
    status = {"right": sum(a.status == b.status for a, b in hits), "of": len(hits)}
    share = round(100 * status["right"] / max(1, status["of"]), 1)
    return {"found": f1(len(hits), len(hits) + extra, len(hits) + missed), "status": {**status, "%": share}}


def scope(pairs: Iterable[Pair]) -> dict[str, float]:
    """Precision, recall and F1 of the links."""
    tally = sum((reach(pair) for pair in pairs), Counter[str]())
    return f1(tally["right"], tally["read"], tally["marked"])


def scores(given: Sequence[Dispatch], parses: Iterable[Parse] | None) -> dict[str, object]:
    """Every figure of the module's docstring; without parses those that need no encoder."""
    marked = [as_marked(dispatch) for dispatch in given]
    out: dict[str, object] = {}
    if parses is None:
        out = found(marked)
    else:
        read_ = [as_read(dispatch, parse) for dispatch, parse in zip(given, parses, strict=True)]
        out = {**found(read_), "scope": scope(read_)}
    return {**out, "scope of rules": scope(marked), "caveats": sum(len(d.caveats) for d in given)}


def faults(pair: Pair) -> list[str]:
    """What is missed, read without reason, of another status or of another reach, in lines."""
    text = pair.dispatch.text
    both, missed, extra = matched(pair)
    lines = [f"missed {m.status}: {m.span.of(text)}" for m in missed]
    lines += [f"extra {c.status}: {c.span.of(text)}" for c in extra]
    for marked, caveat in both:
        got = sorted(name for read_ in caveat.applies_to for _, name in pair.known[read_] or {("", read_)})
        if marked.status != caveat.status:
            lines.append(f"{caveat.status} for {marked.status}: {marked.span.of(text)}")
        if set(got) != set(marked.applies_to):
            lines.append(f"reaches {got} for {sorted(marked.applies_to)}: {marked.span.of(text)}")
    return [f"{pair.dispatch.id}: {line}" for line in lines]


def main() -> None:
    """Print one JSON object; ``--errors`` prints what went wrong before it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--train", action="store_true", help="the dispatches that are not held out")
    parser.add_argument("--rules", action="store_true", help="without the encoder")
    parser.add_argument("--errors", action="store_true")
    asked = parser.parse_args()
    given = dispatches(train=asked.train)
    parses = None if asked.rules else list(Reader.load().read(document(dispatch) for dispatch in given))
    if asked.errors:
        pairs = [as_marked(d) for d in given] if parses is None else list(map(as_read, given, parses))
        print(*(line for pair in pairs for line in faults(pair)), sep="\n")
    print(json.dumps(scores(given, parses), indent=1))


if __name__ == "__main__":
    main()
