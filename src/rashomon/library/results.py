"""What the library gives back: the records of the model, which tables and notebooks can show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Self, overload

from rashomon.errors import RashomonError
from rashomon.export import Holdings, tables
from rashomon.library import pages
from rashomon.library.shelf import Shelf
from rashomon.model import codec, incident, reading

if TYPE_CHECKING:
    import pandas
    import pyarrow


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of the ledger: ``definition`` names their columns and says what each holds.

    Cells are text, numbers, dates, truth values or None; lists and records are JSON text.
    """

    definition: tables.Table
    rows: tuple[tuple[tables.Cell, ...], ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(column.name for column in self.definition.columns)

    def __len__(self) -> int:
        return len(self.rows)

    def to_pandas(self) -> pandas.DataFrame:
        """The rows as a data frame. Raises RashomonError, with what to install, if pandas is not there."""
        frame: pandas.DataFrame = _optional("rashomon.library.frames", "to_pandas").frame(self.definition, self.rows)
        return frame

    def to_arrow(self) -> pyarrow.Table:
        """The rows as an Arrow table. Raises RashomonError, with what to install, if pyarrow is not there."""
        return _optional("rashomon.export.parquet", "to_arrow").filled(self.definition, self.rows)

    def _repr_html_(self) -> str:
        return pages.sheet(self.definition, self.rows)


@dataclass(frozen=True, slots=True)
class Reading(reading.Reading):
    """Everything read in one document: its claims, figures, days, places, actors and the incidents it tells of.

    Offsets are code points into ``document.text``, half-open. In a notebook it shows the article with its marks.
    """

    @classmethod
    def of(cls, one: reading.Reading) -> Self:
        """The same reading, to be shown."""
        return cls(*(getattr(one, field.name) for field in fields(one)))

    def table(self) -> Table:
        """One row a claim."""
        return filled(tables.CLAIMS, Shelf((self,)))

    def to_pandas(self) -> pandas.DataFrame:
        """One row a claim; as ``Table.to_pandas``."""
        return self.table().to_pandas()

    def to_arrow(self) -> pyarrow.Table:
        """One row a claim; as ``Table.to_arrow``."""
        return self.table().to_arrow()

    def to_json(self) -> str:
        """As `rashomon read --json` prints it."""
        return codec.to_json(self).decode()

    def _repr_html_(self) -> str:
        return pages.article(self)


@dataclass(frozen=True, slots=True)
class Incident(incident.Incident):
    """A happening as all documents together tell of it. In a notebook it shows the accounts side by side."""

    @classmethod
    def of(cls, one: incident.Incident) -> Self:
        """The same incident, to be shown."""
        return cls(*(getattr(one, field.name) for field in fields(one)))

    def table(self) -> Table:
        """One row an answer to a question."""
        return filled(tables.ANSWERS, Shelf((), (self,)))

    def to_pandas(self) -> pandas.DataFrame:
        """One row an answer; as ``Table.to_pandas``."""
        return self.table().to_pandas()

    def to_arrow(self) -> pyarrow.Table:
        """One row an answer; as ``Table.to_arrow``."""
        return self.table().to_arrow()

    def to_json(self) -> str:
        """As `rashomon export json` writes it."""
        return codec.to_json(self).decode()

    def _repr_html_(self) -> str:
        return pages.accounts(self)


@dataclass(frozen=True, slots=True)
class Incidents(Sequence[Incident]):
    """Incidents in an order. In a notebook they show as a map and a list, numbered alike from 1."""

    found: tuple[Incident, ...]

    @classmethod
    def of(cls, several: Iterable[incident.Incident]) -> Self:
        """The same incidents, to be shown."""
        return cls(tuple(map(Incident.of, several)))

    def __len__(self) -> int:
        return len(self.found)

    def __iter__(self) -> Iterator[Incident]:
        return iter(self.found)

    @overload
    def __getitem__(self, at: int) -> Incident: ...

    @overload
    def __getitem__(self, at: slice) -> Incidents: ...

    def __getitem__(self, at: int | slice) -> Incident | Incidents:
        return Incidents(self.found[at]) if isinstance(at, slice) else self.found[at]

    def table(self) -> Table:
        """One row an incident."""
        return filled(tables.INCIDENTS, Shelf((), self.found))

    def to_pandas(self) -> pandas.DataFrame:
        """One row an incident; as ``Table.to_pandas``."""
        return self.table().to_pandas()

    def to_arrow(self) -> pyarrow.Table:
        """One row an incident; as ``Table.to_arrow``."""
        return self.table().to_arrow()

    def _repr_html_(self) -> str:
        return pages.listing(self.found)


def filled(definition: tables.Table, holdings: Holdings) -> Table:
    """A table of what is held."""
    return Table(definition, tuple(definition.rows(holdings)))


def _optional(module: str, asked: str) -> ModuleType:
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        extra = {"pandas": "pandas", "pyarrow": "tables"}.get(error.name or "", "")
        raise RashomonError(f"{asked} needs {error.name}: pip install 'rashomon[{extra}]'") from error
