"""Actors: everybody a document names or quotes, each once, and who is behind each claim's source."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from rashomon.coding.capitals import Token, caseless, tokens, uncapped
from rashomon.coding.cast import Cast, Entry, is_person, plural
from rashomon.coding.claims import holders
from rashomon.coding.names import Name, names
from rashomon.coding.phrases import FIRST, PLURAL, RELATIVE, SINGULAR, Phrase, phrase
from rashomon.knowledge.actors import heads, known, offices, stand_ins
from rashomon.model.document import BlockKind, Document
from rashomon.model.reading import Attribution, Parse
from rashomon.model.telling import Actor, ActorId
from rashomon.model.text import Span

# Labels of an encoder's mentions that name somebody.
SORTS = {"person": "person", "per": "person", "organisation": "body", "organization": "body", "org": "body"}
# What a kind of name means of a speaker: a capital that speaks is its government.
KINDS = {"capital": "executive", "body": "organisation"}
# Indefinite nouns that news uses of a body it names in the next sentence.
AHEAD = frozenset(("monitor", "monitoring group", "war monitor", "watchdog", "rights group", "monitoring organisation"))
# Everybody who holds one of these is an official.
OFFICIAL = frozenset(
    ("minister", "deputy minister", "secretary", "governor", "spokesman", "spokeswoman", "spokesperson")
)
# Whoever took the picture or wrote the report is none of those it tells of.
UNTOLD = frozenset((BlockKind.BYLINE, BlockKind.CREDIT, BlockKind.CONTRIBUTORS, BlockKind.BOILERPLATE))
# An agency in a dateline or under a report wrote it: "TARNA (AP) — ", "... he said. (Reuters)".
SIGNED = re.compile(
    r"\((?P<agency>[A-Z][\w. ]{1,24})\)(?=\s*(?:--?|[–—])\s|[ \t]*$)"
    r"|(?<=[.!?”\"])[ \t]*(?:--?|[–—])[ \t]?(?P<end>[A-Z][\w. ]{1,24}?)\.?[ \t]*$",
    re.MULTILINE,
)
PAPERS = frozenset(("statement", "communique", "communiqué", "declaration", "press release", "release"))


def actors(parse: Parse) -> tuple[tuple[Actor, ...], tuple[ActorId | None, ...]]:
    """The document's actors, and for each attribution the one behind its source, or None."""
    resolver = _Resolver(parse)
    claimants = resolver.claimants()
    kept = [entry for entry in resolver.cast.entries if entry in claimants or _certain(entry)]
    kept.sort(key=lambda entry: min(entry.mentions))
    ids = {id(entry): ActorId(f"a{number}") for number, entry in enumerate(kept, start=1)}
    made = tuple(_actor(entry, ids[id(entry)]) for entry in kept)
    return made, tuple(None if entry is None else ids[id(entry)] for entry in claimants)


def _certain(entry: Entry) -> bool:
    """Whether somebody is meant: two capitals in a row may also be a street, a film or a war."""
    return entry.sort != "unknown" and (entry.sure or len(entry.mentions) > 1)


def _actor(entry: Entry, name: ActorId) -> Actor:
    kind = (
        KINDS.get(entry.kind, entry.kind)
        if entry.sort != "person" or entry.kind not in ("unknown", "people")
        else "person"
    )
    return Actor(name, entry.label, kind, tuple(sorted(set(entry.mentions))), entry.side, entry.country)


class _Resolver:
    """Walks through the sources in the order of the text, remembering who spoke last."""

    def __init__(self, parse: Parse) -> None:
        self.text = parse.document.text
        self.parse = parse
        self.words = _told(parse.document)
        self.starts = [token.start for token in self.words]
        self.cased = not caseless(self.text)
        self.names = list(names(self.words, cased=self.cased))
        self.names = sorted([*self.names, *self._mentioned()], key=lambda name: name.span)
        self.outer = holders(parse.attributions)
        self.sentences = [span.start for span in parse.sentences]
        self.cast = Cast(self.text)
        self.entry_at: dict[Span, Entry] = {}
        self.spoken: list[tuple[int, Entry]] = []
        if not self.cased:
            self._read_sources()
        self.phrases = [self._phrase(_spoken(attribution)) for attribution in parse.attributions]
        before: Name | None = None
        for name in self.names:
            if name.sort not in ("people", "office"):
                if before is not None and self._shortens(before, name):
                    self.entry_at[name.span] = self.cast.alias(self._entry(before), name)
                self._entry(name)
                before = name
        for source in self.phrases:
            if source is not None and source.name is not None and source.name.sort == "person":
                self.cast.introduce(self._entry(source.name), source)

    def _mentioned(self) -> Iterator[Name]:
        """Persons and bodies that only the encoder sees."""
        for mention in self.parse.mentions:
            sort = SORTS.get(mention.label.lower())
            # Under one half the encoder itself holds the label for less likely than not.
            if (
                sort is not None
                and mention.score >= 0.5
                and not any(mention.span.overlaps(name.span) for name in self.names)
            ):
                lows = tuple(token.low for token in self._words(mention.span) if token.form != ".")
                # "Maj. Gen." alone is nobody: the name stands behind it.
                if lows and not all(_titles(low) for low in lows):
                    yield Name(mention.span, lows, sort, sort, seen=True)

    def _shortens(self, before: Name, name: Name) -> bool:
        """Whether a name in brackets is short for the one before: "the National Water Institute (NWI)"."""
        between = self.text[before.span.end : name.span.start]
        after = self.text[name.span.end : name.span.end + 1]
        return between.strip() == "(" and after == ")" and before.sort == "body" and len(name.words) == 1

    def _read_sources(self) -> None:
        """Without capitals, names are looked for in the sources alone, where nouns leave little else."""
        for attribution in self.parse.attributions:
            span = _whole(attribution.source)
            if span is not None:
                found = names(uncapped(self._words(span)))
                free = [name for name in found if not any(name.span.overlaps(other.span) for other in self.names)]
                self.names = sorted([*self.names, *free], key=lambda name: name.span)

    def _words(self, span: Span) -> list[Token]:
        return self.words[bisect_right(self.starts, span.start - 1) : bisect_right(self.starts, span.end - 1)]

    def claimants(self) -> list[Entry | None]:
        """The entry behind each attribution; of two nested ones the outer first, for "I" inside is its speaker."""
        attributions = self.parse.attributions
        found: dict[int, Entry | None] = {}
        for number in sorted(range(len(attributions)), key=lambda n: _start(attributions[n])):
            chain = [number]
            while (outer := self.outer[chain[-1]]) is not None and outer not in found and outer not in chain:
                chain.append(outer)
            for inner in reversed(chain):
                if inner not in found:
                    found[inner] = self._claimant(inner, found)
        return [found[number] for number in range(len(attributions))]

    def _claimant(self, number: int, found: Mapping[int, Entry | None]) -> Entry | None:
        attribution, source, outer = self.parse.attributions[number], self.phrases[number], self.outer[number]
        above = None if outer is None else found.get(outer)
        entry = self._unsaid(attribution) if source is None else self._resolved(source, above)
        if entry is not None and outer is None:
            self.spoken.append((_start(attribution), entry))
        return entry

    def _entry(self, name: Name) -> Entry:
        if name.span not in self.entry_at:
            self.entry_at[name.span] = self.cast.named(name)
        return self.entry_at[name.span]

    def _unsaid(self, attribution: Attribution) -> Entry | None:
        """Who goes on speaking where no source stands: the last speaker, in a quotation or after "adding"."""
        start = _start(attribution)
        if not self.spoken:
            return None
        if not attribution.cue:
            return self.spoken[-1][1]
        cue = attribution.cue[-1].of(self.text).lower()
        last, entry = self.spoken[-1]
        return entry if cue.endswith("ing") and self._sentence(last) == self._sentence(start) else None

    def _phrase(self, span: Span | None) -> Phrase | None:
        """A source span taken apart. Names that reach out of it are read again inside it: headlines run on."""
        if span is None:
            return None
        # Read from the span itself: where scraping fused words, a span ends inside what looks like one.
        inside = tokens(self.text, span.start, span.end)
        if not inside:
            return None
        within = [name for name in self.names if span.overlaps(name.span)]
        if any(not span.holds(name.span) for name in within):
            within = list(names(inside, cased=self.cased))
        return phrase(self.text, inside, within, span)

    def _resolved(self, source: Phrase, outer: Entry | None) -> Entry | None:
        """The entry a phrase means."""
        if source.pronoun:
            return self._pronoun(source, outer)
        if source.name is not None and source.name.sort not in ("people", "office"):
            entry = self._entry(source.name)
            if entry.kind == "capital" and entry.country:
                return self.cast.government(entry.country) or entry
            self.cast.call(entry, source.name)
            return entry
        meant = self._owner(source) or self._by_noun(source)
        if meant is None:
            return self.cast.described(source)
        self.cast.mark(meant, source.span)
        return meant

    def _owner(self, source: Phrase) -> Entry | None:
        """The body a general noun only repeats: "the AFP <news agency>", "IS <fighters>"; or a people's state."""
        owner, head = source.owner, source.head
        if owner is None or source.hangs:
            people = source.definite and source.nationality and not source.modified and head is None
            return self.cast.state(source.nationality) if people and source.nationality else None
        if head is not None and owner.sort == "body" and owner.kind in stand_ins().get(source.noun, ()):
            return self._entry(owner)
        return None

    def _pronoun(self, source: Phrase, outer: Entry | None) -> Entry | None:
        start, low = source.span.start, source.low
        if low in FIRST:
            return outer or self._last(start, _speaks)
        if low in RELATIVE:
            return max(self.cast.entries, key=lambda e: e.last_before(start), default=None)
        if low in SINGULAR:
            gender = SINGULAR[low]
            return self._last(start, lambda e: is_person(e) and e.gender in (None, gender))
        if low in PLURAL:
            return self._last(start, lambda e: not is_person(e) and (e.plural or e.sort in ("body", "people", "state")))
        return self._last(start, lambda e: e.sort in ("body", "state", "document", "unknown") and not e.plural)

    def _last(self, start: int, fits: Callable[[Entry], bool]) -> Entry | None:
        """The last speaker that fits; if none has spoken, the last one named whom something tells to be one."""
        for at, entry in reversed(self.spoken):
            if at < start and fits(entry):
                return entry
        named = [entry for entry in self.cast.entries if fits(entry) and entry.last_before(start) >= 0]
        return max((one for one in named if one.sure), key=lambda one: one.last_before(start), default=None)

    def _by_noun(self, source: Phrase) -> Entry | None:
        """Somebody of the document that a noun without a name means."""
        start = source.span.start
        if source.head is not None and source.head.sort == "document":
            return self._document(source)
        if source.negative or (source.indefinite and not _ahead(source)):
            return None
        fits = [entry for entry in self.cast.entries if self._means(source, entry)]
        spoken = [entry for at, entry in self.spoken if at < start and entry in fits]
        if spoken:
            return spoken[-1]
        before = [entry for entry in fits if entry.last_before(start) >= 0]
        if before:
            return max(before, key=lambda entry: entry.last_before(start))
        return min(fits, key=lambda entry: min(entry.mentions), default=None)

    def _means(self, source: Phrase, entry: Entry) -> bool:
        """Whether a described source can be this entry: by its noun, its country and the name it hangs on."""
        if source.nationality and entry.country and source.nationality != entry.country:
            return False
        if is_person(entry) and source.head is not None and (source.head.sort == "body" or plural(source.noun)):
            return False
        if source.joint:
            return entry.joint and set(source.label.lower().split()) <= {word.lower() for word in entry.label.split()}
        if source.definite and source.head is not None and source.head.sort == "office" and is_person(entry):
            return _holds(entry, source.noun)
        if source.owner is not None and not source.hangs and source.owner.sort == "body":
            return source.noun in entry.nouns and source.owner.words[-1] in entry.words
        if source.hangs or (source.modified and not source.definite and source.head and source.head.sort != "office"):
            # "Local activists" are those of before only if they were called so then.
            return set(source.label.lower().split()) <= entry.words and entry.sort != "person"
        told = (
            source.definite or _ahead(source) or (source.noun == "news agency" and source.nationality == entry.country)
        )
        return _holds(entry, source.noun) or (
            told and entry.sort in ("body", "unknown") and entry.kind in stand_ins().get(source.noun, ())
        )

    def _document(self, source: Phrase) -> Entry | None:
        """Whose paper it is: the name it hangs on, or the last one that spoke."""
        if source.owner is not None and source.owner.sort not in ("people", "office"):
            return self._entry(source.owner)
        if source.definite and source.noun in PAPERS:
            return self._last(source.span.start, _speaks)
        return next((e for e in reversed(self.cast.entries) if e.label.lower() == source.label.lower()), None)

    def _sentence(self, offset: int) -> int:
        return bisect_right(self.sentences, offset)


def _told(document: Document) -> list[Token]:
    """The words of a document without credits, bylines and buttons; no name runs from one stretch into the next."""
    signed = [span for span, name in map(_signature, SIGNED.finditer(document.text)) if _agency(name)]
    return [word for word in _words(document) if not any(start <= word.start < end for start, end in signed)]


def _signature(found: re.Match[str]) -> tuple[tuple[int, int], str]:
    """Where a report is signed, and with what."""
    group = "agency" if found["agency"] else "end"
    return found.span(group), found[group]


def _agency(name: str) -> bool:
    entry = known().get(name.lower())
    return entry is not None and entry.kind == "media"


def _words(document: Document) -> list[Token]:
    """The words of the stretches that tell; of all of the text where nothing is known of them."""
    if not document.blocks:
        return tokens(document.text, 0, len(document.text))
    found: list[Token] = []
    for block in document.blocks:
        if block.kind not in UNTOLD:
            first, *rest = tokens(document.text, block.start, block.end) or (None,)
            found += [] if first is None else [replace(first, broken=bool(found)), *rest]
    return found


def _ahead(source: Phrase) -> bool:
    """Whether a noun without a name speaks of a body named later: "an organisation monitoring the war"."""
    return source.noun in AHEAD or (source.noun in stand_ins() and "monitor" in source.low)


def _speaks(entry: Entry) -> bool:
    return entry.sort in ("body", "state", "person")


def _holds(entry: Entry, noun: str) -> bool:
    """Whether an entry was called by this noun or by another for the same office."""
    if noun in entry.nouns:
        return True
    if noun == "official" and is_person(entry):
        return not entry.nouns.isdisjoint(OFFICIAL)
    return any(noun in office and not entry.nouns.isdisjoint(office) for office in offices())


def _whole(spans: Sequence[Span]) -> Span | None:
    return Span(spans[0].start, spans[-1].end) if spans else None


def _spoken(attribution: Attribution) -> Span | None:
    """The words of a source: all of it, or where much else stands between its parts the part nearest to the cue."""
    parts, whole = attribution.source, _whole(attribution.source)
    if whole is None or sum(part.end - part.start for part in parts) * 2 > whole.end - whole.start:
        return whole
    cue = attribution.cue[0].start if attribution.cue else whole.end
    return min(parts, key=lambda part: max(part.start - cue, cue - part.end))


def _titles(low: str) -> bool:
    head = heads().get(low)
    return head is not None and head.sort in ("office", "title")


def _start(attribution: Attribution) -> int:
    spans = attribution.source or attribution.cue or attribution.content
    return min((span.start for span in spans), default=0)
