"""Units of measure and money: their words, their dimension, their factor to one base."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit by its name; ``amount * factor`` is in ``base``, the ISO 4217 code for money, empty where none is sure."""

    name: str
    kind: str
    base: str
    factor: Decimal


@cache
def units() -> dict[tuple[str, ...], Unit]:
    """Every unit by its words in lower case: ``("per", "cent")``, ``("km", "/", "h")``, ``("$",)``."""
    found: dict[tuple[str, ...], Unit] = {}
    for line in files("rashomon.knowledge").joinpath("units.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, kind, base, factor, forms = line.split("\t")
            unit = Unit(name, kind, base, Decimal(factor))
            found |= {tuple(form.split()): unit for form in forms.split("|")}
    return found


@cache
def named() -> dict[str, Unit]:
    """Every unit by its name, for comparing what is told in different ones."""
    return {unit.name: unit for unit in units().values()}
