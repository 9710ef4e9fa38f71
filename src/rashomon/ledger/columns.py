"""Types that mean the same in every database, which SQLAlchemy's own of these names do not; and lists as one value."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ARRAY, BindParameter, ColumnElement, Dialect, TypeDecorator, bindparam
from sqlalchemy import BigInteger as _BigInteger
from sqlalchemy import Double as _Double
from sqlalchemy import Integer as _Integer
from sqlalchemy import Text as _Text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import REAL as _REAL
from sqlalchemy.types import TypeEngine

from rashomon.model import codec

# Sorted and compared by code point, as SQLite and Python do; PostgreSQL would go by the language of the server.
Text = _Text().with_variant(_Text(collation="C"), "postgresql")
# SQLite's are 64 bits wide, PostgreSQL's INTEGER and REAL 32.
Integer = _Integer().with_variant(_BigInteger(), "postgresql")
Real: _REAL[float] = _REAL().with_variant(_Double(), "postgresql")


class _Apart(ColumnElement[Sequence[object]]):
    """What takes a parameter of many values apart, in brackets, for ``IN`` to stand before."""

    inherit_cache = False

    def __init__(self, many: BindParameter[Sequence[object]]) -> None:
        self.many = many
        self.type = many.type


@compiles(_Apart, "sqlite")
def _of_json(element: _Apart, compiler: SQLCompiler, **_: object) -> str:
    return f"(SELECT value FROM json_each({compiler.process(element.many, skip_bind_expression=True)}))"


@compiles(_Apart, "postgresql")
def _of_array(element: _Apart, compiler: SQLCompiler, **_: object) -> str:
    return f"(SELECT unnest({compiler.process(element.many, skip_bind_expression=True)}))"


class _Many(TypeDecorator[Sequence[object]]):
    """Many values as one parameter: JSON for SQLite, which has no arrays."""

    impl = _Text
    cache_ok = True

    def __init__(self, of: _BigInteger | _Text) -> None:
        super().__init__()
        self.of = of

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """An array where there are arrays."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(ARRAY(self.of))
        return dialect.type_descriptor(_Text())

    def process_bind_param(self, value: Sequence[object] | None, dialect: Dialect) -> object:
        """What the driver is given."""
        return list(value or ()) if dialect.name == "postgresql" else codec.to_json(list(value or ())).decode()

    def bind_expression(self, bindvalue: BindParameter[Sequence[object]]) -> ColumnElement[Sequence[object]]:
        """What stands in the statement."""
        return _Apart(bindvalue)


def numbers(name: str) -> BindParameter[Sequence[object]]:
    """A parameter of many whole numbers, for ``IN :name``: the statement is written and prepared only once."""
    return bindparam(name, type_=_Many(_BigInteger()))


def strings(name: str) -> BindParameter[Sequence[object]]:
    """A parameter of many strings, as ``numbers``."""
    return bindparam(name, type_=_Many(_Text()))
