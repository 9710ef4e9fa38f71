"""Every counted or measured thing of a document, as an interval with its words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rashomon.coding.bounds import Bounded, bounded, interval
from rashomon.coding.counted import Counted, Marks, counted, currency_before, listed
from rashomon.coding.figures import Figure, Sort, figures
from rashomon.coding.numbers import CHANGES
from rashomon.coding.outcomes import AGENT, Sentence, governing, marked, suffered, toll
from rashomon.coding.quantity_kinds import DAMAGE, MEASURES, OUTCOMES, UNTOLD, default_kind, kind_of
from rashomon.coding.shares import share
from rashomon.coding.words import DASHES, Word, words_in
from rashomon.model.document import Document
from rashomon.model.telling import Bound, Quantity, QuantityId
from rashomon.model.text import Span

BREAK = re.compile(r"\s*\n\s*|(?<=[.?!…])[\"”’')\]]*\s+(?=[\"“‘'(\[]*[A-Z0-9])")
# A full stop after these, or after one capital, ends no sentence.
ABBREVIATED = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|St|Gen|Lt|Col|Sgt|Maj|Capt|No|Rs|approx|Jan|Feb|Aug|Sept|Oct|Nov|Dec)|\b[A-Z])\.$"
)


@dataclass(frozen=True, slots=True)
class _Item:
    """A figure of a sentence with its bound and what it counts; words ``first`` to ``last`` (exclusive)."""

    figure: Figure
    bounds: Bounded
    thing: Counted

    @property
    def first(self) -> int:
        return self.bounds.first

    @property
    def last(self) -> int:
        return max(self.bounds.last, self.thing.last)


def quantities(
    document: Document, parts: Sequence[Span] | None = None, times: Sequence[Span] = ()
) -> tuple[Quantity, ...]:
    """Every figure in the given parts of a document, in order; words inside ``times`` are dates and no figures.

    ``claim`` and ``incident`` are left None: they are set where claims and tellings are known.
    """
    found: list[Quantity] = []
    for part in parts if parts is not None else (Span(0, len(document.text)),):
        for sentence in _sentences(document.text, part):
            found.extend(_in_sentence(document.text, sentence, times))
    return tuple(replace(quantity, id=QuantityId(f"q{n}")) for n, quantity in enumerate(found, start=1))


def _sentences(text: str, part: Span) -> Iterator[Span]:
    """The sentences of a part, good enough to keep figures and their verbs together."""
    start = part.start
    for found in BREAK.finditer(text, part.start, part.end):
        if _runs_on(text, part, found.start(), found.end()):
            continue
        if "\n" not in found.group() and ABBREVIATED.search(text, max(start, found.start() - 8), found.start()):
            continue
        yield Span(start, found.start())
        start = found.end()
    if start < part.end:
        yield Span(start, part.end)


def _runs_on(text: str, part: Span, start: int, end: int) -> bool:
    """Whether a single line end only wraps: a small letter follows, or capitals follow capitals."""
    if text[start:end] != "\n" or end >= part.end or text[start - 1 : start] in (".", "?", "!"):
        return False
    if text[end].islower():
        return True
    line = text[text.rfind("\n", 0, start) + 1 : start]
    stop = text.find("\n", end, part.end)
    following = text[end : part.end if stop < 0 else stop]
    return line.isupper() and following.isupper()


def _in_sentence(text: str, span: Span, times: Sequence[Span]) -> Iterator[Quantity]:
    words = words_in(text, span)
    marks = marked(words)
    items = [item for item in _items(words, marks) if not _dated(words, item, times)]
    sentence = _bound_up(words, marks, items)
    before: str | None = None
    for item in items:
        kind = _kind(sentence, item, before)
        if kind is not None:
            before = kind if kind not in UNTOLD else before
            yield _quantity(words, item, kind)


def _dated(words: Sequence[Word], item: _Item, times: Sequence[Span]) -> bool:
    """Whether a figure's number stands in the words of a date."""
    number = item.figure.number
    last = max(number.last, number.first + 1)
    span = Span(words[number.first].start, words[last - 1].end)
    return any(span.overlaps(time) for time in times)


def _items(words: Sequence[Word], marks: Marks) -> list[_Item]:
    """The figures of a sentence with what they count, none inside another."""
    items: list[_Item] = []
    for figure in figures(words, marks):
        if items and figure.number.first < items[-1].last:
            continue
        currency = currency_before(words, figure.number.first)
        bounds = bounded(words, figure.number, currency[0] if currency else figure.number.first)
        thing = counted(words, figure.number, bounds.last, marks)
        item = _Item(figure, bounds, thing)
        if figure.sort is Sort.SINGLE and not _is_single(words, item):
            continue
        if items and _spans_range(words, items[-1], item):
            item = _range(items.pop(), item)
        items.append(item)
    return items


def _spans_range(words: Sequence[Word], low: _Item, high: _Item) -> bool:
    """Whether two measures in one unit are the ends of a range: "5% to 10%", "between 4 km and 6 km"."""
    a, b = low.figure.number.value, high.figure.number.value
    if low.thing.unit is None or low.thing.unit != high.thing.unit or a is None or b is None or a >= b:
        return False
    before = words[low.first - 1].low if low.first else ""
    if high.first - low.last != 1 or low.thing.sort is not None or before in CHANGES:
        return False
    join = words[low.last].low
    return join == "to" or join in DASHES or (join == "and" and before == "between")


def _range(low: _Item, high: _Item) -> _Item:
    """The range two measures span."""
    a, b = low.figure.number, high.figure.number
    number = replace(b, first=a.first, value=None, low=a.low, high=b.high)
    return _Item(replace(high.figure, number=number), Bounded(low.first, high.bounds.last, Bound.RANGE), high.thing)


def _is_single(words: Sequence[Word], item: _Item) -> bool:
    """Whether an article stands before one listed thing: "a woman", no plural, no unit, no "Syrian town"."""
    noun = listed(words[item.thing.last - 1]) if item.thing.sort and item.thing.whole else None
    if noun is None or noun.plural or noun.sort not in SINGLES or noun.lemma in MASSES:
        return False
    return not any(word.form[0].isdigit() for word in words[item.first : item.last])


SINGLES = frozenset(("person", "force", "protester", "equipment", "weapon", "vehicle"))
# Singulars that are no single person.
MASSES = frozenset("life soul figure staff crew national local police militia force battalion brigade division".split())


def _bound_up(words: Sequence[Word], marks: Marks, items: Sequence[_Item]) -> Sentence:
    """A sentence with its figures, for finding what governs them."""
    ending = {at + len(mark.words) - 1: mark for at, mark in enumerate(marks) if mark is not None}
    starts = {item.first: item.last for item in items}
    return Sentence(words, marks, ending, starts, {last: first for first, last in starts.items()})


def _kind(sentence: Sentence, item: _Item, before: str | None) -> str | None:
    """The kind of a figure; None for a vague or single one that tells of nothing we count."""
    thing = item.thing
    if item.figure.age:
        return "age"
    if thing.kind == "calibre":
        return None
    if thing.kind == "money":
        return "damage_cost" if _is_damage(sentence, item) else "money"
    if thing.kind is not None:
        return thing.kind if item.bounds.bound is not Bound.VAGUE or thing.kind in ("duration", "distance") else None
    if item.figure.number.part:
        return "fraction"
    if item.figure.sort is Sort.NONE and thing.sort is None:
        return kind_of(suffered(sentence, item.last), None)
    event = _event(sentence, item)
    if event == "remains" and any(mark is not None and mark.event in HANDING for mark in sentence.starting):
        return "bodies_returned"
    kind = kind_of(event, thing.sort)
    if kind is None and thing.inherits:
        kind = before
    return _admitted(item, kind, event)


def _is_damage(sentence: Sentence, item: _Item) -> bool:
    """Whether a sum is what was lost: "$20 million in damage", "destroyed $7 billion worth of"."""
    near = {word.low for word in sentence.words[max(0, item.first - 5) : item.last + 5]}
    return bool(near & DAMAGE or LOSING & set(governing(sentence, item.first, item.last)))


def _event(sentence: Sentence, item: _Item) -> str | None:
    """The likeliest event that says anything of such things; an adjective, then a toll, where no verb does."""
    thing = item.thing
    said = [event for event in governing(sentence, item.first, item.last) if kind_of(event, thing.sort) is not None]
    if said and said[0] != AGENT:
        return said[0]
    counted_dead = toll(sentence, item.first) if thing.sort in (None, "person", "dead") else None
    return thing.event or counted_dead or (said[0] if said else None)


def _admitted(item: _Item, kind: str | None, event: str | None) -> str | None:
    """A kind, if the way the figure is written can carry it."""
    sort = item.figure.sort
    if sort is Sort.NUMBER:
        return kind or default_kind(None if item.figure.number.value == 1 else item.thing.sort)
    told = kind if event is not None or item.thing.sort in OUTCOMES else None
    if sort is Sort.SINGLE:
        return told if told in ONE_BY_ONE else None
    if sort is Sort.NONE and item.thing.sort == "":
        return None
    if item.figure.weak and told == "participants":
        return None
    weak = sort is not Sort.VAGUE or item.figure.weak or item.thing.sort is None
    return told or (None if weak else "count_other")


LOSING = frozenset(("destroy", "damage", "lose"))
# "The bodies of 12 soldiers" are the dead, and where any of these is said, what was given back.
HANDING = frozenset(("return", "release"))
ONE_BY_ONE = frozenset(("killed", "injured", "equipment_destroyed", "captured"))


def _quantity(words: Sequence[Word], item: _Item, kind: str) -> Quantity:
    number, bound = item.figure.number, item.bounds.bound
    low, high = interval(number, bound, whole=kind not in MEASURES)
    unit = item.thing.unit
    if item.thing.sort in OUTCOMES or (unit is None and kind not in MEASURES and kind != "count_other"):
        unit = "person"
    span = Span(words[item.first].start, words[item.last - 1].end)
    stands = None if kind in MEASURES else share(words, item.first, item.last, inherits=item.thing.inherits)
    unit = "year" if kind == "age" and unit is None else unit
    return Quantity(QuantityId(""), span, kind, number.value, low, high, bound, unit, share=stands)
