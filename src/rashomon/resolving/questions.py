"""What each voice answers to each question of an incident: first the figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from rashomon.model.document import DocumentId
from rashomon.model.incident import Evidence, Polarity, Told
from rashomon.model.telling import Bound, Caveat, Claim, ClaimId, Place, Quantity, Share, Stance, Verification
from rashomon.model.text import Span
from rashomon.resolving.intervals import ZERO, Interval, Measure, meaning, measure, same
from rashomon.resolving.speech import SENTENCE_END, SPOKEN
from rashomon.resolving.voices import UNATTRIBUTED, Voice, Voices, outlets, voices

# What a document says of a claim that leaves the claim unverified; a refusal to comment does not.
DOUBTS = frozenset((Verification.COULD_NOT_VERIFY, Verification.UNSUPPORTED))
# "The report could not be verified" speaks of all that its voice says.
WHOLE = re.compile(r"\b(?:reports?|accounts?|statements?|claims?|assertions?|versions?)\b", re.IGNORECASE)
# Words before a figure that say it is an older one, or the newest.
OLDER = re.compile(
    r"\b(?:earlier|previous|previously|initially|originally|at first|(?:up|down|revised) from)\b|" + SPOKEN.pattern,
    re.IGNORECASE,
)
NEWER = re.compile(r"\b(?:now|risen|rose|rises|climbed|revised|updated|latest|update)\b", re.IGNORECASE)
# "Neither side's account could be verified" speaks of everybody.
EVERYBODY = re.compile(r"\b(?:neither|both|either) (?:side|part|accounts?|claims?|reports?|versions?)", re.IGNORECASE)
LOOKED_BACK = 300
VICTIMS = re.compile(r"\bvictims\b", re.IGNORECASE)
NEAR = 30
# A figure with a noun of its own is told of it; these are told of people as well as of themselves: "seven bodies".
LOOSE = frozenset((None, "body"))
OPEN = Interval()
ANYONE = Measure("", "", False)


@dataclass(frozen=True, slots=True)
class Statement:
    """One voice's answer to one question and the words it stands on.

    ``interval`` is in the base unit of ``measure``; ``low``, ``high`` and ``unit`` are as told. ``origin`` is the voice
    the answer rests on: an outlet that repeats a figure it quotes rests on whom it quotes. ``implied`` figures follow
    from others of their voice; ``dead_alone`` are "victims", which may be the dead or all who were harmed.
    """

    question: str
    voice: Voice
    origin: str
    evidence: Evidence
    interval: Interval = OPEN
    measure: Measure = ANYONE
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str | None = None
    value: str | None = None
    polarity: Polarity = Polarity.AFFIRM
    doubted: bool = False
    vague: bool = False
    share: Share | None = None
    recency: int = 0
    accuses: bool = False
    side: str | None = None
    place: Place | None = None
    headline: bool = False
    implied: bool = False
    dead_alone: bool = False

    @property
    def figure(self) -> bool:
        """Whether it answers how many; every other answer has a value."""
        return self.value is None

    @property
    def order(self) -> tuple[date, str, Span]:
        """By when it was told, then by where it stands."""
        return self.evidence.published or date.max, self.evidence.document, self.evidence.span


@dataclass(frozen=True, slots=True)
class Setting:
    """A telling with its claims, its voices, and the ids of what its document doubts."""

    told: Told
    claims: Mapping[ClaimId, Claim]
    voices: Voices
    doubted: frozenset[str]

    @property
    def text(self) -> str:
        """The document's text."""
        return self.told.reading.document.text

    @property
    def headline(self) -> int:
        """Where the headline at the head of the text ends; 0 where it has none."""
        title = self.told.reading.document.title
        return len(title) if title and self.text.startswith(title) else 0

    def evidence(self, claim: ClaimId | None, span: Span) -> Evidence:
        """The words of a span as evidence."""
        document = self.told.reading.document
        return Evidence(document.id, claim, span, span.of(document.text), document.published)

    def innermost(self, span: Span) -> Claim | None:
        """The claim with the shortest content that holds a span."""
        holding = [
            (content.end - content.start, claim.id, claim)
            for claim in self.claims.values()
            for content in claim.content
            if content.holds(span)
        ]
        return min(holding, key=lambda found: found[:2])[2] if holding else None

    def is_doubted(self, claim: ClaimId | None, *ids: str) -> bool:
        """Whether the document doubts a claim or one of these ids, or the claim has no source at all."""
        hearsay = claim is not None and self.voices[claim].name == UNATTRIBUTED
        return hearsay or not self.doubted.isdisjoint((*ids, claim or ""))

    def state(self, question: str, claim: ClaimId | None, span: Span, *doubts: str) -> Statement:
        """A bare answer in the words of a span."""
        said = self.voices.get(claim) or self.voices[None]
        claim = claim if claim in self.voices else None
        doubted = self.is_doubted(claim, *doubts)
        head = span.end <= self.headline
        return Statement(question, said, said.name, self.evidence(claim, span), doubted=doubted, headline=head)


def settings(told: Iterable[Told]) -> tuple[Setting, ...]:
    """Tellings with what is needed to hear their voices, in the order they were told."""
    every = sorted(told, key=_when)
    wrote = outlets(every)
    heard: dict[DocumentId, tuple[Mapping[ClaimId, Claim], Voices]] = {}
    found = []
    for one in every:
        document = one.reading.document.id
        if document not in heard:
            heard[document] = {claim.id: claim for claim in one.reading.claims}, voices(one, wrote)
        claims, speaking = heard[document]
        found.append(Setting(one, claims, speaking, _doubted(one)))
    return tuple(found)


def figures(setting: Setting) -> Iterator[Statement]:
    """The figures of a telling, as its document gives them; those of no telling go with the claims that give them."""
    reading, near = setting.told.reading, linked(setting)
    taken = {name for one in reading.incidents for name in one.quantities}
    belonging = set(setting.told.telling.quantities)
    belonging |= {one.id for one in reading.quantities if one.id not in taken and one.claim in near}
    return (figure_of(setting, one) for one in reading.quantities if one.id in belonging)


def linked(setting: Setting) -> frozenset[ClaimId]:
    """The telling's own claims, and those of no telling that stand nearest after it: "denied involvement"."""
    telling = setting.told.telling
    taken = {name for one in setting.told.reading.incidents for name in one.claims}
    loose = {
        claim.id
        for claim in setting.claims.values()
        if claim.id not in taken and _nearest(setting, words_of(claim).start) == telling.id
    }
    return frozenset(loose | set(telling.claims))


def _nearest(setting: Setting, offset: int) -> str | None:
    """The telling told nearest before an offset."""
    told = [
        (trigger.start, one.id)
        for one in setting.told.reading.incidents
        for trigger in one.trigger
        if trigger.start < offset
    ]
    return max(told)[1] if told else None


def words_of(claim: Claim) -> Span:
    """The stretch of a claim's content; of its cue or its source where it has none."""
    spans = claim.content or claim.cue or claim.source
    return Span(spans[0].start, spans[-1].end) if spans else Span(0, 0)


def rested(statements: Sequence[Statement]) -> Iterator[Statement]:
    """The statements of one document, its own voice given to those whom it only repeats.

    A figure that it also quotes is the quoted voice's; what a headline says is said by whoever the text quotes for it.
    Where the text quotes one voice and no other on the incident, what it says itself rests on that voice.
    """
    quoted = [one for one in statements if not one.voice.narrator and one.polarity is Polarity.AFFIRM]
    own = [one for one in statements if one.voice.narrator and one.figure]
    taken = {
        other.evidence.span
        for one in own
        for other in quoted
        if other.question == "count_other" and _same_kind(one, other) and same(one.interval, other.interval)
    }
    for one in statements:
        if one.question != "count_other" or one.evidence.span not in taken:
            yield from _zeros(_alone(_rested(one, quoted), quoted) if one.voice.narrator else one)


def echoed(copied: Iterable[Statement], first: Sequence[Statement]) -> Iterator[Statement]:
    """The statements of a copy: what the first printing says in the same words rests on whom it rests on there."""
    known: dict[object, Statement] = {}
    for one in first:
        known.setdefault(_said(one), one)
    for one in copied:
        twin = known.get(_said(one))
        yield one if twin is None else _given(one, twin)


def _said(one: Statement) -> object:
    """What a statement and its twin in a copy share."""
    words = " ".join(one.evidence.text.split()).casefold()
    return one.question, one.value, one.interval, one.polarity, words


def _alone(own: Statement, quoted: Sequence[Statement]) -> Statement:
    """A statement with the only voice its document quotes as its origin, unless it gainsays that voice."""
    voices = {other.voice.name for other in quoted} - {UNATTRIBUTED}
    gainsaid = own.figure and any(
        other.question == own.question and not other.interval.meets(own.interval) for other in quoted
    )
    if own.origin != own.voice.name or len(voices) != 1 or gainsaid:
        return own
    return replace(own, origin=min(voices))


def _when(told: Told) -> tuple[bool, date, str, str]:
    published = told.reading.document.published
    return published is None, published or date.max, told.reading.document.id, told.telling.id


def figure_of(setting: Setting, quantity: Quantity) -> Statement:
    """What a quantity answers to the question of its kind."""
    words = quantity.span.of(setting.text)
    measured, factor = measure(quantity.unit)
    claim = None if quantity.claim is None else setting.claims.get(quantity.claim)
    # Who denies a strike on two bridges denies no bridge.
    refused = claim is not None and claim.stance in (Stance.DENY, Stance.RETRACTED) and quantity.kind != "count_other"
    negated = quantity.share is Share.NEGATED or refused
    bare = setting.state(quantity.kind, quantity.claim, quantity.span, quantity.id, setting.told.telling.id)
    return replace(
        bare,
        interval=meaning(quantity, words).times(factor),
        measure=measured,
        low=quantity.low,
        high=quantity.high,
        unit=quantity.unit,
        polarity=Polarity.DENY if negated else Polarity.AFFIRM,
        vague=quantity.bound is Bound.VAGUE,
        share=quantity.share,
        recency=_recency(setting.text, quantity),
        dead_alone=VICTIMS.search(setting.text, max(quantity.span.start - NEAR, 0), quantity.span.end + NEAR)
        is not None,
    )


def _recency(text: str, quantity: Quantity) -> int:
    """Whether the words before a figure make it the newest of its document (1) or an older one (-1)."""
    start = max(quantity.span.start - LOOKED_BACK, 0)
    ends = [found.end() for found in SENTENCE_END.finditer(text, start, quantity.span.start)]
    before = text[ends[-1] if ends else start : quantity.span.start]
    if OLDER.search(before):
        return -1
    return int(quantity.share is Share.CUMULATIVE or NEWER.search(before) is not None)


def _rested(own: Statement, quoted: Sequence[Statement]) -> Statement:
    """A statement in the article's own voice with the voice it rests on."""
    if not own.figure:
        behind = (other for other in quoted if (other.question, other.value) == (own.question, own.value))
        return _given(own, other) if own.headline and (other := next(behind, None)) is not None else own
    for other in quoted:
        if _same_kind(own, other) and same(own.interval, other.interval):
            return _given(own, other)
    for other in quoted:
        if _same_kind(own, other) and own.interval.holds(other.interval):
            return replace(own, origin=other.voice.name, doubted=own.doubted or other.doubted)
    return own


def _given(own: Statement, other: Statement) -> Statement:
    return replace(own, voice=other.voice, origin=other.origin, doubted=own.doubted or other.doubted)


def _same_kind(own: Statement, quoted: Statement) -> bool:
    """Whether two figures of a document count the same; the encoder leaves some quoted ones without a kind."""
    return own.question == quoted.question or (
        own.question != "count_other" and quoted.question == "count_other" and quoted.unit in LOOSE
    )


def _zeros(one: Statement) -> Iterator[Statement]:
    """A statement, and what "no casualties" says as well: nobody killed and nobody injured."""
    yield one
    if one.question == "killed_or_injured" and one.interval == ZERO and one.polarity is Polarity.AFFIRM:
        yield replace(one, question="killed")
        yield replace(one, question="injured")


def _doubted(told: Told) -> frozenset[str]:
    """Ids of the claims and figures that a document leaves unverified; of tellings, where it names no claim."""
    claims = {claim.id: claim for claim in told.reading.claims}
    figured = {quantity.id for quantity in told.reading.quantities}
    found: set[str] = set()
    for caveat in told.reading.caveats:
        if caveat.status in DOUBTS:
            reached = {name for name in caveat.applies_to if name in claims or name in figured}
            found |= reached or set(caveat.applies_to)
            found |= _whole(caveat, claims.values(), reached, told.reading.document.text)
    return frozenset(found)


def _whole(caveat: Caveat, claims: Iterable[Claim], reached: Set[str], text: str) -> set[str]:
    """Claims that a caveat reaches beside those it stands next to, when it speaks of whole reports or of all sides."""
    words = caveat.span.of(text)
    if caveat.status is not Verification.COULD_NOT_VERIFY or not reached:
        return set()
    speakers = {claim.claimant for claim in claims if claim.id in reached}
    everybody = EVERYBODY.search(words) is not None
    whole = WHOLE.search(words) is not None
    return {
        claim.id
        for claim in claims
        if claim.claimant is not None and (everybody or (whole and claim.claimant in speakers))
    }
