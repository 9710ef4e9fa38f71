"""Rows of a CSV file, each understood whole or named with what is wrong with it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

from rashomon.coders.columns import COUNTED, Columns, columns
from rashomon.errors import Unreadable
from rashomon.knowledge.kinds import kinds

LARGEST = 200_000_000  # bytes of a file
NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")
ABOVE = re.compile(r"(?:>=|≥|at least|from)\s*(\S+)|(\S+?)\s*\+", re.IGNORECASE)
BETWEEN = re.compile(r"(\S+?)\s*(?:-|–|to)\s*(\S+)", re.IGNORECASE)

Interval = tuple[Decimal | None, Decimal | None]


@dataclass(frozen=True, slots=True)
class Row:
    """A row as its coder means it; degrees, days; ``cells`` are all it says, by heading, ``line`` where in the file.

    ``headings`` says under which heading each of the others stands. ``figures`` are intervals by kind of quantity,
    None: open. ``document`` is what it was coded from, if it says.
    """

    line: int
    id: str
    kind: str
    earliest: date
    latest: date
    place: str | None
    lat: float | None
    lon: float | None
    country: str | None
    perpetrator: str | None
    target: str | None
    document: str | None
    published: date | None
    figures: Mapping[str, Interval]
    cells: Mapping[str, str]
    headings: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Fault:
    """A row that cannot be understood: its line in the file, why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file of rows with the columns it is read by."""

    path: Path
    columns: Columns
    rows: tuple[Row, ...]
    faults: tuple[Fault, ...]


class _Wrong(ValueError):
    """A cell that cannot be understood."""


def rows(path: Path, mapping: Path | None = None) -> Sheet:
    """The rows of a CSV file (UTF-8, a header; comma, semicolon or tab). Raises Unreadable, columns.Unmapped.

    A row with a fault is named with its reason and the rest goes on.
    """
    text = _text(path)
    try:
        dialect: type[csv.Dialect] = csv.Sniffer().sniff(text[:4096].partition("\n")[0], delimiters=",;\t")
    except csv.Error:
        dialect = csv.excel
    table = csv.reader(io.StringIO(text), delimiter=dialect.delimiter)
    header = [heading.strip() for heading in next(table, [])]
    if len(set(header)) < len(header):
        raise Unreadable(str(path), "two columns have the same heading")
    by = columns(header, mapping)
    good: list[Row] = []
    faults: list[Fault] = []
    seen: set[str] = set()
    for line, cells in _lines(table, faults):
        if not any(cells):
            continue
        try:
            good.append(_row(line, header, cells, by, seen))
        except _Wrong as wrong:
            faults.append(Fault(line, str(wrong)))
    return Sheet(path, by, tuple(good), tuple(sorted(faults, key=lambda one: one.line)))


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST:
            raise Unreadable(str(path), f"larger than {LARGEST // 1_000_000} MB")
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable(str(path), "not UTF-8; save it as CSV UTF-8") from None
    except OSError as error:
        raise Unreadable(str(path), (error.strerror or str(error)).lower()) from None


def _lines(table: Iterator[list[str]], faults: list[Fault]) -> Iterator[tuple[int, list[str]]]:
    """Rows with the lines of the file they begin on; a row that is no CSV is a fault."""
    while True:
        line = table.line_num + 1  # type: ignore[attr-defined]
        try:
            cells = next(table)
        except StopIteration:
            return
        except csv.Error as error:
            faults.append(Fault(line, f"no CSV: {error}"))
            continue
        yield line, [cell.strip() for cell in cells]


def _row(line: int, header: list[str], cells: list[str], by: Columns, seen: set[str]) -> Row:
    if len(cells) != len(header):
        raise _Wrong(f"{len(cells)} cells where the header has {len(header)}")
    held = {heading: cell for heading, cell in zip(header, cells, strict=True) if cell}

    def cell(name: str) -> str | None:
        return held.get(by.names[name]) if name in by.names else None

    name = cell("id") or f"row {line}"
    if name in seen:
        raise _Wrong(f"another row has the id {name}")
    earliest = _day(cell("date"), by, "date")
    if earliest is None:
        raise _Wrong("no date")
    latest = _day(cell("latest"), by, "latest") or earliest
    if latest < earliest:
        raise _Wrong(f"ends on {latest}, before it begins on {earliest}")
    lat, lon = _degrees(cell("lat"), 90), _degrees(cell("lon"), 180)
    if (lat is None) != (lon is None):
        raise _Wrong("a latitude without a longitude, or the other way round")
    figures = {kind: figure for kind in COUNTED if (figure := _figure(kind, cell)) is not None}
    kind = _kind(cell("kind"), by)
    seen.add(name)
    return Row(
        *(line, name, kind, earliest, latest, cell("place"), lat, lon, cell("country")),
        *(cell("perpetrator"), cell("target"), cell("document"), _day(cell("published"), by, "published")),
        figures,
        held,
        by.names,
    )


def _kind(said: str | None, by: Columns) -> str:
    if said is None:
        raise _Wrong("no kind")
    code = by.kinds.get(said.casefold()) or said
    known = _kinds().get(code.casefold())
    if known is None:
        raise _Wrong(f"kind {said}: none of ours; say below [kinds] in a map which it is")
    return known


@cache
def _kinds() -> Mapping[str, str]:
    """Our kinds by code, by label, and families by their name."""
    codes = {kind.code.casefold(): kind.code for kind in kinds().values()}
    families = {kind.family.casefold(): kind.family for kind in kinds().values()}
    return {**families, **{kind.label.casefold(): kind.code for kind in kinds().values()}, **codes}


def _day(said: str | None, by: Columns, name: str) -> date | None:
    if said is None:
        return None
    try:
        if by.dates is not None:
            return datetime.strptime(said, by.dates).date()  # noqa: DTZ007 - a day has no zone
        return date.fromisoformat(said[:10])
    except ValueError:
        raise _Wrong(f"{name} {said}: no day as {by.dates or 'YYYY-MM-DD'}") from None


def _degrees(said: str | None, most: int) -> float | None:
    if said is None:
        return None
    try:
        found = float(said)
    except ValueError:
        raise _Wrong(f"{said}: no degrees") from None
    if not abs(found) <= most:
        raise _Wrong(f"{said}: beyond {most} degrees")
    return found


def _figure(kind: str, cell: Callable[[str], str | None]) -> Interval | None:
    """The interval that a figure's cells say: "7", "at least 7", "7+", "7-9"; or a low and a high end."""
    said, low, high = (cell(f"{kind}{end}") for end in ("", "_low", "_high"))
    if low is not None or high is not None:
        ends: Interval = _number(low or said), _number(high or said)
    elif said is None:
        return None
    elif above := ABOVE.fullmatch(said):
        ends = _number(above[1] or above[2]), None
    elif between := BETWEEN.fullmatch(said):
        ends = _number(between[1]), _number(between[2])
    else:
        ends = _number(said), _number(said)
    if ends[0] is not None and ends[1] is not None and ends[0] > ends[1]:
        raise _Wrong(f"{kind} from {ends[0]} to {ends[1]}")
    return ends


def _number(said: str | None) -> Decimal | None:
    if said is None:
        return None
    if not NUMBER.fullmatch(said):
        raise _Wrong(f"{said}: no whole number")
    return Decimal(said.replace(",", ""))
