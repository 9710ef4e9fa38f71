"""Claims: how a thing is said, what is done by saying it, and where speaker and reporter stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rashomon.knowledge.cues import Cue, cues_in, index
from rashomon.model.reading import Attribution, Parse
from rashomon.model.telling import Act, ActorId, Claim, ClaimId, Distance, Speech, Stance
from rashomon.model.text import Span

WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
NEGATION = re.compile(r"\b(?:not|never|cannot|nobody|neither|nor|nothing|without)\b|n['’]t\b|^no\b", re.IGNORECASE)
NOBODY = re.compile(r"^(?:no|neither|nobody|none)\b", re.IGNORECASE)
OWNER = re.compile(r"['’]s?$")
REFUSAL = re.compile(r"\b(?:refus|declin|fail|unwilling|unable|yet to)\w*", re.IGNORECASE)
# A cue's own negation stands before it, with an auxiliary at most: "has still not been confirmed".
BEFORE = 24
# What is denied in plain words of saying: a deed of the speaker's own ("they had not fired"), or the truth of it.
OWN_DENIAL = re.compile(
    r"^\W*(?:it|they|he|she|we|i|(?:its|their|his|her|our)\s+\w+)\s+(?:(?:did|had|has|have)(?:\s+not|n['’]t)|never)\b"
    r"|^[^,.;]{0,60}\b(?:have|has|had)\s+never\b"
    r"|\b(?:not|n['’]t|never)\s+(?:been\s+)?(?:involved|responsible|behind|true|correct|accurate)\b"
    r"|\bno\s+(?:truth|involvement|role|part|knowledge)\b|\bhad\s+nothing\s+to\s+do\s+with\b"
    r"|\b(?:false|untrue|baseless|unfounded|fabricated|groundless)\b",
    re.IGNORECASE,
)
# "They call him a liar" names; "a call | an end to attacks" asks.
NAMED = re.compile(r"^\W*(?:it|him|her|them|us|me|itself|himself|themselves)\b", re.IGNORECASE)
SILENT = re.compile(
    r"^(?:\w+\s+){1,3}(?:(?:will|would|can|could)\s*(?:not|n['’]t)\s+(?:comment|speculate)|had no comment)\b",
    re.IGNORECASE,
)
FUSED_BEFORE = (
    "did",
    "has",
    "have",
    "had",
    "was",
    "were",
    "also",
    "later",
    "once",
    "then",
    "he",
    "she",
    "it",
    "they",
    "and",
    "who",
)
FUSED_AFTER = ("to", "on", "that", "in", "for", "of", "he", "she", "it", "the", "was")
REFUSALS = ("decline", "refuse", "decline to", "refuse to")
COMMENTING = re.compile(
    r"^\W*(?:to\s+)?(?:comment|respond|reply|answer|react|confirm|speculate|discuss|be\s+drawn)\b", re.IGNORECASE
)
TELLING = re.compile(
    r"^\W*(?:to\s+)?(?:say|give|disclose|reveal|identif|name|specif|elaborat|provide|detail|explain|tell)",
    re.IGNORECASE,
)
FOR = re.compile(r"^\W*(?:for|on|upon)\b", re.IGNORECASE)
INFINITIVE = re.compile(r"^\W*to\s+\w", re.IGNORECASE)
# Swearing that says nothing: an oath taken, an office filled, a curse. "Swore in court that ..." says.
OATH = re.compile(
    r"\b(?:swear(?:s|ing)?|swore|sworn)\s+(?:into|at|in(?!\s+(?:a|an|court|writing|his|her|their|its)\b))\b"
    r"|\bswearing\s+(?:as|while|and|loudly)\b"
    r"|\b(?:swear(?:s|ing)?|swore|sworn|pledg(?:e|es|ed|ing)|t(?:ake|akes|aking|ook|aken)|renew(?:s|ed|ing)?)"
    r"\s+(?:\w+\s+){0,2}(?:oaths?|allegiance|loyalty|fealty)\b",
    re.IGNORECASE,
)
PROPOSITION = re.compile(r"^\W*that\b|^[“\"]", re.IGNORECASE)
# What a word of saying does when an infinitive follows it: "warned them to leave", "offered to help".
INFINITIVES = {
    "say": Act.REQUEST,
    "tell": Act.ORDER,
    "warn": Act.REQUEST,
    "caution": Act.REQUEST,
    "remind": Act.REQUEST,
    "offer": Act.PROPOSE,
    "claim": Act.CLAIM,
    "swear": Act.COMMIT,
    "continue": Act.COMMIT,
}
NEGATED_STANCE = {
    Act.NO_COMMENT: Stance.NO_COMMENT,
    Act.WITHHOLD: Stance.UNDISCLOSED,
    Act.DENY: Stance.DENY,
    Act.REJECT: Stance.DENY,
}
QUOTES = "\"“”„«»'‘’"
# Shares of words in quotation marks for direct speech. One in twenty may stand outside by a slip of the encoder; where
# a paragraph's marks open twice and close once, the reader of marks loses up to a third.
ALL, MARKED = 0.95, 0.6
# Where several cues stand in one ("said he denied"), the act that says most is the claim's.
PLAIN = (Act.SAY, Act.NAME, Act.SHOW)


def claims(parse: Parse, claimants: Sequence[ActorId | None]) -> tuple[Claim, ...]:
    """The document's claims, one an attribution and in its order, said by ``claimants`` (same length)."""
    text = parse.document.text
    within = holders(parse.attributions)
    made: list[Claim] = []
    for number, (attribution, claimant) in enumerate(zip(parse.attributions, claimants, strict=True)):
        act, stance, distance = position(text, attribution)
        outer = within[number]
        made.append(
            Claim(
                claim_id(number),
                attribution.source,
                attribution.cue,
                attribution.content,
                claimant,
                speech(text, attribution, parse.quotations),
                act,
                stance,
                distance,
                None if outer is None else claim_id(outer),
                attribution.score,
            )
        )
    return tuple(made)


def sayings(parse: Parse) -> Parse:
    """The parse without attributions whose cue is an oath or a curse and no word of saying."""
    text = parse.document.text
    oaths = [Span(*found.span()) for found in OATH.finditer(text)]
    kept = tuple(
        one
        for one in parse.attributions
        if PROPOSITION.search(one.content[0].of(text) if one.content else "")
        or not any(cue.overlaps(oath) for cue in one.cue for oath in oaths)
    )
    return replace(parse, attributions=kept)


def claim_id(number: int) -> ClaimId:
    """The id of the document's n-th attribution, counted from 0."""
    return ClaimId(f"c{number + 1}")


def holders(attributions: Sequence[Attribution]) -> list[int | None]:
    """For each attribution the smallest other one whose content holds all of it, or None."""
    extents = [_extent(attribution) for attribution in attributions]
    found: list[int | None] = []
    for number, extent in enumerate(extents):
        around = [
            (span.end - span.start, other)
            for other, attribution in enumerate(attributions)
            for span in attribution.content
            if other != number and extent is not None and span.holds(extent) and extents[other] != extent
        ]
        found.append(min(around)[1] if around else None)
    return found


def speech(text: str, attribution: Attribution, quotations: Sequence[Span]) -> Speech:
    """Direct if all the content's words stand in quotation marks or after a colon, mixed if some do."""
    words = quoted = 0
    # A quotation that holds the cue too is somebody else's: this claim is told inside it.
    own = [q for q in quotations if not any(q.overlaps(span) for span in (*attribution.cue, *attribution.source))]
    for part in attribution.content:
        inside = [span for span in own if span.overlaps(part)]
        for found in WORD.finditer(text, part.start, part.end):
            words += 1
            quoted += any(span.start <= found.start() < span.end for span in inside)
    if words and quoted >= (MARKED if _in_marks(text, attribution) else ALL) * words:
        return Speech.DIRECT
    if quoted:
        return Speech.MIXED
    return Speech.DIRECT if _after_colon(text, attribution) else Speech.INDIRECT


def _in_marks(text: str, attribution: Attribution) -> bool:
    """Whether the content opens and closes with quotation marks."""
    first = attribution.content[0].of(text).lstrip()
    last = attribution.content[-1].of(text).rstrip(" ,.\n")
    return first[:1] in QUOTES and last[-1:] in QUOTES


def position(text: str, attribution: Attribution) -> tuple[Act, Stance, Distance]:
    """What is done by the claim's cue, the speaker's stance to the content, the reporter's distance."""
    if not attribution.cue:
        return Act.SAY, Stance.AFFIRM, Distance.NEUTRAL
    words = " ".join(span.of(text) for span in attribution.cue)
    content = " ".join(span.of(text) for span in attribution.content)
    cue, before = cue_of(words)
    if cue is None:
        return Act.SAY, Stance.AFFIRM, Distance.NEUTRAL
    if cue.negated is not None and _is_negated(text, attribution, before, cue.kind):
        return cue.negated, NEGATED_STANCE.get(cue.negated, Stance.AFFIRM), Distance.NEUTRAL
    return *_done(cue, words, content), cue.distance


def _parted(word: str) -> tuple[str, ...]:
    """A word, or the two that scraping fused round a cue: "didconfirm", "wroteon"."""
    table = index()
    if word in table:
        return (word,)
    for before in FUSED_BEFORE:
        if word.startswith(before) and word[len(before) :] in table:
            return before, word[len(before) :]
    for after in FUSED_AFTER:
        if word.endswith(after) and word[: -len(after)] in table:
            return word[: -len(after)], after
    return (word,)


def _is_negated(text: str, attribution: Attribution, before: str, kind: str) -> bool:
    """Whether a cue is denied: by words of its own, by "no group" as its source, or by a "not" left of it."""
    source = " ".join(span.of(text) for span in attribution.source)
    own = (
        NEGATION.search(before)
        or REFUSAL.search(before)
        or (kind == "verb" and NOBODY.search(source) and not OWNER.search(source))
    )
    return bool(own) or _negated_before(text, attribution)


def _done(cue: Cue, words: str, content: str) -> tuple[Act, Stance]:
    """What is done by a cue with this content, and the stance that goes with it."""
    if cue.words in REFUSALS:
        return _refused(content)
    if cue.words == "call" and (FOR.match(content) or (words.lower().endswith("call") and not NAMED.match(content))):
        return Act.REQUEST, cue.stance
    if cue.kind == "verb" and cue.words in INFINITIVES and INFINITIVE.match(content):
        return INFINITIVES[cue.words], cue.stance
    if cue.act is Act.SAY and SILENT.search(content[:120]):
        return Act.NO_COMMENT, Stance.NO_COMMENT
    if cue.act in (Act.SAY, Act.CLAIM) and OWN_DENIAL.search(content[:120]):
        return Act.DENY, Stance.DENY
    return cue.act, cue.stance


def _refused(content: str) -> tuple[Act, Stance]:
    """What is refused, where the refusing word stands alone as the cue: "declined | to comment"."""
    if COMMENTING.match(content):
        return Act.NO_COMMENT, Stance.NO_COMMENT
    return (Act.WITHHOLD, Stance.UNDISCLOSED) if TELLING.match(content) else (Act.REJECT, Stance.DENY)


def cue_of(words: str) -> tuple[Cue | None, str]:
    """The cue that decides among a cue's words, and what stands before it: the longest, then the one that says most."""
    lower = [part for found in WORD.finditer(words) for part in _parted(found.group().lower().replace("’", "'"))]
    candidates = list(cues_in(lower))
    if not candidates:
        return None, words
    first, _, cue = max(candidates, key=lambda c: (c[1] - c[0], c[2].act not in PLAIN, c[0]))
    return cue, " ".join(lower[:first])


def _negated_before(text: str, attribution: Attribution) -> bool:
    """Whether a negation stands just before the cue, after the source if that comes first: "he did not <say>"."""
    start = attribution.cue[0].start
    bounds = [span.end for span in (*attribution.source, *attribution.content) if span.end <= start]
    left = text[max([start - BEFORE, *bounds]) : start]
    return bool(NEGATION.search(left) or REFUSAL.search(left)) and not re.search(r"[.!?;:\"”]", left)


def _after_colon(text: str, attribution: Attribution) -> bool:
    if not attribution.content or not attribution.cue:
        return False
    start = attribution.content[0].start
    between = text[attribution.cue[-1].end : start]
    return attribution.cue[-1].end <= start and between.rstrip().endswith(":")


def _extent(attribution: Attribution) -> Span | None:
    spans = (*attribution.source, *attribution.cue, *attribution.content)
    return Span(min(s.start for s in spans), max(s.end for s in spans)) if spans else None
