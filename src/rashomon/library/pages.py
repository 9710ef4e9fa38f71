"""Readings and incidents as notebooks show them: an article with its marks, accounts side by side, a list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rashomon import words
from rashomon.export.tables import Cell, Table
from rashomon.library.atlas import drawn
from rashomon.library.style import apart, framed, plain, table
from rashomon.model.incident import Answer, Incident
from rashomon.model.reading import Reading
from rashomon.web.document import Note, Paged, Passage, Piece
from rashomon.web.incidents import line
from rashomon.web.matrix import Said, matrix

# The rest is counted: a notebook is for looking, tables are for reading all.
MOST_LINES, MOST_ROWS, MOST_WORDS = 50, 20, 3
LONGEST_CELL = 48  # characters
SHOWN = frozenset(("source", "cue", "content", "quantities", "times", "places", "caveats"))


def article(reading: Reading) -> str:
    """An article with its claims, figures, days and places marked, and under it who says what."""
    page = Paged(reading, (), (), {}, {}, None)
    told = reading.document
    meta = " · ".join(apart(one) for one in (told.outlet, page.day if told.published else None, told.id) if one)
    notes = [_note(note) for note in page.notes.values()]
    title = f"<h3>{apart(page.title)}</h3>" if told.title and not page.headed else ""
    said = table(["", "Who", "says", "what", "figures"], notes) if notes else "<p>Nobody is said to say anything.</p>"
    return framed(
        title,
        f'<p class="meta">{meta} · {words.count(len(reading.claims), "claim")}</p>',
        *(_passage(one) for one in page.passages),
        f"<details open><summary>Who says what</summary>{said}</details>",
    )


def accounts(incident: Incident) -> str:
    """The accounts of an incident side by side, a row a question, and in which words they were told."""
    shown = matrix(incident, {})
    head = ["Question", *(f'{apart(c.name)}<span class="small">{plain(c.carried)}</span>' for c in shown.columns)]
    rows = [
        [
            f'<span class="sign">{plain(row.sign)}</span> {plain(row.name)}'
            f'<span class="small">{plain(row.finding)}{", barely" if row.marginal else ""}</span>',
            *("".join(map(_said, cell)) or '<span class="quiet" title="not said">–</span>' for cell in row.cells),
        ]
        for row in shown.rows
    ]
    quotes = [_quoted(asked.question, one) for asked in incident.comparisons for one in asked.answers]
    return framed(
        _headline(incident),
        table(head, rows) if rows else "<p>Nobody answers a question of it.</p>",
        f"<details><summary>In which words</summary>{table(['Question', 'Answer', 'Who', 'Words'], quotes)}</details>",
    )


def listing(incidents: Sequence[Incident]) -> str:
    """Incidents as a list beside a map of them, numbered alike."""
    rows = [_listed(number, one) for number, one in enumerate(incidents[:MOST_LINES], 1)]
    more = len(incidents) - len(rows)
    return framed(
        f"<h3>{words.count(len(incidents), 'incident')}</h3>",
        drawn(incidents[:MOST_LINES]),
        table(["", "Incident", "When", "Told by", "Accounts"], rows) if rows else "",
        f'<p class="note">{more} more are not listed.</p>' if more else "",
    )


def sheet(of: Table, rows: Sequence[Sequence[Cell]]) -> str:
    """The first rows of a table."""
    body = [[_cell(cell) for cell in row] for row in rows[:MOST_ROWS]]
    more = len(rows) - len(body)
    head = [f'<span title="{plain(one.words)}">{plain(one.name)}</span>' for one in of.columns]
    return framed(
        f'<p class="meta">{plain(of.words)} {words.count(len(rows), "row")}.</p>',
        f'<div class="cells">{table(head, body)}</div>',
        f'<p class="note">{more} more rows are not shown.</p>' if more > 0 else "",
    )


def summary(title: str, facts: Mapping[str, object]) -> str:
    """A few facts about something, one a row."""
    return framed(f"<h3>{apart(title)}</h3>", table([], [[plain(name), plain(fact)] for name, fact in facts.items()]))


def _passage(passage: Passage) -> str:
    text = f'<p class="said">{"".join(map(_piece, passage.pieces))}</p>'
    if not passage.folded:
        return text
    told = f"passage describing injuries, {words.count(passage.lines, 'sentence')}"
    return f"<details><summary>{told}</summary>{text}</details>"


def _piece(piece: Piece) -> str:
    numbers = f"<sup>{','.join(map(str, piece.numbers))}</sup>" if piece.numbers else ""
    classes = " ".join(name for name in piece.classes.split() if name in SHOWN)
    if not classes:
        return numbers + plain(piece.words)
    meaning = f' title="{plain(piece.meaning)}"' if piece.meaning else ""
    return f'{numbers}<span class="{classes}"{meaning}>{plain(piece.words)}</span>'


def _note(note: Note) -> list[str]:
    flags = [one for one in (note.remark, *note.caveats) if one]
    told = apart(note.content) + (f'<span class="small">{plain("; ".join(flags))}</span>' if flags else "")
    return [f"<sup>{note.number}</sup>", apart(note.who), plain(note.act), told, "<br>".join(map(plain, note.figures))]


def _headline(incident: Incident) -> str:
    told = (
        words.kind(incident.kind),
        words.days(incident.earliest, incident.latest),
        incident.status,
        words.count(len(incident.documents), "document"),
    )
    meta = " · ".join(plain(one) for one in told)
    return (
        f"<h3>{apart(words.headline(incident))}</h3>"
        f'<p class="meta"><span class="id">{plain(incident.id)}</span> · {meta}</p>'
    )


def _said(said: Said) -> str:
    flags = [said.denied and "x denied", said.unverified and "! unverified", said.superseded and "^ updated since"]
    told = ", ".join(flag for flag in flags if flag)
    old = ' class="old"' if said.superseded else ""
    small = " · ".join(part for part in (told, said.who) if part)
    return f"<div><span{old}>{apart(said.words)}</span>" + (
        f'<span class="small">{apart(small)}</span></div>' if small else "</div>"
    )


def _quoted(question: str, answer: Answer) -> list[str]:
    quotes = [
        f'“{apart(one.text)}” <span class="small">{apart(one.document)} {one.span.start}–{one.span.end}</span>'
        for one in answer.claims[:MOST_WORDS]
    ]
    more = len(answer.claims) - len(quotes)
    quotes += [f'<span class="small">and {more} more</span>'] if more else []
    return [
        plain(words.question(question)),
        apart(words.answer(answer)),
        apart(", ".join(answer.voices)),
        "".join(quotes),
    ]


def _listed(number: int, incident: Incident) -> list[str]:
    shown = line(incident)
    found = "<br>".join(_findings(incident))
    told = f"{words.count(len(incident.documents), 'document')}, {words.count(shown.voices, 'voice')}"
    title = f'{apart(words.headline(incident))}<span class="small id">{plain(incident.id)}</span>'
    return [
        f'<span class="n">{number}</span>',
        title,
        plain(words.days(incident.earliest, incident.latest)),
        told,
        found,
    ]


def _findings(incident: Incident) -> Iterator[str]:
    for finding in line(incident).findings:
        sign = f'<span class="sign">{plain(finding.sign)}</span>'
        yield f"{sign} {plain(finding.question)}{f': {apart(finding.answer)}' if finding.answer else ''}"


def _cell(cell: Cell) -> str:
    told = "" if cell is None else f"{cell:g}" if isinstance(cell, float) else str(cell)
    return apart(told if len(told) <= LONGEST_CELL else f"{told[: LONGEST_CELL - 1]}…")
