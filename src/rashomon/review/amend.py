"""A reading with what people decided put into it. The machine's own reading is kept as it is, beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from rashomon.knowledge.bodies import body
from rashomon.knowledge.gazetteer import Entry
from rashomon.knowledge.locating import located
from rashomon.knowledge.places import gazetteer
from rashomon.model.judgement import Judgement, Part, Sense, Verdict
from rashomon.model.reading import Reading
from rashomon.model.telling import (
    Act,
    Actor,
    ActorId,
    Bound,
    Claim,
    ClaimId,
    Distance,
    Place,
    PlaceId,
    Precision,
    Quantity,
    QuantityId,
    Speech,
    Stance,
    Telling,
    TellingId,
    Time,
    TimeId,
    Where,
)
from rashomon.model.text import Span
from rashomon.review.anchors import Ruling, rulings

# Claims first: figures are given to them, speakers changed.
ORDER = (Part.CLAIM, Part.SPEAKER, Part.FIGURE, Part.DAY, Part.PLACE, Part.KIND)
POINT_KM = 1.0  # how far around a point that a person gave it may have been
SAME_POINT = 0.01  # degrees


def amend(reading: Reading, judgements: Iterable[Judgement]) -> Reading:
    """The reading as people hold it to be; items they added are called after the judgement, "j12"."""
    found = rulings(reading, judgements)
    for ruling in sorted(found, key=lambda one: (ORDER.index(one.about.part), one.judgement.id)):
        reading = STEPS[ruling.about.part](reading, ruling)
    return reading


def own(ruling: Ruling) -> str:
    """The id of what a judgement adds to a reading."""
    return f"j{ruling.judgement.id}"


def _claim(reading: Reading, ruling: Ruling) -> Reading:
    match ruling.verdict, ruling.item:
        case Verdict.REJECT, str(name):
            return _without_claim(reading, ClaimId(name))
        case ((Verdict.ACCEPT | Verdict.ADD), None):
            return _with_claim(reading, ruling)
        case Verdict.ADD, str(name) if ruling.judgement.after is not None:
            return _spoken(reading, ClaimId(name), ruling)
    return reading


def _with_claim(reading: Reading, ruling: Ruling) -> Reading:
    """A claim more; the figures in its words that are nobody's become its own."""
    about, name = ruling.about, ClaimId(own(ruling))
    source, cue = (() if span is None else (span,) for span in (about.source, about.cue))
    made = Claim(name, source, cue, (about.span,), None, Speech.INDIRECT, Act.SAY, Stance.AFFIRM, Distance.NEUTRAL)
    quantities = tuple(
        replace(one, claim=name) if one.claim is None and about.span.holds(one.span) else one
        for one in reading.quantities
    )
    home = _home(reading, about.span)
    reading = replace(reading, claims=(*reading.claims, made), quantities=quantities)
    if home is not None:
        reading = _told(reading, home, lambda one: replace(one, claims=(*one.claims, name)))
    return _spoken(reading, name, ruling)


def _without_claim(reading: Reading, name: ClaimId) -> Reading:
    """One claim less; what was said in it is said by whoever quoted it, or by the article."""
    gone = next(one for one in reading.claims if one.id == name)
    return replace(
        reading,
        claims=tuple(
            replace(one, within=gone.within) if one.within == name else one for one in reading.claims if one is not gone
        ),
        quantities=tuple(replace(one, claim=gone.within) if one.claim == name else one for one in reading.quantities),
        incidents=tuple(
            replace(one, claims=tuple(claim for claim in one.claims if claim != name)) for one in reading.incidents
        ),
        caveats=tuple(
            replace(one, applies_to=tuple(reached for reached in one.applies_to if reached != name))
            for one in reading.caveats
        ),
    )


def _speaker(reading: Reading, ruling: Ruling) -> Reading:
    if ruling.item is None:
        return reading
    match ruling.verdict:
        case Verdict.CORRECT:
            return _spoken(reading, ClaimId(ruling.item), ruling)
        case Verdict.REJECT:
            return _claimed(reading, ClaimId(ruling.item), None)
    return reading


def _spoken(reading: Reading, name: ClaimId, ruling: Ruling) -> Reading:
    """A claim whose speaker is who the judgement names."""
    speaker = None if ruling.judgement.after is None else ruling.judgement.after.name
    if not speaker:
        return reading
    named = next((one for one in reading.actors if one.name.casefold() == speaker.casefold()), None)
    if named is None:
        known = body(speaker)
        kind, side, country = ("unknown", None, None) if known is None else (known.kind, known.side, known.country)
        named = Actor(ActorId(own(ruling)), speaker, kind, (), side, country)
        reading = replace(reading, actors=(*reading.actors, named))
    return _claimed(reading, name, named.id)


def _claimed(reading: Reading, name: ClaimId, speaker: ActorId | None) -> Reading:
    claims = tuple(replace(one, claimant=speaker) if one.id == name else one for one in reading.claims)
    return replace(reading, claims=claims)


def _figure(reading: Reading, ruling: Ruling) -> Reading:
    sense = ruling.judgement.after or ruling.judgement.before
    name = QuantityId(ruling.item or own(ruling))
    if ruling.verdict is Verdict.REJECT:
        left = tuple(one for one in reading.quantities if one.id != name)
        reading = replace(reading, quantities=left)
        told = (replace(one, quantities=tuple(q for q in one.quantities if q != name)) for one in reading.incidents)
        return replace(reading, incidents=tuple(told))
    if ruling.item is not None and ruling.judgement.after is None:
        return reading
    if sense is None:
        return reading
    if ruling.item is None:
        return _with_figure(reading, ruling, _counted(sense, name, ruling.about.span))
    changed = (replace(_counted(sense, name, one.span), claim=one.claim, incident=one.incident) if one.id == name
               else one for one in reading.quantities)  # fmt: skip
    return replace(reading, quantities=tuple(changed))


def _with_figure(reading: Reading, ruling: Ruling, figure: Quantity) -> Reading:
    home = _home(reading, figure.span)
    holding = [(content.end - content.start, one.id) for one in reading.claims for content in one.content
               if content.holds(ruling.about.span)]  # fmt: skip
    figure = replace(figure, claim=min(holding)[1] if holding else None, incident=home)
    reading = replace(reading, quantities=(*reading.quantities, figure))
    return reading if home is None else _told(
        reading, home, lambda one: replace(one, quantities=(*one.quantities, figure.id))
    )  # fmt: skip


def _counted(sense: Sense, name: QuantityId, span: Span) -> Quantity:
    exact = sense.low is not None and sense.low == sense.high
    bound = (
        Bound.EXACT if exact
        else Bound.VAGUE if sense.low is None and sense.high is None
        else Bound.AT_LEAST if sense.high is None
        else Bound.AT_MOST if sense.low is None
        else Bound.RANGE
    )  # fmt: skip
    value = sense.high if sense.low is None else sense.low
    return Quantity(name, span, sense.kind or "count_other", value, sense.low, sense.high, bound, sense.unit)


def _day(reading: Reading, ruling: Ruling) -> Reading:
    """A telling whose day stands at its own mention, for there the reviewer put it."""
    sense = ruling.judgement.after
    if ruling.item is None or ruling.verdict is Verdict.ACCEPT:
        return reading
    if ruling.verdict is Verdict.REJECT:
        return _told(reading, TellingId(ruling.item), lambda one: replace(one, time=None))
    if sense is None or sense.earliest is None:
        return reading
    last = sense.latest or sense.earliest
    days = f"{sense.earliest}" if last == sense.earliest else f"{sense.earliest}/{last}"
    precision = Precision.DAY if last == sense.earliest else Precision.DAYS
    trigger = next(one.trigger[0] for one in reading.incidents if one.id == ruling.item)
    made = Time(TimeId(own(ruling)), trigger, sense.earliest, last, precision, days)
    reading = replace(reading, times=(*reading.times, made))
    return _told(reading, TellingId(ruling.item), lambda one: replace(one, time=made.id))


def _place(reading: Reading, ruling: Ruling) -> Reading:
    sense = ruling.judgement.after or ruling.judgement.before
    name = PlaceId(ruling.item or own(ruling))
    if ruling.verdict is Verdict.REJECT:
        left = (replace(one, places=tuple(w for w in one.places if w.place != name)) for one in reading.incidents)
        return replace(reading, incidents=tuple(left))
    if sense is None or sense.name is None or (ruling.item is not None and ruling.judgement.after is None):
        return reading
    made = _located(sense, name, ruling.about.span, ruling.about.quote)
    if ruling.item is not None:
        return replace(reading, places=tuple(made if one.id == name else one for one in reading.places))
    home = _home(reading, made.span)
    reading = replace(reading, places=(*reading.places, made))
    where = Where(name, "location")
    return reading if home is None else _told(reading, home, lambda one: replace(one, places=(*one.places, where)))


def _located(sense: Sense, name: PlaceId, span: Span, words: str) -> Place:
    """A place as the reviewer named it: the gazetteer's where it lies at the point decided, else the bare point."""
    known = None if sense.name is None else located(sense.name)
    if known is None or (sense.lat is not None and not _at(known, sense)):
        radius = None if sense.lat is None else POINT_KM
        return Place(name, span, words, sense.name, "site", sense.lat, sense.lon, None, radius_km=radius)
    unit = None if known.admin1 is None else gazetteer().entry(known.admin1).name
    return Place(
        name, span, words, known.name, str(known.kind), known.lat, known.lon, known.country or None, admin1=unit,
        geonameid=None if known.geonameid is None else str(known.geonameid), radius_km=float(known.radius_km),
    )  # fmt: skip


def _at(known: Entry, sense: Sense) -> bool:
    close = sense.lat is not None and abs(known.lat - sense.lat) < SAME_POINT
    return close and sense.lon is not None and abs(known.lon - sense.lon) < SAME_POINT


def _kind(reading: Reading, ruling: Ruling) -> Reading:
    kind = None if ruling.judgement.after is None else ruling.judgement.after.kind
    if ruling.item is None or ruling.verdict is not Verdict.CORRECT or kind is None:
        return reading
    return _told(reading, TellingId(ruling.item), lambda one: replace(one, kind=kind))


def _home(reading: Reading, span: Span) -> TellingId | None:
    """The telling that is mentioned inside some words, or nearest to them."""
    near = [
        (max(trigger.start - span.end, span.start - trigger.end, 0), number, one.id)
        for number, one in enumerate(reading.incidents)
        for trigger in one.trigger
    ]
    return min(near)[2] if near else None


def _told(reading: Reading, name: TellingId, change: Callable[[Telling], Telling]) -> Reading:
    return replace(reading, incidents=tuple(change(one) if one.id == name else one for one in reading.incidents))


STEPS: dict[Part, Callable[[Reading, Ruling], Reading]] = {
    Part.CLAIM: _claim,
    Part.SPEAKER: _speaker,
    Part.FIGURE: _figure,
    Part.DAY: _day,
    Part.PLACE: _place,
    Part.KIND: _kind,
}
