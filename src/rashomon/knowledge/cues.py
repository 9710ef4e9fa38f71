"""Cue words: what is done by saying so, where the speaker stands, how far the reporter stands off."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from rashomon.knowledge.tables import rows
from rashomon.model.telling import Act, Distance, Stance


@dataclass(frozen=True, slots=True)
class Cue:
    """One row of the cue table; ``negated`` is the act when the word itself is denied, None if nothing changes."""

    words: str
    kind: str
    act: Act
    stance: Stance
    distance: Distance
    negated: Act | None


Index = Mapping[str, Sequence[tuple[tuple[str, ...], Cue]]]


@cache
def index() -> Index:
    """Every form of every cue by its first word, longest first."""
    irregular = {row["verb"]: tuple(row["forms"].split()) for row in rows("irregular.tsv")}
    found: dict[str, dict[tuple[str, ...], Cue]] = defaultdict(dict)
    for row in rows("cues.tsv"):
        cue = Cue(
            row["cue"],
            row["kind"],
            Act(row["act"]),
            Stance(row["stance"]),
            Distance(row["distance"]),
            None if row["negated"] == "-" else Act(row["negated"]),
        )
        first, *rest = row["cue"].split()
        for form in _forms(first, cue.kind, irregular):
            # A row that stands in the table as it is goes before a form made from another.
            if form == first or (form, *rest) not in found[form]:
                found[form][(form, *rest)] = cue
    return {first: sorted(forms.items(), key=lambda entry: -len(entry[0])) for first, forms in found.items()}


def cues_in(words: Sequence[str]) -> Iterator[tuple[int, int, Cue]]:
    """The cues in lower-case words as (first word, word after the last, cue): at each word the longest."""
    table = index()
    at = 0
    while at < len(words):
        for form, cue in table.get(words[at], ()):
            if tuple(words[at : at + len(form)]) == form:
                yield at, at + len(form), cue
                at += len(form) - 1
                break
        at += 1


def _forms(word: str, kind: str, irregular: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """The word and its inflected forms: of a verb all, of a noun the plural, of a phrase none."""
    yield word
    if kind == "verb":
        yield from irregular.get(word) or _regular(word)
    elif kind == "noun":
        yield word[:-1] + "ies" if word.endswith("y") and word[-2] not in "aeiou" else word + "s"


def _regular(verb: str) -> Iterator[str]:
    """Third person, participle and past of a regular verb."""
    if verb.endswith("e"):
        yield from (verb + "s", verb[:-1] + "ing", verb + "d")
    elif verb.endswith("y") and verb[-2] not in "aeiou":
        yield from (verb[:-1] + "ies", verb + "ing", verb[:-1] + "ied")
    else:
        yield verb + ("es" if verb.endswith(("s", "x", "z", "ch", "sh")) else "s")
        yield from (verb + "ing", verb + "ed")
