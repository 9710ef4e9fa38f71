"""Caveats: words on whether something could be checked, and which claims, figures and incidents they reach."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rashomon.knowledge.actors import heads, known, nationalities
from rashomon.knowledge.caveats import Reach, Wording, stems, wordings
from rashomon.model.reading import Attribution, Parse
from rashomon.model.telling import Actor, ActorId, Caveat, Claim, Quantity, Stance, Status, Telling, Verification
from rashomon.model.text import Span

# Where the part of a sentence that holds a caveat ends on either side.
BREAK = re.compile(r"[;:\"“”()\n]|,\s|\s[–—-]\s|\b(?:but|and|though|although|while|adding|which)\b", re.IGNORECASE)
SEVERAL = re.compile(
    r"\b(?:neither|both|claims|reports|statements|accounts|allegations|either|all|these|those)\b", re.IGNORECASE
)
FIGURES = re.compile(
    r"\b(?:figures?|tolls?|numbers?|tall(?:y|ies)|counts?|estimates?|claims?|reports?|how many)\b", re.IGNORECASE
)
NUMBERS = re.compile(r"\b(?:figures?|tolls?|numbers?|tall(?:y|ies)|counts?|estimates?|how many)\b", re.IGNORECASE)
# A picture that nobody could check puts what it shows in doubt, and no count.
PICTURES = re.compile(r"\b(?:videos?|footage|pictures?|photo(?:graph)?s?|images?|clips?|films?)\b", re.IGNORECASE)
# Nobody asks who was behind a meeting: an open question is about the blast told before it, or the truce that broke.
ASIDE = re.compile(r"(?:DIP\.(?!CEASEFIRE_VIOLATION)|REP\.|POL\.|WAR\.|HUM\.)")
# What stands only on somebody's word is in doubt with it; what the article itself tells is not.
ON_WORD = frozenset((Status.CLAIMED, Status.DENIED, Status.THREATENED, Status.PROPOSED))
# What a caveat says it is about, and the kinds of figures that tell of it.
TOPICS = (
    (
        re.compile(r"\b(?:damage|destruction)\b", re.IGNORECASE),
        ("damage_cost", "equipment_", "buildings_", "vehicles_"),
    ),
    (
        re.compile(
            r"\b(?:casualt(?:y|ies)|deaths?|dead|killed|tolls?|losses|wounded|injur(?:y|ies|ed))\b", re.IGNORECASE
        ),
        ("killed", "injured", "missing"),
    ),
)
# Claims told before, named again with what they are about; and a content that is a topic and no sentence.
NAMED = re.compile(
    r"\W*(?:neither|both|none|(?:the|these|those)\s+(?:\w+\s+)?(?:claims|reports|statements|accounts|allegations))\b",
    re.IGNORECASE,
)
ABOUT = re.compile(r"\s*\b(?:about|on|of|over|regarding|concerning)\b", re.IGNORECASE)
LONGEST_CLAUSE = 140
# A caveat seldom reaches farther back than the paragraph before it.
SENTENCES_BACK = 4


@dataclass(frozen=True, slots=True)
class _Found:
    """One caveat in its sentence; ``words`` is what the wording matched, ``clause`` the part around it."""

    wording: Wording
    words: Span
    clause: Span
    sentence: int


def caveats(
    parse: Parse,
    claims: Sequence[Claim],
    actors: Sequence[Actor] = (),
    quantities: Sequence[Quantity] = (),
    incidents: Sequence[Telling] = (),
) -> tuple[Caveat, ...]:
    """The document's caveats in order, each with the ids of what it reaches."""
    text = parse.document.text
    counting = [claim for claim in claims if any(span.holds(q.span) for q in quantities for span in claim.content)]
    countries = {actor.id: actor.country for actor in actors}
    made: list[Caveat] = []
    for found in _found(text, parse.sentences):
        topical = _on_topic(text, found, claims, quantities)
        reached = _of_nations(text, parse.sentences, found, topical, countries)
        reached = reached or _of_nations(text, parse.sentences, found, claims, countries)
        meant = counting if counting and NUMBERS.search(text, *found.clause) else claims
        reached = reached or _claims(text, parse.sentences, found, claims, meant)
        ids = {claim.id for claim in reached}
        about = [claim.id for claim in claims if claim.id in ids]
        figures = (
            _figures(text, found, reached, quantities) if found.wording.status is not Verification.NO_COMMENT else []
        )
        happenings = _incidents(text, parse.sentences, found, about, incidents)
        made.append(Caveat(found.clause, found.wording.status, (*about, *figures, *happenings)))
    return tuple(made)


def unechoed(parse: Parse) -> Parse:
    """The parse without attributions that say no more than a caveat does.

    As in "the BBC could not verify the reports", where the reporter speaks, and "neither side's claims about losses
    could be verified", where what was claimed stands before.
    """
    text = parse.document.text
    checks = [f for f in _found(text, parse.sentences) if f.wording.status is Verification.COULD_NOT_VERIFY]
    kept = tuple(one for one in parse.attributions if not any(_echoes(text, one, check) for check in checks))
    return replace(parse, attributions=kept)


def _echoes(text: str, said: Attribution, check: _Found) -> bool:
    """Whether all of an attribution stands inside a caveat and either reports the checking or names earlier claims."""
    if not all(check.clause.overlaps(span) for span in (*said.source, *said.cue, *said.content)) or not said.cue:
        return False
    checked = any(span.overlaps(check.words) for span in (*said.cue, *said.content))
    if checked and said.source and _reporter(said.source[-1].of(text)):
        return True
    between = text[said.cue[-1].end : said.content[0].start]
    topic = ABOUT.search(between) is not None or ABOUT.match(said.content[0].of(text)) is not None
    return NAMED.match(check.clause.of(text)) is not None and topic


def _reporter(source: str) -> bool:
    """Whether a source is who prints the report: "Reuters", "the newspaper", "we"."""
    low = source.lower().removeprefix("the ")
    noun, entry = heads().get(low), known().get(low)
    return low == "we" or (noun is not None and noun.kind == "media") or (entry is not None and entry.kind == "media")


def taken_back(claims: Sequence[Claim], caveats: Sequence[Caveat], sentences: Sequence[Span]) -> tuple[Claim, ...]:
    """The claims, those told inside words of taking back as retracted by whoever speaks in the sentence.

    As in "the committee opened a case but backed away from claims that ...": nobody is named as their source.
    """
    backs = [caveat for caveat in caveats if caveat.status is Verification.RETRACTED_BY_SOURCE]
    out: list[Claim] = []
    for claim in claims:
        inside = any(claim.id in c.applies_to and all(c.span.holds(s) for s in claim.content) for c in backs)
        if inside and not claim.source and claim.content:
            here = _sentence_of(claim, sentences)
            voice = next((c.claimant for c in reversed(out) if _sentence_of(c, sentences) == here), None)
            out.append(replace(claim, claimant=voice, stance=Stance.RETRACTED))
        else:
            out.append(claim)
    return tuple(out)


def _found(text: str, sentences: Sequence[Span]) -> Iterator[_Found]:
    """At most one caveat for each stretch of words; the wordings' order decides."""
    for number, sentence in enumerate(sentences):
        low = sentence.of(text).lower()
        here = frozenset(stem for stem in stems() if stem in low)
        taken: list[_Found] = []
        for wording in wordings() if here else ():
            if here.isdisjoint(wording.stems):
                continue
            for match in wording.pattern.finditer(text, sentence.start, sentence.end):
                words = Span(*match.span())
                clause = _clause(text, sentence, words)
                if not any(words.overlaps(other.words) or clause.overlaps(other.clause) for other in taken):
                    taken.append(_Found(wording, words, clause, number))
        yield from sorted(taken, key=lambda found: found.words)


def _clause(text: str, sentence: Span, words: Span) -> Span:
    """The part of the sentence around the words, without the punctuation at its ends."""
    start, end = sentence
    for match in BREAK.finditer(text, sentence.start, sentence.end):
        if match.end() <= words.start:
            start = match.end()
        elif match.start() >= words.end:
            end = match.start()
            break
    while start < words.start and not text[start].isalnum():
        start += 1
    while end > words.end and (text[end - 1].isspace() or text[end - 1] in ',.;:"”'):
        end -= 1
    # Texts without punctuation have no clauses; the words themselves say enough.
    return Span(start, end) if end - start <= LONGEST_CLAUSE else words


def _claims(
    text: str, sentences: Sequence[Span], found: _Found, claims: Sequence[Claim], meant: Sequence[Claim]
) -> list[Claim]:
    """The claims a caveat speaks of; ``meant`` are those it can reach in sentences before its own."""
    here = [claim for claim in claims if _of_sentence(claim, sentences[found.sentence])]
    if found.wording.reach is Reach.OPEN:
        return []
    named = [claim for claim in here if claim.content and all(found.clause.holds(span) for span in claim.content)]
    if named and found.wording.status is Verification.RETRACTED_BY_SOURCE:
        return named
    if found.wording.reach is Reach.SPEAKER:
        own = [claim for claim in here if any(found.words.overlaps(cue) for cue in claim.cue)]
        return own or _before(sentences, found, meant, several=False)
    told = [claim for claim in here if not any(span.overlaps(found.words) for span in (*claim.cue, *claim.content))]
    holding = [claim for claim in here if any(span.holds(found.words) for span in claim.content)]
    if told and not _names_claims(text, found):
        return told
    if holding and found.wording.status is Verification.UNKNOWN:
        return holding
    return _before(sentences, found, meant, several=bool(SEVERAL.search(text, *found.clause))) or told


def _of_nations(
    text: str,
    sentences: Sequence[Span],
    found: _Found,
    claims: Sequence[Claim],
    countries: Mapping[ActorId, str | None],
) -> list[Claim]:
    """The last claims of each nation a caveat names: "neither Ukrainian nor Russian claims could be verified"."""
    if found.wording.reach is not Reach.BACK or not SEVERAL.search(text, *found.clause):
        return []
    named = {nationalities().get(word.lower()) for word in re.findall(r"\w+", found.clause.of(text))} - {None}
    reached: list[Claim] = []
    for nation in named:
        before = [
            claim
            for claim in claims
            if claim.claimant
            and countries.get(claim.claimant) == nation
            and claim.content
            and claim.content[0].start < found.clause.start
            and not claim.content[0].overlaps(found.clause)
        ]
        last = max((_sentence_of(claim, sentences) for claim in before), default=-1)
        reached += [claim for claim in before if _sentence_of(claim, sentences) == last]
    return reached


def _on_topic(text: str, found: _Found, claims: Sequence[Claim], quantities: Sequence[Quantity]) -> list[Claim]:
    """The claims with figures of what a caveat says it is about: those on damage for "the claims about damage"."""
    kinds = tuple(kind for topic, kinds in TOPICS if topic.search(text, *found.clause) for kind in kinds)
    meant = [q.span for q in quantities if kinds and q.kind.startswith(kinds)]
    return [claim for claim in claims if any(span.holds(figure) for span in claim.content for figure in meant)]


def _sentence_of(claim: Claim, sentences: Sequence[Span]) -> int:
    return next((number for number, sentence in enumerate(sentences) if _of_sentence(claim, sentence)), -1)


def _names_claims(text: str, found: _Found) -> bool:
    """Whether the caveat names claims told before: "neither claim", "the reports", "his account"."""
    left = text[found.clause.start : found.words.start]
    return bool(
        re.search(
            r"\b(?:neither|the|his|her|their|its|these|those|both|that|this)\s+(?:\w+\s+)?"
            r"(?:claims?|reports?|accounts?|statements?|allegations?|figures?|assertions?)\b|\bneither\b",
            left,
            re.IGNORECASE,
        )
    )


def _before(sentences: Sequence[Span], found: _Found, claims: Sequence[Claim], *, several: bool) -> list[Claim]:
    """The claims of the nearest sentence before that has any; of all that run on from there if several are meant."""
    reached: list[Claim] = []
    for number in range(found.sentence - 1, max(-1, found.sentence - 1 - SENTENCES_BACK), -1):
        there = [claim for claim in claims if _of_sentence(claim, sentences[number])]
        if reached and not there:
            break
        reached = [*there, *reached]
        voices = {claim.claimant for claim in reached}
        if reached and (not several or len(voices) > 1):
            break
    return reached


def _of_sentence(claim: Claim, sentence: Span) -> bool:
    spans = claim.cue or claim.content or claim.source
    return bool(spans) and sentence.start <= spans[0].start < sentence.end


def _figures(text: str, found: _Found, reached: Sequence[Claim], quantities: Sequence[Quantity]) -> list[str]:
    """The figures of the claims reached, where the caveat speaks of claims or figures as such."""
    back = found.wording.reach is Reach.BACK
    if not reached or not (back or FIGURES.search(text, *found.clause)) or PICTURES.search(text, *found.clause):
        return []
    contents = [span for claim in reached for span in claim.content]
    return [quantity.id for quantity in quantities if any(span.holds(quantity.span) for span in contents)]


def _incidents(
    text: str, sentences: Sequence[Span], found: _Found, about: Sequence[str], incidents: Sequence[Telling]
) -> list[str]:
    """The incidents that stand on the claims reached; of an open question, the one told nearest before."""
    if found.wording.reach is not Reach.OPEN:
        if NUMBERS.search(text, *found.clause):
            return []
        told = (incident for incident in incidents if incident.status in ON_WORD)
        return [incident.id for incident in told if not set(about).isdisjoint(incident.claims)]
    end = sentences[found.sentence].end
    asked = [
        (ASIDE.match(incident.kind) is None, span.start, incident.id)
        for incident in incidents
        for span in incident.trigger
        if span.start < end
    ]
    return [max(asked)[2]] if asked else []
