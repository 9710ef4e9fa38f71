"""How many, as other codebooks count: from what each voice gives to the number their published rules make of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from rashomon.export.dossiers import Dossier
from rashomon.model.incident import Answer, Incident, Polarity
from rashomon.model.telling import Bound, Quantity, Share

# What ACLED makes of words without a number (codebook, section 5); the longer ones first.
WORDS = (("hundreds", 100), ("dozens", 12))
# ACLED takes 3 or, for a large attack, 10: which it was is a coder's to say, so the lower stands.
UNCOUNTED = 3
# Parts, shares and denials are no totals.
NO_TOTALS = (Share.SUBSET, Share.EACH, Share.NEGATED)

Amount = Decimal | None


@dataclass(frozen=True, slots=True)
class Figure:
    """One answer to "how many": ``low`` and ``high`` are the interval (None: open), ``value`` the number as said."""

    bound: Bound
    value: Amount
    low: Amount
    high: Amount
    words: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Estimate:
    """UCDP's three numbers; None is left to a reviewer."""

    low: Amount
    best: Amount
    high: Amount


def figures(dossier: Dossier, question: str) -> tuple[Figure, ...]:
    """The totals that still stand as answers to a question of an incident."""
    return tuple(
        figure
        for answer in live(dossier.incident, question)
        if (figure := _figure(answer, _quantity(dossier, answer))) is not None
    )


def live(incident: Incident, question: str) -> Iterator[Answer]:
    """The answers that are neither denials nor replaced since."""
    for comparison in incident.comparisons:
        if comparison.question == question:
            for answer in comparison.answers:
                if answer.polarity is Polarity.AFFIRM and not answer.superseded:
                    yield answer


def reported(answers: Iterable[Answer]) -> tuple[Amount, Amount]:
    """The lowest and the highest number that anybody gives, as Iraq Body Count lists them; None where nobody does."""
    ends = [end for answer in answers for end in (answer.low, answer.high) if end is not None]
    return (min(ends), max(ends)) if ends else (None, None)


def fatalities(dossier: Dossier) -> tuple[int, str]:
    """ACLED's number of deaths, the lowest reported one, and what it rests on."""
    counted = [number for figure in figures(dossier, "killed") if (number := acled(figure)) is not None]
    if counted:
        return min(counted), f"lowest of {len(counted)} reported" if len(counted) > 1 else "as reported"
    if any(live(dossier.incident, "killed_or_injured")):
        return 0, "casualties reported, deaths not told apart"
    return 0, "none reported"


def acled(figure: Figure) -> int | None:
    """The deaths ACLED's rule makes of a figure; None where it takes another report."""
    match figure.bound:
        case Bound.EXACT | Bound.AT_LEAST | Bound.ABOUT | Bound.NEARLY:
            amount = figure.low if figure.value is None else figure.value
        case Bound.MORE_THAN | Bound.RANGE:
            amount = figure.low
        case Bound.AT_MOST | Bound.LESS_THAN:
            amount = None
        case Bound.VAGUE:
            said = figure.words.lower()
            amount = Decimal(next((number for word, number in WORDS if word in said), UNCOUNTED))
    return None if amount is None else int(amount)


def ucdp(figure: Figure) -> Estimate:
    """UCDP's low, best and high for one figure."""
    match figure.bound:
        case Bound.EXACT | Bound.ABOUT | Bound.NEARLY:
            number = figure.low if figure.value is None else figure.value
            return Estimate(number, number, number)
        case Bound.AT_LEAST | Bound.MORE_THAN:
            return Estimate(figure.low, figure.low, None)
        case Bound.AT_MOST | Bound.LESS_THAN:
            return Estimate(Decimal(0), None, figure.high)
        case Bound.RANGE:
            return Estimate(figure.low, None, figure.high)
        case Bound.VAGUE:
            return Estimate(None, None, None)


def estimate(told: Iterable[Figure]) -> Estimate:
    """UCDP's numbers for an incident.

    ``low`` is the lowest and ``high`` the highest that is given; a figure without an end ("at least 9") leaves ``high``
    to a reviewer unless another reaches as far. ``best`` is only set where all figures give the same.
    """
    each = [ucdp(figure) for figure in told]
    lows = [one.low for one in each if one.low is not None]
    highs = [one.high for one in each if one.high is not None]
    bests = {one.best for one in each}
    high = max(highs, default=None)
    if high is None or any(one.high is None and one.low is not None and one.low > high for one in each):
        high = None
    return Estimate(min(lows, default=None), bests.pop() if len(bests) == 1 else None, high)


def _quantity(dossier: Dossier, answer: Answer) -> Quantity | None:
    return next((one for words in answer.claims if (one := dossier.quantity(words)) is not None), None)


def _figure(answer: Answer, quantity: Quantity | None) -> Figure | None:
    """An answer with its words' bound; None if it is no total of its own."""
    words = answer.claims[0].text if answer.claims else ""
    if quantity is not None and quantity.share in NO_TOTALS:
        return None
    # "Four more" has become the total it makes: the words' own number is no longer the answer's.
    if quantity is None or (quantity.low, quantity.high) != (answer.low, answer.high):
        return Figure(_bound(answer), answer.low, answer.low, answer.high, words, answer)
    return Figure(quantity.bound, quantity.value, answer.low, answer.high, words, answer)


def _bound(answer: Answer) -> Bound:
    """The bound that an interval alone shows."""
    if answer.low is None:
        return Bound.VAGUE if answer.high is None else Bound.AT_MOST
    if answer.high is None:
        return Bound.AT_LEAST
    return Bound.EXACT if answer.low == answer.high else Bound.RANGE
