"""Whether the interval of a figure fits its words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dispatches.markup import Figure
from rashomon.model.telling import Bound

_SMALL = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen"
)
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_SCALES = {"hundred": 100, "thousand": 1_000, "lakh": 100_000, "million": 1_000_000}
_ONES = {word: n for n, word in enumerate(_SMALL.split(), start=2)} | {"nineteen": 19, "zero": 0}
_SHORT = {"m": 1e6, "bn": 1e9, "billion": 1e9, "crore": 1e7}
NUMBERS = tuple(_ONES) + tuple(_TENS) + tuple(_SCALES)

DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?(?:\s?(?:million|billion|thousand|lakh|crore|m|bn)\b)?", re.IGNORECASE)
WORDS = re.compile(
    r"\b(?:(?P<few>a|one|" + "|".join([*_ONES, *_TENS]) + r")[ -])?(?P<scale>hundred|thousand|million|dozen)\b"
    r"|\b(?P<tens>" + "|".join(_TENS) + r")(?:[- ](?P<ones>one|" + "|".join(_SMALL.split()[:8]) + r"))?\b"
    r"|\b(?P<small>one|" + "|".join(_ONES) + r")\b",
    re.IGNORECASE,
)
_SIGNS = {
    Bound.AT_LEAST: r"at least|no fewer than|no less than|not less than|minimum|or more|as many as|upwards of|already",
    Bound.MORE_THAN: r"\bmore than|\bover\b|\babove\b|in excess of|exceed|topp|\+|pass",
    Bound.AT_MOST: r"up to|at most|as many as|as much as|at the outside|no more than|not more than|maximum|or fewer",
    Bound.LESS_THAN: r"fewer than|less than|under\b|below",
    Bound.ABOUT: r"about|around|some\b|approximately|roughly|or so|estimated|an estimate|circa|close to|odd",
    Bound.NEARLY: r"nearly|almost|close to|just short of",
    Bound.RANGE: r"between|to\b|-|–|or\b|and\b|,",
}


def number(words: str) -> float | None:
    """Read the first number in some words, written in digits or letters; None if there is none."""
    letters = WORDS.search(words)
    digits = DIGITS.search(words)
    if digits and not (letters and letters.start() < digits.start()):
        plain, scale = re.match(r"([\d,.]+?)[,.]?\s*([a-z]*)$", digits.group().lower()).groups()  # type: ignore[union-attr]
        return float(plain.replace(",", "")) * {"m": 1e6, "bn": 1e9, "billion": 1e9, "crore": 1e7}.get(
            scale, _SCALES.get(scale, 1)
        )
    if letters is None:
        return None
    if letters["scale"]:
        few = (letters["few"] or "").lower()
        many = _ONES.get(few) or _TENS.get(few) or 1
        return many * (12.0 if letters["scale"].lower() == "dozen" else _SCALES[letters["scale"].lower()])
    if letters["tens"]:
        ones = (letters["ones"] or "").lower()
        return _TENS[letters["tens"].lower()] + (1.0 if ones == "one" else _ONES.get(ones, 0))
    return 1.0 if letters["small"].lower() == "one" else float(_ONES[letters["small"].lower()])


def faults(figure: Figure, words: str) -> Iterator[str]:
    """Say what does not fit, a sentence each."""
    yield from _shape(figure)
    sign = _SIGNS.get(figure.bound)
    if sign and not re.search(sign, words, re.IGNORECASE):
        yield f"nothing in the words says {figure.bound}"
    if figure.bound is Bound.EXACT:
        for bound in (Bound.AT_LEAST, Bound.MORE_THAN, Bound.LESS_THAN, Bound.NEARLY):
            if re.match(rf"({_SIGNS[bound]})\b", words, re.IGNORECASE):
                yield f"the words say {bound}, not exact"
    if figure.value == 0:
        if not re.search(r"\bno\b|\bnone\b|\bnot\b|\bnobody\b|without|zero|\b0\b", words, re.IGNORECASE):
            yield "nothing in the words says none"
        return
    read = number(words)
    if read is not None and figure.value is not None and read != figure.value and not _compound(words):
        yield f"the words say {read:g}, the mark {figure.value:g}"


def _compound(words: str) -> bool:
    """Whether the words hold more than one number or a fraction, which ``number`` does not read."""
    return len(DIGITS.findall(words)) + len(WORDS.findall(words)) > 1 or bool(re.search(r"half|quarter|third", words))


def _shape(figure: Figure) -> Iterator[str]:
    low, high = figure.low, figure.high
    match figure.bound:
        case Bound.EXACT if low is None or low != high:
            yield "exact needs both ends, and equal"
        case Bound.AT_LEAST | Bound.MORE_THAN if low is None or high is not None:
            yield f"{figure.bound} is open above"
        case Bound.AT_MOST | Bound.LESS_THAN if high is None or low is not None:
            yield f"{figure.bound} is open below"
        case Bound.RANGE if low is None or high is None or low >= high:
            yield "a range needs two ends, the lower first"
        case Bound.ABOUT | Bound.NEARLY if figure.value is None or low is not None or high is not None:
            yield f"{figure.bound} is open on both sides and needs v="
        case Bound.VAGUE if low is not None or high is not None or figure.value is not None:
            yield "vague has no number"
        case _:
            return
