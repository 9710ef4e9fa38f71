"""Dispatches as hand-read ledgers and documents, so that one scorer measures both.

``python -m dispatches.ledgers FOLDER [--train]`` writes ``FOLDER/gold/*.json`` and ``FOLDER/articles.jsonl``.
"""

from __future__ import annotations

import argparse
import json
from datetime import date, timedelta
from pathlib import Path

from rashomon.model.text import Span

from .markup import Claim, Dispatch, batches, is_dev, read

Row = dict[str, object]


def days(edtf: str | None) -> tuple[str | None, str | None]:
    """First and last day of an EDTF date, interval, month or year; None where it is open or unknown."""
    if not edtf:
        return None, None
    first, _, last = edtf.replace("~", "").replace("?", "").partition("/")
    return _first(first), _last(last or first)


def _first(part: str) -> str | None:
    whole = {4: f"{part}-01-01", 7: f"{part}-01", 10: part}
    return whole.get(len(part))


def _last(part: str) -> str | None:
    if len(part) == 7:
        year, month = int(part[:4]), int(part[5:])
        return (date(year + month // 12, month % 12 + 1, 1) - timedelta(1)).isoformat()
    return {4: f"{part}-12-31", 10: part}.get(len(part))


def ledger(d: Dispatch) -> Row:
    """A dispatch in the shape of a hand-read ledger."""
    names = {a.id: a.name for a in d.actors}
    places = {p.span.of(d.text): f"PL.{n}" for n, p in enumerate(d.places)}
    return {
        "doc": {"id": d.id},
        "entities": [{"id": a.name, "name": a.name} for a in d.actors],
        "places": [{"id": name, "name": text} for text, name in places.items()],
        "attributions": [_attribution(c, names, d.text) for c in d.claims],
        "incidents": [
            {
                "id": i.id,
                "type": i.kind,
                "status": i.status,
                "optional": i.optional,
                "date": dict(zip(("start", "end"), days(i.date), strict=True)),
                "places": [{"place": places[p.span.of(d.text)]} for p in d.places if i.id in p.incidents],
                "mentions": [_span(t.span, d.text) for t in d.triggers if i.id in t.incidents],
            }
            for i in d.incidents
        ],
        "quantities": [
            {
                "span": _span(f.span, d.text),
                "interval": [f.low, f.high],
                "incident": f.incident,
                "kind": f.kind,
                "optional": f.optional,
            }
            for f in d.figures
        ],
        "verification": [{"span": _span(c.span, d.text), "status": c.status} for c in d.caveats],
    }


def _span(span: Span, text: str) -> Row:
    return {"start": span.start, "end": span.end, "text": span.of(text)}


def _attribution(c: Claim, names: dict[str, str], text: str) -> Row:
    def one(spans: tuple[Span, ...]) -> Row | None:
        return _span(Span(spans[0].start, spans[-1].end), text) if spans else None

    return {
        "source_entity": names.get(c.claimant or ""),
        "source": one(c.source),
        "cue": one(c.cue),
        "content": [_span(s, text) for s in c.content],
        "act": c.act,
        "stance": c.stance,
        "optional": c.optional,
    }


def main() -> None:
    """Writes the dev batches, or with ``--train`` the others."""
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("folder", type=Path)
    p.add_argument("--train", action="store_true")
    a = p.parse_args()
    (a.folder / "gold").mkdir(parents=True, exist_ok=True)
    with (a.folder / "articles.jsonl").open("w", encoding="utf-8") as out:
        for path in batches():
            for d in read(path) if is_dev(path) != a.train else ():
                (a.folder / "gold" / f"{d.id}.json").write_text(json.dumps(ledger(d)), encoding="utf-8")
                row = {
                    "id": d.id,
                    "text": d.text,
                    "published": d.published and d.published.isoformat(),
                    "outlet": d.outlet,
                }
                out.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
