"""What became of the counted: the word that governs a figure, before it ("killing 12") or after it ("12 died")."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rashomon.coding.words import Word
from rashomon.knowledge.counted import Outcome, Voice, outcomes

BE = frozenset("was were been being be is are got get left".split())
# Words that may stand between a figure and its participle without saying anything of it.
LIGHT = (
    BE
    | frozenset(
        "has have had having also already reportedly allegedly apparently feared confirmed believed reported".split()
    )
    | frozenset(
        "thought said known to now either seriously critically severely slightly badly fatally still not".split()
    )
    | frozenset("people others more both all subsequently later then".split())
)
# Beyond these the words belong to another clause.
WALLS = frozenset(
    "when while after before since because if although though as so but than by until till where whereas said says "
    "told saying reported reports added according ; : ? ! .".split()
)
PREPOSITIONS = frozenset(
    "in on at near from with for against into inside outside during across around between under".split()
)
RELATIVES = frozenset(("who", "that", "which"))
# The figure does and does not suffer what the word says: "three shells hit", "killed by two bombs".
AGENT, BY = "agent", "by"
REACH = 14
TOLL_REACH = 18
TOLLS = frozenset(("toll", "hurttoll", "casualtytoll"))


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words of a sentence, the outcome that starts and the one that ends at each, the figures' words.

    ``figures`` maps the first word of a figure to the word after its last, ``closed`` the other way round.
    """

    words: Sequence[Word]
    starting: Sequence[Outcome | None]
    ending: Mapping[int, Outcome]
    figures: Mapping[int, int]
    closed: Mapping[int, int]


def marked(words: Sequence[Word]) -> tuple[Outcome | None, ...]:
    """The outcome that starts at each word, the longest, none inside another."""
    known = outcomes()
    found: list[Outcome | None] = [None] * len(words)
    last = 0
    for at, word in enumerate(words):
        if at < last or word.low not in known:
            continue
        for outcome in known[word.low]:
            size = len(outcome.words)
            if size == 1 or tuple(word.low for word in words[at : at + size]) == outcome.words:
                found[at], last = outcome, at + size
                break
    return tuple(found)


def governing(sentence: Sentence, first: int, last: int) -> tuple[str, ...]:
    """The events of the outcomes that may govern the figure of words ``first`` to ``last``, the likeliest first."""
    after, after_cost = _after(sentence, last)
    before, before_cost = _before(sentence, first)
    nearer = after is not None and after != AGENT and (before is None or after_cost < before_cost)
    return tuple(event for event in ((after, before) if nearer else (before, after)) if event is not None)


def suffered(sentence: Sentence, last: int) -> str | None:
    """The participle close behind the words up to ``last``: "no one (was hurt)"."""
    event, cost = _after(sentence, last)
    return event if event != AGENT and cost < 1 else None


def _after(sentence: Sentence, last: int) -> tuple[str | None, float]:
    """The participle or verb whose subject the figure is, and how far off it stands."""
    at, cost, passive, preposition = last, 0.0, False, False
    for _ in range(REACH):
        if at >= len(sentence.words):
            break
        low, mark = sentence.words[at].low, sentence.starting[at]
        if mark is not None:
            suffered = mark.voice is Voice.BEFORE or (
                mark.voice is Voice.EITHER and (passive or not _acts(sentence, at + len(mark.words)))
            )
            if preposition and not passive:
                break
            return _joined(sentence, at, mark) if suffered else AGENT, cost
        if low in WALLS or (low in RELATIVES and not _passes(sentence, at + 1)):
            break
        if at in sentence.figures:
            at, cost = sentence.figures[at], cost + 1
            continue
        if low in ("and", "or") and not _opens(sentence, at + 1):
            break
        passive = passive or low in BE
        preposition = preposition or low in PREPOSITIONS
        cost += 0.1 if low in LIGHT else 0.5
        at += 1
    return None, 0


def _joined(sentence: Sentence, at: int, mark: Outcome) -> str:
    """What "killed" says alone, and "killed and wounded" together."""
    after = at + len(mark.words)
    if mark.event != "kill" or after + 1 >= len(sentence.words) or sentence.words[after].low not in ("and", "or"):
        return mark.event
    second = sentence.starting[after + 1]
    both = second is not None and second.event == "injure" and not _acts(sentence, after + 1 + len(second.words))
    return "harm" if both else mark.event


def _doubled(sentence: Sentence, start: int, mark: Outcome) -> str:
    """What "wounds (12)" says alone, and "kills and wounds (12)" together."""
    before = start - 2 if start > 1 and sentence.words[start - 1].low in ("and", "or") else start - 1
    first = sentence.ending.get(before)
    if mark.event != "injure" or first is None or first.event != "kill":
        return mark.event
    return "harm" if before - len(first.words) + 1 not in sentence.closed else mark.event


def _passes(sentence: Sentence, at: int) -> bool:
    """Whether a relative clause says outright what became of the counted: "who (were killed)"."""
    return at < len(sentence.words) and (sentence.starting[at] is not None or sentence.words[at].low in LIGHT)


def _acts(sentence: Sentence, at: int) -> bool:
    """Whether a participle followed by these words acts on them: "killed (25 men)", not "killed (150 injured)"."""
    if at >= len(sentence.words):
        return False
    if at in sentence.figures:
        own = sentence.starting[at : sentence.figures[at] + 1]
        return all(mark is None or mark.voice is Voice.AFTER for mark in own)
    return sentence.words[at].low in (
        "a",
        "an",
        "the",
        "his",
        "her",
        "their",
        "its",
        "dozens",
        "scores",
        "many",
        "several",
    )


def _opens(sentence: Sentence, at: int) -> bool:
    """Whether another counted or single thing starts at a word, so that "and" joins like to like."""
    return at in sentence.figures or (
        at < len(sentence.words)
        and sentence.words[at].low in ("a", "an", "the", "his", "her", "their", "more", "allied", "other")
    )


def _before(sentence: Sentence, first: int) -> tuple[str | None, float]:
    """The verb or noun whose object the figure is, and how far off it stands."""
    at, cost, subset = first - 1, 0.0, False
    while at >= 0 and first - at <= REACH:
        low = sentence.words[at].low
        if at + 1 in sentence.closed:
            at, cost = sentence.closed[at + 1] - 1, cost + 1
            continue
        mark = sentence.ending.get(at)
        if mark is not None:
            start = at - len(mark.words) + 1
            if start in sentence.closed and not subset:
                # "57 killed 150 injured": most likely done with its own figure.
                cost += 0.25
            governs = subset or _governs(sentence, mark, start, first - 1 - at)
            return (_doubled(sentence, start, mark), cost) if governs else (None, 0)
        if low == "by":
            return (BY if sentence.ending.get(at - 1) is not None else AGENT), cost
        if low == "left":
            break
        if low in BE:
            return _among_the(sentence, at), cost
        if low in WALLS or low in PREPOSITIONS or low in ("who", "which", "that", "."):
            break
        subset = subset or low in ("including", "among", "included", "includes", "include")
        cost += 0.5 if low not in ("and", ",") else 1
        at -= 1
    return None, 0


def _governs(sentence: Sentence, mark: Outcome, start: int, gap: int) -> bool:
    """Whether an outcome found before a figure acts on it."""
    if mark.voice is Voice.AFTER:
        return True
    if mark.voice is Voice.BEFORE:
        return False
    if start > 0 and sentence.words[start - 1].low in BE - {"left"}:
        return False
    # "Seven killed, 104 injured": a participle right after its own figure is done with it.
    return start not in sentence.closed or gap == 0


def _among_the(sentence: Sentence, at: int) -> str | None:
    """As in "Among those killed were (three)": the outcome right before the verb."""
    for back in (1, 2, 3):
        mark = sentence.ending.get(at - back)
        if mark is not None and mark.voice is not Voice.AFTER:
            start = at - back - len(mark.words) + 1
            among = {word.low for word in sentence.words[max(0, start - 3) : start]}
            return mark.event if among & {"among", "those", "the", "of"} and not among & BE else None
    return None


def toll(sentence: Sentence, first: int) -> str | None:
    """The toll a figure is given for: "the death toll from the blast has risen to (61)"."""
    for at in range(first - 1, max(-1, first - TOLL_REACH), -1):
        mark = sentence.ending.get(at)
        if mark is not None and mark.event in TOLLS:
            return mark.event
        if sentence.words[at].low in (";", "?", "!", "."):
            break
    return None
