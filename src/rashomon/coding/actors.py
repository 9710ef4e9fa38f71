"""Actors: everybody a document names or quotes, each once, and who is behind each claim's source."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from rashomon.coding.cast import Cast, Entry, is_person
from rashomon.coding.claims import holders
from rashomon.coding.names import Name, Token, caseless, names, tokens
from rashomon.coding.phrases import FIRST, PLURAL, RELATIVE, SINGULAR, THING, Phrase, phrase
from rashomon.model.reading import Attribution, Parse
from rashomon.model.telling import Actor, ActorId
from rashomon.model.text import Span

# Nouns that stand for any body of their kind: "the group" for whichever group was last spoken of.
GENERAL = {
    "group": ("rebel", "militia", "ngo", "party", "body"),
    "movement": ("rebel", "militia", "party", "ngo"),
    "organisation": ("igo", "ngo", "rebel", "body"),
    "organization": ("igo", "ngo", "rebel", "body"),
    "agency": ("media", "igo", "intelligence", "ngo", "body"),
    "news agency": ("media",),
    "network": ("media", "ngo"),
    "channel": ("media",),
    "tv channel": ("media",),
    "newspaper": ("media",),
    "monitor": ("ngo",),
    "war monitor": ("ngo",),
    "monitoring group": ("ngo",),
    "monitors": ("ngo",),
    "watchdog": ("ngo",),
    "observatory": ("ngo",),
    "rights group": ("ngo",),
    "party": ("party",),
    "militants": ("rebel", "militia"),
    "insurgents": ("rebel", "militia"),
    "rebels": ("rebel",),
    "militia": ("militia",),
    "company": ("company", "body"),
    "military": ("army",),
    "army": ("army",),
    "forces": ("army", "rebel"),
    "body": ("igo", "body"),
    "bloc": ("igo", "party"),
    "alliance": ("igo", "army"),
    "coalition": ("army", "party", "rebel"),
    "government": ("executive",),
    "regime": ("executive",),
    "ministry": ("ministry",),
}
# Indefinite nouns that news uses of a body it names in the next sentence.
AHEAD = frozenset(("monitor", "monitoring group", "war monitor", "watchdog", "rights group", "monitoring organisation"))


def actors(parse: Parse) -> tuple[tuple[Actor, ...], tuple[ActorId | None, ...]]:
    """The document's actors, and for each attribution the one behind its source, or None."""
    resolver = _Resolver(parse)
    claimants = resolver.claimants()
    kept = [entry for entry in resolver.cast.entries if entry.sort != "unknown" or entry in claimants]
    kept.sort(key=lambda entry: min(entry.mentions))
    ids = {id(entry): ActorId(f"a{number}") for number, entry in enumerate(kept, start=1)}
    made = tuple(_actor(entry, ids[id(entry)]) for entry in kept)
    return made, tuple(None if entry is None else ids[id(entry)] for entry in claimants)


def _actor(entry: Entry, name: ActorId) -> Actor:
    kind = "person" if entry.kind in ("unknown", "people") and entry.sort == "person" else entry.kind
    return Actor(name, entry.label, kind, tuple(sorted(set(entry.mentions))), entry.side, entry.country)


class _Resolver:
    """Walks through the sources in the order of the text, remembering who spoke last."""

    def __init__(self, parse: Parse) -> None:
        self.text = parse.document.text
        self.parse = parse
        self.words = tokens(self.text, 0, len(self.text))
        self.starts = [token.start for token in self.words]
        self.cased = not caseless(self.text)
        self.names = list(names(self.words, cased=self.cased))
        self.outer = holders(parse.attributions)
        self.sentences = [span.start for span in parse.sentences]
        self.cast = Cast(self.text)
        self.entry_at: dict[Span, Entry] = {}
        self.spoken: list[tuple[int, Entry]] = []
        for name in self.names:
            if name.sort not in ("people", "office"):
                self.entry_at[name.span] = self.cast.named(name)

    def claimants(self) -> list[Entry | None]:
        """The entry behind each attribution."""
        attributions = self.parse.attributions
        found: list[Entry | None] = [None] * len(attributions)
        order = sorted(range(len(attributions)), key=lambda n: _start(attributions[n]))
        for number in order:
            outer = self.outer[number]
            found[number] = self._claimant(attributions[number], None if outer is None else found[outer])
            entry = found[number]
            if entry is not None and outer is None:
                self.spoken.append((_start(attributions[number]), entry))
        return found

    def _claimant(self, attribution: Attribution, outer: Entry | None) -> Entry | None:
        if not attribution.source:
            return self._unsaid(attribution)
        span = Span(attribution.source[0].start, attribution.source[-1].end)
        return self._resolved(self._phrase(span), outer)

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

    def _phrase(self, span: Span) -> Phrase:
        first = bisect_right(self.starts, span.start - 1)
        inside = self.words[first : bisect_right(self.starts, span.end - 1)]
        return phrase(self.text, inside, [n for n in self.names if span.overlaps(n.span)], span)

    def _resolved(self, source: Phrase, outer: Entry | None) -> Entry | None:
        """The entry a phrase means."""
        if source.pronoun:
            return self._pronoun(source, outer)
        if source.name is not None and source.name.sort not in ("people", "office"):
            entry = self.entry_at[source.name.span]
            entry.nouns.update(source.titles)
            return entry
        entry = self._by_noun(source)
        if entry is None:
            return self.cast.described(source)
        self.cast.mark(entry, source.span)
        return entry

    def _pronoun(self, source: Phrase, outer: Entry | None) -> Entry | None:
        start, low = source.span.start, source.low
        if low in FIRST:
            return outer or self._last(start, lambda entry: True)
        if low in RELATIVE:
            return self._antecedent(start)
        if low in SINGULAR:
            gender = SINGULAR[low]
            return self._last(start, lambda e: is_person(e) and e.gender in (None, gender), near=is_person)
        if low in PLURAL:
            return self._last(start, lambda e: not is_person(e) and (e.plural or e.sort in ("body", "people", "state")))
        return self._last(start, lambda e: e.sort in ("body", "state", "document", "unknown") and not e.plural)

    def _last(self, start: int, fits: object, near: object = None) -> Entry | None:
        """The last speaker that fits, unless somebody fitting was named since; else the last one named."""
        assert callable(fits)
        spoken = next(((at, e) for at, e in reversed(self.spoken) if at < start and fits(e)), None)
        named = max(((e.last_before(start), e) for e in self.cast.entries if fits(e)), key=lambda p: p[0], default=None)
        if spoken is None:
            return named[1] if named and named[0] >= 0 else None
        return spoken[1]

    def _antecedent(self, start: int) -> Entry | None:
        """Who stands just before a relative pronoun."""
        best = max(((e.last_before(start), e) for e in self.cast.entries), key=lambda p: p[0], default=None)
        return best[1] if best and best[0] >= 0 else None

    def _by_noun(self, source: Phrase) -> Entry | None:
        """Somebody of the document that a noun without a name means."""
        noun, start = source.noun, source.span.start
        if source.head is not None and source.head.sort == "document":
            return self._document(source)
        if source.indefinite and noun not in AHEAD:
            return None
        kinds = GENERAL.get(noun, ())
        fits = [
            entry
            for entry in self.cast.entries
            if (noun in entry.nouns or entry.kind in kinds) and _agrees(entry, source)
        ]
        before = max(fits, key=lambda e: e.last_before(start), default=None)
        if before is None or before.last_before(start) >= 0:
            return before
        return min(fits, key=lambda e: min(e.mentions))

    def _document(self, source: Phrase) -> Entry | None:
        """Whose paper it is: the name it hangs on, or the last body that spoke."""
        if source.owner is not None and source.owner.sort not in ("people", "office"):
            return self.entry_at[source.owner.span]
        if source.definite and source.noun in ("statement", "communique", "communiqué", "declaration"):
            return self._last(source.span.start, lambda entry: entry.sort in ("body", "state", "person"))
        return next((e for e in reversed(self.cast.entries) if e.label.lower() == source.label.lower()), None)

    def _sentence(self, offset: int) -> int:
        return bisect_right(self.sentences, offset)


def _agrees(entry: Entry, source: Phrase) -> bool:
    """Whether a described source can be this entry: the same country if one is told, the same person if one is named."""
    if source.nationality and entry.country and source.nationality != entry.country:
        return False
    if source.owner is not None and source.head is not None and source.head.sort == "people":
        return source.owner.words[-1] in entry.words
    return True


def _start(attribution: Attribution) -> int:
    spans = attribution.source or attribution.cue or attribution.content
    return min((span.start for span in spans), default=0)
