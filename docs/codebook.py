"""The page of the codebook, from the tables of ``rashomon.knowledge`` and the ledger's closed sets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rashomon import words
from rashomon.knowledge.codebooks import Coded, coded, terms
from rashomon.knowledge.gazetteer import Kind as PlaceKind
from rashomon.knowledge.kinds import Kind, kinds
from rashomon.knowledge.tables import rows
from rashomon.model.incident import Relation

# Headings of the columns of terms.tsv, in the order in which a reader meets them.
COLUMNS = {
    "status": "Status of an incident: what the text commits to",
    "role": "Parts in an incident",
    "question": "Questions, and kinds of figures",
    "bound": "Bounds of a figure",
    "share": "Figures that are no totals",
    "relation": "How answers stand to each other",
    "polarity": "Polarity of an answer",
    "speech": "Speech",
    "act": "Acts: what is done by saying it",
    "stance": "Stance: the source's position to the words",
    "distance": "Distance: the reporter's position to the words",
    "verification": "Verification: what a document says of whether it could be checked",
    "precision": "Precision of a time",
    "dating": "How a day of publication is known",
    "verdict": "Verdicts of people",
}
INTRODUCTION = """# The codebook

Written by `make docs` from the tables that the program codes with; a test fails when the two differ. The same words
stand in `codebook.csv` of the [data package](exports.md). What others call a kind is our correspondence to their
published manuals (PLOVER 2.0 draft, ACLED 2024, CAMEO 1.1b3), computed and never their data."""


def page() -> str:
    """The whole page."""
    parts = [INTRODUCTION, "## Kinds of incident", *_families()]
    for column, title in COLUMNS.items():
        parts += [f"## {title}", _meanings(column)]
    parts += ["## Kinds of actor", _actors(), "## Kinds of place", _places()]
    return "\n\n".join(parts) + "\n"


def _families() -> Iterator[str]:
    found: dict[str, list[Kind]] = {}
    for kind in kinds().values():
        found.setdefault(kind.family, []).append(kind)
    for family, members in found.items():
        yield f"### {family}: {words.FAMILIES.get(family, family.lower())}"
        yield _table(("kind", "is", "PLOVER", "ACLED", "CAMEO"), (_kind(one, coded()[one.code]) for one in members))


def _kind(kind: Kind, code: Coded) -> Sequence[str]:
    plover = ", ".join(f"{code.plover}-{mode}" for mode in code.modes) or code.plover
    acled = ": ".join(filter(None, (code.acled, code.sub_event)))
    return (f"`{kind.code}`", kind.label, plover, acled, ", ".join((*code.cameo, *code.detail)))


def _meanings(column: str) -> str:
    known = [term for term in terms() if term.column == column]
    if column == "relation":
        signs = {str(relation): words.sign(relation) for relation in Relation}
        return _table(("word", "sign", "means"), ((f"`{t.code}`", f"`{signs[t.code]}`", t.words) for t in known))
    return _table(("word", "means"), ((f"`{term.code}`", term.words) for term in known))


def _actors() -> str:
    """Kinds of those who act, in others' words; those who only speak have none."""
    listed = ((f"`{r['name']}`", r["sector"], r["inter"]) for r in rows("sectors.tsv") if r["sort"] == "kind")
    return _table(("kind", "PLOVER's sector", "ACLED's INTER"), (tuple(c.strip("-") for c in row) for row in listed))


def _places() -> str:
    return ", ".join(f"`{kind}`" for kind in PlaceKind) + "."


def _table(head: Sequence[str], body: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *body]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
