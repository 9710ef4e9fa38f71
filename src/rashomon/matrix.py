"""Incidents as lines for a terminal: one in a list, and one as a table of accounts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from rich.cells import cell_len
from rich.text import Text

from rashomon import words
from rashomon.ledger import Paper
from rashomon.model.document import Document, DocumentId
from rashomon.model.incident import Answer, Comparison, Evidence, Incident, Tie
from rashomon.model.text import Span
from rashomon.terminal import NAME, QUIET, TITLE, WARN, breaks, clean, short

WIDE = 100  # columns where the terminal does not say
LABEL = 20  # columns of the questions' names
NARROWEST = 24  # columns of a voice; more voices go into a table below
QUOTED = 2  # pieces of evidence in a cell; the rest are counted
LONGEST = 90  # characters of a piece of evidence
RULE = "─"

Cell = list[Text]


def listed(incident: Incident, width: int | None) -> Iterator[Text]:
    """An incident in a list: its id and title, then the days, how many tell of it, how their accounts stand."""
    yield Text.assemble((incident.id, NAME), "  ", clean(words.headline(incident)))
    voices = {voice for c in incident.comparisons for answer in c.answers for voice in answer.voices}
    told = [
        words.days(incident.earliest, incident.latest),
        incident.status.value,
        words.count(len(incident.documents), "document"),
        words.count(len(voices), "voice"),
        *(f"{words.sign(c.relation)} {words.question(c.question)}" for c in _telling(incident)),
    ]
    line = " · ".join(told)
    yield Text(f"  {line if width is None else short(line, width - 2)}", style=QUIET)


def matrix(
    incident: Incident, papers: Mapping[DocumentId, Paper], ties: Sequence[Tie], width: int | None
) -> Iterator[Text]:
    """The accounts of an incident: rows are questions, columns are voices; then its documents, and why they are one."""
    wide = min(width or WIDE, 2 * WIDE)
    yield Text(clean(words.headline(incident)), style=TITLE)
    days = words.days(incident.earliest, incident.latest)
    yield Text(f"{incident.id} · {incident.kind} · {incident.status.value} · {days}", style=QUIET)
    for participant in incident.participants:
        alleged = f" (alleged by {participant.alleged_by})" if participant.alleged_by else ""
        yield Text(clean(f"{participant.role.replace('_', ' ')}: {participant.actor}{alleged}"), style=QUIET)
    yield Text()
    voices = _voices(incident)
    many = max(1, (wide - LABEL) // (NARROWEST + 2))
    for at in range(0, len(voices), many):
        yield from _table(incident.comparisons, voices[at : at + many], wide)
        yield Text()
    yield from _documents(incident, papers)
    if ties:
        yield Text()
        yield from _reasons(ties)


def copied(document: Document, origin: DocumentId, spans: Sequence[Span], width: int | None) -> Iterator[Text]:
    """What a document is a copy of, and the stretches of it that its origin does not have."""
    yield Text(clean(f"A copy of {origin}{'; it adds' if spans else ''}"), style=TITLE)
    for span in spans:
        told = Text(clean(f"“{' '.join(span.of(document.text).split())}” [{span.start}–{span.end}]"))
        yield from _wrapped(told, width or len(told.plain))


def _telling(incident: Incident) -> list[Comparison]:
    """The questions whose accounts are more than one voice's word, those that differ first."""
    order = "#!^="
    told = [c for c in incident.comparisons if words.sign(c.relation) in order]
    return sorted(told, key=lambda c: order.index(words.sign(c.relation)))


def _voices(incident: Incident) -> list[str]:
    """Everybody who answers, those with most answers first."""
    answers = Counter(voice for c in incident.comparisons for answer in c.answers for voice in answer.voices)
    return sorted(answers, key=lambda voice: (-answers[voice], voice))


def _table(comparisons: Sequence[Comparison], voices: Sequence[str], wide: int) -> Iterator[Text]:
    """Rows of questions under the names of some voices; questions that none of them answers are left out."""
    column = max((wide - LABEL) // len(voices) - 2, 1)
    yield from _row([Text("")], [_wrapped(Text(clean(voice), style=NAME), column) for voice in voices], column)
    yield Text(RULE * (LABEL + len(voices) * (column + 2)), style=QUIET)
    for comparison in comparisons:
        cells = [_cell(comparison, voice, column) for voice in voices]
        if any(cells):
            found = words.finding(comparison.relation) + (", barely" if comparison.marginal else "")
            label = [
                *_wrapped(Text(words.question(comparison.question), style=TITLE), LABEL - 1),
                *_wrapped(Text(f"{words.sign(comparison.relation)} {found}", style=QUIET), LABEL - 1),
            ]
            yield from _row(label, cells, column)
            yield Text()


def _row(label: Cell, cells: Sequence[Cell], column: int) -> Iterator[Text]:
    """A row line by line, each cell as wide as its column."""
    for number in range(max(map(len, (label, *cells)))):
        line = Text()
        for cell, width in ((label, LABEL), *((cell, column + 2) for cell in cells)):
            part = cell[number] if number < len(cell) else Text("")
            line.append_text(part).append(" " * (width - cell_len(part.plain)))
        line.rstrip()
        yield line


def _cell(comparison: Comparison, voice: str, column: int) -> Cell:
    """What a voice answers, and the words this stands on."""
    lines: Cell = []
    for answer in comparison.answers:
        if voice not in answer.voices:
            continue
        own = [one for one in answer.claims if one.voice in (voice, None)] or list(answer.claims)
        lines += _wrapped(_said(answer), column)
        for one in own[:QUOTED]:
            lines += _wrapped(_evidence(one), column)
        if len(own) > QUOTED:
            lines.append(Text(f"and {len(own) - QUOTED} more", style=QUIET))
    return lines


def _said(answer: Answer) -> Text:
    """An answer with what is to be known of it."""
    remarks = [
        *(["denied"] if words.denied(answer) else []),
        *(["unverified"] if answer.unverified else []),
        *(["updated since"] if answer.superseded else []),
    ]
    said = Text(clean(words.answer(answer)), style=NAME)
    return said.append(f" ({', '.join(remarks)})", style=WARN) if remarks else said


def _evidence(one: Evidence) -> Text:
    told = short(" ".join(one.text.split()), LONGEST)
    day = "" if one.published is None else f", {one.published}"
    return Text(clean(f"“{told}” {one.document}{day}{_signed(one)}"), style=QUIET)


def _signed(one: Evidence) -> str:
    return f", {said}" if (said := words.reviewed(one)) else ""


def _documents(incident: Incident, papers: Mapping[DocumentId, Paper]) -> Iterator[Text]:
    """The documents that tell of it, under the keys of their tellings, and what they are copies of."""
    yield Text("Told by", style=TITLE)
    tellings: dict[str, list[str]] = defaultdict(list)
    for key in incident.tellings:
        tellings[key.rpartition("#")[0]].append(key)
    for document in incident.documents:
        paper = papers.get(document)
        parts = [] if paper is None else [str(paper.published or "no date"), paper.outlet or "no outlet"]
        if paper is not None and paper.origin != document:
            parts.append(f"copy of {paper.origin}")
        line = Text(f"  {clean(', '.join(tellings[document]) or document)}", style=NAME)
        yield line.append(clean("  " + " · ".join(parts)), style=QUIET)


def _reasons(ties: Sequence[Tie]) -> Iterator[Text]:
    """What each telling goes on from, how sure this is, and what speaks for and against it."""
    yield Text("Why these are one incident", style=TITLE)
    for tie in ties:
        yield Text(clean(f"  {tie.telling} goes on from {tie.earlier}, {tie.score:.0%} sure"), style=NAME)
        for reason in tie.reasons:
            yield Text(clean(f"    {reason.weight:+.1f}  {reason.words}"), style=QUIET)


def _wrapped(text: Text, column: int) -> Cell:
    return [text[start:end] for start, end in breaks(text.plain, column)]
