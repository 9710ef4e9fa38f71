"""Nouns of office around a name: "the <spokesman> Osman", "<Maj. Gen.> Osman", "Osman, the <governor> of Gedaref"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rashomon.coding.capitals import FORMER, Token
from rashomon.knowledge.actors import heads


def last_office(words: Sequence[Token], start: int, end: int) -> int | None:
    """Where the last noun of office in a stretch ends."""
    for index in range(end - 1, start - 1, -1):
        for length in (3, 2, 1):
            first = index + 1 - length
            if first >= start:
                head = heads().get(" ".join(token.low for token in words[first : index + 1]))
                if head is not None and head.sort in ("office", "title"):
                    return index
    return None


def titles_before(words: Sequence[Token], start: int) -> tuple[str, ...]:
    """The lower-case noun just before a name, if it names an office or a single person: "spokesman", "activist"."""
    if start == 0 or words[start - 1].end + 2 < words[start].start:
        return ()
    for length in (2, 1):
        if start >= length:
            noun = " ".join(token.low for token in words[start - length : start])
            head = heads().get(noun)
            if head is not None and (head.sort in ("office", "title") or (head.sort == "people" and not many(noun))):
                former = start > length and words[start - length - 1].low in FORMER
                return ("ex-" + noun,) if former else (noun,)
    return ()


def titles_after(words: Sequence[Token], end: int) -> tuple[str, ...]:
    """The nouns of office of an apposition: "Osman, <the military chief> of the province,"."""
    if end + 1 >= len(words) or words[end].form not in (",", "("):
        return ()
    start = end + 1
    opening = words[start].low
    if opening == "who" and start + 1 < len(words) and words[start + 1].low in ("is", "was", "heads", "leads"):
        start += 2
    elif opening not in ("the", "a", "an", "its", "his", "their", "head", "chief") and opening not in heads():
        return ()
    last = start
    while (
        last < len(words)
        and last - start < 9
        and words[last].form not in (",", ")", ".", ";")
        and not words[last].broken
    ):
        last += 1
    found = (heads().get(low) for low in grams(words, start, last))
    return tuple(
        dict.fromkeys(
            head.noun
            for head in found
            if head is not None and (head.sort == "office" or (head.sort == "people" and not many(head.noun)))
        )
    )


def many(noun: str) -> bool:
    """Whether a noun of people speaks of several."""
    return noun.endswith(("s", "men", "women", "people", "children"))


def offices_in(words: Sequence[Token], start: int, end: int) -> tuple[str, ...]:
    """The nouns of office and courtesy in a stretch of words."""
    found = (heads().get(low) for low in grams(words, start, end))
    return tuple(dict.fromkeys(head.noun for head in found if head is not None and head.sort in ("office", "title")))


def grams(words: Sequence[Token], start: int, end: int) -> Iterator[str]:
    """Every one, two and three words in a row of a stretch."""
    for index in range(start, end):
        for length in (3, 2, 1):
            if index + length <= end:
                yield " ".join(token.low for token in words[index : index + length])


def kind_of(titles: Sequence[str]) -> str:
    """A person's kind by office: an organ of state, a force, a spokesperson; "person" if no title tells."""
    found = [heads()[title] for title in titles if title in heads() and heads()[title].sort != "title"]
    # "A senior member", "an ally": that says nothing of the office.
    return next((head.kind for head in found if head.kind != "anonymous_collective"), "person")


def gender_of(titles: Sequence[str]) -> str | None:
    """The gender that titles tell, ``m`` or ``f``, or None."""
    return next((heads()[title].gender for title in titles if title in heads() and heads()[title].gender), None)
