"""Checks the dispatches against the rules of the mark-up: ``python -m dispatches.lint [FILE…]`` from training/.

Prints one line a fault and exits 1 if there are any; ``--notes`` adds words worth a second look.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from dispatches import codebook, figures, times
from dispatches.markup import Dispatch, MarkupError, batches, read
from rashomon.model.telling import Act, Stance
from rashomon.model.text import Span

Check = Callable[[Dispatch], Iterator[str]]

QUOTES = '"“”'
# Articles before a trigger and auxiliaries before a cue stay outside; a negated cue ("would not say") is whole.
LOOSE = {"trigger": r"(a|an|the) ", "cue": r"(has|have|had|is|was|were|which|who|to) ", "source": r"(by|to) "}
# Words that name a happening on their own; a dispatch that uses one unmarked is worth a second look.
HAPPENINGS = re.compile(
    r"\b(attack|strike|raid|ambush|blast|explosion|bombing|shelling|clash|assault|kidnap|abduct|protest|arrest|"
    r"ceasefire|truce|talks|coup|curfew|massacre|offensive|siege|derail|crash|collapse|resign|sanction|withdr)\w*",
    re.IGNORECASE,
)
SAYINGS = re.compile(
    r"\b(said|says|told|according to|claims?|claimed|denie[sd]|announced?|reported|accuse[sd]?|blame[sd]?|added|insist\w*|"
    r"confirm\w*|warn\w*|alleg\w*|admit\w*|reject\w*|acknowledged?|quot\w+|citing|called|puts?|estimat\w*|vow\w*)\b",
    re.IGNORECASE,
)
COUNTED = re.compile(r"\d[\d,.]*|\b(" + "|".join(figures.NUMBERS) + r")\b", re.IGNORECASE)
BOUND_BEFORE = re.compile(
    r"\b(at least|more than|less than|fewer than|nearly|almost|about|around|some|up to|between) $", re.IGNORECASE
)
QUOTED = re.compile(r"“[^“”]*”|\"[^\"\n]*\"")
LENGTHS = range(35, 320)


def header(d: Dispatch) -> Iterator[str]:
    """Style, length and names of the dispatch itself."""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*-\d{3}", d.id):
        yield f"id {d.id!r} is not of the form theme-001"
    if d.style not in codebook.STYLES:
        yield f"style {d.style!r}"
    if not (d.outlet and d.title):
        yield "no outlet or no title"
    if len(d.text.split()) not in LENGTHS:
        yield f"{len(d.text.split())} words"
    if "  " in d.text:
        yield "two spaces in a row"


def declared(d: Dispatch) -> Iterator[str]:
    """Every id declared once and used, every id used declared."""
    ids = [x.id for group in (d.actors, d.incidents, d.claims) for x in group] + [f.id for f in d.figures if f.id]
    yield from (f"{i} declared {n} times" for i, n in Counter(ids).items() if n > 1)
    incidents = {i.id for i in d.incidents}
    groups = [m.incidents for m in d.triggers] + [m.incidents for m in d.roles]
    groups += [m.incidents for m in d.times] + [m.incidents for m in d.places]
    used = {i for group in groups for i in group} | {f.incident for f in d.figures if f.incident}
    yield from (f"incident {i} not declared" for i in sorted(used - incidents))
    told = {i for t in d.triggers for i in t.incidents}
    yield from (f"incident {i} has no trigger" for i in sorted(incidents - told))
    actors = {a.id for a in d.actors}
    meant = {r.actor for r in d.roles} | {c.claimant for c in d.claims} | {n.actor for n in d.named}
    meant |= {r.by for r in d.roles if r.by not in {"-", "narrator"}}
    meant.discard(None)
    yield from (f"actor {a} not declared" for a in sorted(str(a) for a in meant - actors))
    yield from (f"actor {a} not used" for a in sorted(actors - {str(a) for a in meant}))
    reached = {i for c in d.caveats for i in c.applies_to}
    yield from (f"caveat reaches {i}, not declared" for i in sorted(reached - set(ids)))
    figure_ids = {f.id for f in d.figures if f.id}
    ties = {t for f in d.figures for t in (f.subset_of, f.increment_of, f.supersedes) if t}
    yield from (f"figure {t} not declared" for t in sorted(ties - figure_ids))


def known(d: Dispatch) -> Iterator[str]:
    """Only words of the codebook."""
    yield from (f"kind of incident {i.kind!r}" for i in d.incidents if i.kind not in codebook.KINDS)
    yield from (f"kind of actor {a.kind!r}" for a in d.actors if a.kind not in codebook.ACTORS)
    yield from (f"kind of figure {f.kind!r}" for f in d.figures if f.kind not in codebook.FIGURES)
    yield from (f"role {r.role!r}" for r in d.roles if r.role not in codebook.ROLES)
    yield from (f"role of a place {p.role!r}" for p in d.places if p.role not in codebook.PLACE_ROLES)
    yield from (f"part of {i.part_of}, not declared" for i in d.incidents if i.part_of and i.part_of not in _ids(d))
    for r in d.roles:
        if (r.role in codebook.ALLEGED) != (r.by is not None):
            yield f"by= goes with {sorted(codebook.ALLEGED)} and nothing else: {r.span.of(d.text)!r}"


def _ids(d: Dispatch) -> set[str]:
    return {i.id for i in d.incidents}


def _spans(d: Dispatch) -> Iterator[tuple[str, Span]]:
    """Every marked span with the name of its mark."""
    for c in d.claims:
        yield from (("source", s) for s in c.source)
        yield from (("cue", s) for s in c.cue)
        yield from (("content", s) for s in c.content)
    yield from (("trigger", t.span) for t in d.triggers)
    yield from (("role", r.span) for r in d.roles)
    yield from (("figure", f.span) for f in d.figures)
    yield from (("time", t.span) for t in d.times)
    yield from (("place", p.span) for p in d.places)
    yield from (("caveat", v.span) for v in d.caveats)
    yield from (("actor", n.span) for n in d.named)


def trimmed(d: Dispatch) -> Iterator[str]:
    """No span is empty, ends in space, or takes in the mark that follows it; words are not cut."""
    for name, span in _spans(d):
        words = span.of(d.text)
        if not words or words != words.strip():
            yield f"{name} {words!r} is empty or begins or ends in space"
        elif name not in ("content", "caveat") and (words[-1] in ",;:" or _lone_quote(words)):
            yield f"{name} {words!r} takes in a mark"
        elif LOOSE.get(name) and re.match(LOOSE[name], words, re.IGNORECASE):
            yield f"{name} {words!r} begins with a word that stays outside"
        elif words[-1].isalnum() and d.text[span.end : span.end + 1].isdigit():
            yield f"{name} {words!r} is cut"


def _lone_quote(words: str) -> bool:
    """Whether a quotation mark at the end has no partner in the words."""
    return words[-1] in QUOTES and sum(words.count(mark) for mark in QUOTES) % 2 == 1


def claims(d: Dispatch) -> Iterator[str]:
    """Spans of claims: content whole, with its quotation marks, without "that"; nothing in two parts of one claim."""
    for c in d.claims:
        where = f"claim {c.id}"
        if not c.content:
            yield f"{where} has no content"
        for span in c.content:
            words = span.of(d.text)
            if re.match(r"that\b(?! (night|day|morning|evening|town|village|account|the))", words):
                yield f"{where}: content begins with 'that': {words[:40]!r}"
            before, after = d.text[max(0, span.start - 1) : span.start], d.text[span.end : span.end + 1]
            if before == "“" or after == "”" or '"' in (before, after):
                yield f"{where}: a quotation mark beside the content {words[:40]!r} belongs into it"
        for span in c.cue:
            if re.search(r"\w{3}ly\b", span.of(d.text)) and span.of(d.text).lower() not in (
                "reportedly",
                "allegedly",
                "reply",
            ):
                yield f"{where}: an adverb in the cue {span.of(d.text)!r}"
        if not c.cue and not any(s.of(d.text)[0] in QUOTES for s in c.content) and not c.source:
            yield f"{where} has neither source nor cue, and is no quotation"
        parts = [*c.source, *c.cue, *c.content]
        if any(a.overlaps(b) for i, a in enumerate(parts) for b in parts[i + 1 :]):
            yield f"{where}: source, cue and content overlap"
        if (c.act is Act.DENY) != (c.stance is Stance.DENY) and c.stance is Stance.DENY and c.act is not Act.REJECT:
            yield f"{where}: stance deny goes with act deny or reject"


def covered(d: Dispatch) -> Iterator[str]:
    """Every digit and number word, weekday and month stands in a figure, a time, or is marked as a decoy."""
    marks = [f.span for f in d.figures] + [t.span for t in d.times] + list(d.decoys)
    for pattern, what in ((COUNTED, "number"), (times.CALENDAR, "day or month")):
        for found in pattern.finditer(d.text):
            if not any(m.start <= found.start() < m.end for m in marks):
                around = d.text[max(0, found.start() - 20) : found.end() + 15]
                yield f"{what} {found.group()!r} is not marked: …{around!r}"


def figure_words(d: Dispatch) -> Iterator[str]:
    """Figures whose interval, bound and value fit their words."""
    for f in d.figures:
        before = BOUND_BEFORE.search(d.text, max(0, f.span.start - 20), f.span.start)
        if before:
            yield f"figure {f.span.of(d.text)!r}: {before.group()!r} belongs into it"
        yield from (f"figure {f.span.of(d.text)!r}: {fault}" for fault in figures.faults(f, f.span.of(d.text)))


def time_words(d: Dispatch) -> Iterator[str]:
    """Dates valid, of their precision, and fitting their words and the day of publication."""
    for i in d.incidents:
        if i.date is not None and times.days(i.date) is None:
            yield f"incident {i.id}: {i.date!r} is no EDTF date"
    quoted = [s for c in d.claims for s in c.content if s.of(d.text)[:1] in ("“", '"')]
    for t in d.times:
        words = t.span.of(d.text)
        # "Tonight" in a quotation is the night it was said, not the night it was printed.
        anchor = None if any(s.holds(t.span) for s in quoted) else d.published
        yield from (f"time {words!r}: {fault}" for fault in times.faults(t.value, t.precision, words, anchor))


def agreeing(d: Dispatch) -> Iterator[str]:
    """Check that a time tied to an incident agrees with the date declared for it."""
    dated = {i.id: i.date for i in d.incidents}
    for t in d.times:
        for i in t.incidents:
            mine, told = times.days(t.value or ""), times.days(dated.get(i) or "")
            if mine and told and (mine[0] > told[1] or told[0] > mine[1]):
                yield f"time {t.span.of(d.text)!r} is {t.value}, its incident {i} {dated[i]}"


CHECKS: tuple[Check, ...] = (
    header,
    declared,
    known,
    trimmed,
    claims,
    covered,
    figure_words,
    time_words,
    agreeing,
)


def faults(d: Dispatch) -> Iterator[str]:
    """Every fault of one dispatch, a sentence each."""
    for check in CHECKS:
        yield from check(d)


def notes(d: Dispatch) -> Iterator[str]:
    """Words that often name a happening or a saying, and longer quotations, that stand unmarked."""
    marks = [t.span for t in d.triggers] + [r.span for r in d.roles] + [f.span for f in d.figures] + list(d.decoys)
    for found in HAPPENINGS.finditer(d.text):
        if not any(m.start <= found.start() < m.end for m in marks):
            yield f"{found.group()!r} is not marked: …{d.text[max(0, found.start() - 30) : found.end() + 20]!r}"
    cues = [s for c in d.claims for s in c.cue] + marks + [v.span for v in d.caveats]
    for found in SAYINGS.finditer(d.text):
        if not any(m.start <= found.start() < m.end for m in cues):
            yield f"{found.group()!r} is no cue: …{d.text[max(0, found.start() - 30) : found.end() + 20]!r}"
    said = [span for c in d.claims for span in c.content]
    for found in QUOTED.finditer(d.text):
        if len(found.group().split()) > 4 and not any(s.start < found.end() and found.start() < s.end for s in said):
            yield f"a quotation is in no claim: {found.group()[:60]!r}"


def repeated(read_so_far: Iterable[Dispatch]) -> Iterator[str]:
    """Ids and texts that stand twice in the corpus."""
    all_of_them = list(read_so_far)
    yield from (f"id {i} stands {n} times" for i, n in Counter(d.id for d in all_of_them).items() if n > 1)
    yield from (
        f"a text stands {n} times: {t[:40]!r}" for t, n in Counter(d.text for d in all_of_them).items() if n > 1
    )


def main(argv: list[str] | None = None) -> int:
    """Lint the files named, or all; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--notes", action="store_true", help="also print event words that stand unmarked")
    args = parser.parse_args(argv)
    seen: list[Dispatch] = []
    found: list[str] = []
    for path in args.files or batches():
        try:
            batch = read(path)
        except MarkupError as error:
            found.append(str(error))
            continue
        seen += batch
        found += [f"{path.name} {d.id}: {fault}" for d in batch for fault in faults(d)]
        if args.notes:
            sys.stdout.writelines(f"note {path.name} {d.id}: {note}\n" for d in batch for note in notes(d))
    found += list(repeated(seen))
    sys.stdout.writelines(f"{line}\n" for line in found)
    sys.stderr.write(f"{len(seen)} dispatches, {len(found)} faults\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
