"""The grammar of times: which words together name one.

Rules are patterns over the signs of ``calendar_words``, put together from a few pieces. Of all rules that match at a
word the longest match wins.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from rashomon.coding import time_dates as dates
from rashomon.coding import time_steps as steps
from rashomon.coding.calendar_words import Signs
from rashomon.coding.time_phrases import Phrase, Phrases, calendar

Build = Callable[[Signs, re.Match[str]], Phrases]

# The pieces: "early in the morning of", "Monday,", "the 3rd", "480 BC", "of that year", "evening", "the end of", "two".
HEAD = r"(?P<head>(?:ei)?t?e?(?:PH|P|H)[oi]|WPo|[elf]i?)?"
WEEKDAY = r"(?:(?P<weekday>W),?)?"
DAY = r"t?(?P<day>[dO])"
YEAR = r"(?:,?(?P<year>Y|'[yd]|[dn](?=B))(?P<era>[BA])?)"
RELATED = r"(?:,?o?(?P<related>(?:tq|[hLx]|tp|tg|q|qq)V))"
TAIL = r"(?P<tail>,?e?P(?!o)|,?K)?"
PART = r"(?:(?P<part>t?[erL]?bo(?:t?bo)?|t?e-?|ei|[lf]i?)t?)"
COUNT = r"(?P<count>ac|avo?|a|vo?|c-?c|[cdyn])"
WHICH = r"(?P<which>t?[hLxqp]q?|tg)"  # "following" alone is mostly "after"
UNIT = r"(?P<unit>[JZQVC])"


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern, the signs it can begin with, and what its words mean; () where a neighbour forbids it."""

    first: str
    pattern: re.Pattern[str]
    build: Build


def _rule(first: str, pattern: str, build: Build) -> Rule:
    return Rule(first, re.compile(pattern), build)


_HEADS = "etPHlfW"
RULES = (
    _rule(_HEADS + "dO", rf"{HEAD}{WEEKDAY}i?{DAY}o?(?P<month>M)(?:{YEAR}|{RELATED})?{TAIL}", calendar),
    _rule("tr", r"t?(?P<day>r)o(?P<month>M)" + YEAR + "?", calendar),
    _rule(_HEADS + "dO", rf"{HEAD}{WEEKDAY}{DAY}(?P<month>M)(?P<short>[dy])", dates.two_digits),
    _rule(_HEADS + "M", rf"{HEAD}{WEEKDAY}(?P<month>M),?{DAY}(?:{YEAR}|{RELATED})?{TAIL}", calendar),
    _rule(_HEADS + "dO", rf"{HEAD}(?P<days>t?[dO](?:(?:,t?[dO])*,?k|-)t?[dO])o?(?P<month>M){YEAR}?", dates.shared),
    _rule(_HEADS + "M", rf"{HEAD}(?P<month>M)(?P<days>t?[dO](?:(?:,t?[dO])*,?k|-)t?[dO]){YEAR}?", dates.shared),
    _rule("terblfM", rf"{PART}?(?P<month>M)(?:,?o?{YEAR}|{RELATED})?", calendar),
    _rule("terblfYdn'", rf"{PART}?(?:tV)?{YEAR}", dates.bare_year),
    _rule("tY", r"(?:tV)?(?P<year>Y)-[dy]", dates.year_range),
    _rule("terblfE", rf"{PART}?t?(?P<decade>E)", dates.decade),
    _rule("terblfO", rf"{PART}?t?(?P<century>[Or])(?P<unit>C)(?P<era>B)?", dates.century),
    _rule("terblfhLxqpg", rf"{PART}?{WHICH}(?P<month>M)", steps.chosen),
    _rule("terblfS", rf"{PART}?t?(?P<season>S)(?:,?o?{YEAR}|{RELATED})?", calendar),
    _rule("terblfhLxqpgS", rf"{PART}?{WHICH}(?P<season>S)", steps.chosen),
    _rule(_HEADS + "hLxqpg", rf"{HEAD}{WHICH}?(?P<weekday>W){TAIL}", steps.chosen),
    _rule(_HEADS + "D", rf"{HEAD}(?P<day>D)(?P<tail>e?P)?", steps.deictic),
    _rule("N", r"N", steps.night),
    _rule("t", r"tP", steps.that_night),
    _rule("ethLxqpgf", rf"(?:[elf]i?)?{WHICH}e?P", steps.part_of_day),
    _rule("t", r"(?P<which>t)P(?P<after>[fmzg])", steps.part_of_day),
    _rule("terblfhLxqpg", rf"{PART}?{WHICH}{COUNT}?{UNIT}", steps.relative),
    _rule("tR", rf"(?P<which>t?R){UNIT}", steps.relative),
    _rule("terblf", rf"(?P<part>t?[er]?bot?(?:bot)?|eit|[lf]it){UNIT}", steps.whole_unit),
    _rule("QV", r"(?P<unit>[QV])'sb", steps.whole_unit),
    _rule("avcdynJZQVCt", rf"(?:{COUNT}|t)?{UNIT}(?P<sign>[Glfzmg])", steps.offset),
    _rule("avcdynH", rf"{COUNT}?H(?P<sign>[Glfm])", steps.hours),
    _rule("tL", rf"t?L{COUNT}H", steps.past_hours),
    _rule("thLxpgw", r"(?P<which>t?[hLxpq]?|tg)w", steps.weekend),
    _rule("F", "F", dates.feast),
    _rule("I", rf"I{TAIL}", dates.figures),
    _rule("K", r"K", steps.clock),
    _rule("tO", rf"{DAY}", dates.day_of_month),
    _rule("t", rf"t(?P<nth>[rL])Zo(?P<month>M){YEAR}?", dates.week_of_month),
)
_BY_SIGN = {sign: tuple(rule for rule in RULES if sign in rule.first) for sign in {s for r in RULES for s in r.first}}
# Every rule holds one of these signs; most words that may begin one ("the", "a") have none of them in reach.
_CORE = "MWSJZQVCHPNDwFYEIKOByd"
_STARTS = re.compile(rf"(?=[^_|]{{0,9}}[{_CORE}])[{''.join(sorted(_BY_SIGN))}]")


def phrases(row: Signs) -> Phrases:
    """The phrases of a row that name times, in order, none inside another."""
    out: list[Phrase] = []
    at = 0
    while (start := _STARTS.search(row.line, at)) is not None:
        at = start.start()
        matches = [(m, r) for r in _BY_SIGN[row.line[at]] if (m := r.pattern.match(row.line, at)) is not None]
        matches.sort(key=lambda pair: -pair[0].end())
        for found, rule in matches:
            if built := rule.build(row, found):
                out.extend(built)
                at = built[-1].end
                break
        else:
            at += 1
    return tuple(out)
