"""The ledger's terms in words that people read; signs come before colour."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from decimal import Decimal

from rashomon.knowledge.kinds import kinds, plural
from rashomon.knowledge.units import named
from rashomon.model.incident import Answer, Evidence, Incident, Polarity, Relation, Site
from rashomon.model.judgement import Part, Sense, Verdict
from rashomon.model.telling import Stance, Verification

MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
DAY = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?[~?]?")
# Nouns whose plural is their singular.
SAME = frozenset("aircraft personnel police equipment livestock sheep cattle staff crew spacecraft".split())
PLURALS = {"child": "children", "man": "men", "woman": "women", "serviceman": "servicemen", "fisherman": "fishermen"}
QUESTIONS = {
    "occurrence": "did it happen",
    "perpetrator": "who did it",
    "cause": "cause",
    "place": "where",
    "date": "when",
    "terms": "terms",
    "killed": "people killed",
    "injured": "people injured",
    "killed_or_injured": "killed or injured",
    "count_other": "other figures",
}
VERDICTS = {
    Verdict.SAME_INCIDENT: "same incident",
    Verdict.DIFFERENT_INCIDENT: "different incidents",
    Verdict.SAME_ACTOR: "same actor",
    Verdict.DIFFERENT_ACTOR: "different actors",
    Verdict.UNDO: "undone",
    Verdict.ACCEPT: "accepted",
    Verdict.REJECT: "rejected",
    Verdict.CORRECT: "corrected",
    Verdict.ADD: "added",
    Verdict.UNSURE: "unsure",
}
# Families of kinds, the part before the point.
FAMILIES = {
    "STRIKE": "strike",
    "BOMB": "bombing",
    "CLASH": "clash",
    "CIV": "violence against civilians",
    "VIOL": "violence",
    "INFRA": "collapse, crash, explosion",
    "FORCE": "movement of forces",
    "OP": "preparation of an operation",
    "PROT": "protest",
    "REP": "arrest, trial, measure",
    "POL": "politics",
    "DIP": "talks and diplomacy",
    "HUM": "people in need",
    "CYBER": "cyber attack",
    "WAR": "the war as such",
    "TERR": "territory",
}


def sign(relation: Relation) -> str:
    """One character for how answers stand to each other."""
    match relation:
        case Relation.AGREE | Relation.COMPATIBLE:
            return "="
        case Relation.DISAGREE | Relation.DISPUTED:
            return "#"
        case Relation.SUPERSEDED:
            return "^"
        case Relation.SINGLE_SOURCE:
            return "1"
        case Relation.UNVERIFIED:
            return "!"


def finding(relation: Relation) -> str:
    """How answers stand to each other, in a word or two."""
    match relation:
        case Relation.AGREE:
            return "agreed"
        case Relation.COMPATIBLE:
            return "can stand together"
        case Relation.DISAGREE:
            return "disagree"
        case Relation.DISPUTED:
            return "disputed"
        case Relation.SUPERSEDED:
            return "updated"
        case Relation.SINGLE_SOURCE:
            return "told once"
        case Relation.UNVERIFIED:
            return "unverified"


def question(name: str) -> str:
    """A question's name: "people killed"."""
    return QUESTIONS.get(name, name.replace("_", " "))


def kind(code: str) -> str:
    """A kind, or a family of kinds, in words; codes that are in no list as they are."""
    known = kinds().get(code.upper())
    return known.label if known is not None else FAMILIES.get(code.upper(), code.lower().replace("_", " "))


def number(value: Decimal) -> str:
    """A number with its thousands apart."""
    return f"{value.normalize():,f}"


def interval(low: Decimal | None, high: Decimal | None) -> str:
    """From and to, either open: "41", "6 to 30", "at least 7", "at most 30", "no number"."""
    if low is not None and high is not None:
        return number(low) if low == high else f"{number(low)} to {number(high)}"
    if low is not None:
        return f"at least {number(low)}"
    return "no number" if high is None else f"at most {number(high)}"


def answer(one: Answer) -> str:
    """What an answer says, without whether it is asserted."""
    if one.value is not None:
        return edtf(one.value) or one.value.replace("_", " ")
    if one.low is None and one.high is None and one.claims:
        return f"“{one.claims[0].text}”"
    return interval(one.low, one.high) + unit(one)


def unit(one: Answer) -> str:
    """What an answer counts, after a space; nothing for people."""
    return counted(one.unit, one.low, one.high)


def counted(noun: str | None, low: Decimal | None, high: Decimal | None) -> str:
    """What so many are, after a space; nothing for people."""
    if noun is None or noun in ("person", "people"):
        return ""
    alone = low == high == 1 or noun in named() or noun in SAME or noun.endswith("s")
    return f" {noun if alone else PLURALS.get(noun) or plural(noun)}"


def edtf(value: str) -> str | None:
    """A day, a month, a year or a stretch of them as people write it; None if it is none."""
    found = [DAY.fullmatch(part) for part in value.split("/")]
    if not all(found):
        return None
    return " to ".join(_part(match) for match in found if match is not None)


def _part(match: re.Match[str]) -> str:
    year, month, last = match.groups()
    if month is None:
        return year
    return f"{MONTHS[int(month) - 1]} {year}" if last is None else f"{int(last)} {MONTHS[int(month) - 1]} {year}"


def denied(one: Answer) -> bool:
    """Whether an answer says that it is not so."""
    return one.polarity is Polarity.DENY


def day(when: date | None) -> str:
    """A day as people write it: "1 Jun 2025"."""
    return "no date" if when is None else f"{when.day} {MONTHS[when.month - 1]} {when.year}"


def days(earliest: date | None, latest: date | None) -> str:
    """A stretch of days: "1 Jun 2025", "31 May to 2 Jun 2025", "Jun 2025", "2025"."""
    first, last = earliest or latest, latest or earliest
    if first is None or last is None or first == last:
        return day(first)
    if first.day == 1 and (last.month, last.day) == (12, 31) and first.month == 1:
        return f"{first.year}" if first.year == last.year else f"{first.year} to {last.year}"
    if first.day == 1 and last.day == monthrange(last.year, last.month)[1]:
        begun = MONTHS[first.month - 1] + ("" if first.year == last.year else f" {first.year}")
        same = (first.year, first.month) == (last.year, last.month)
        return f"{'' if same else f'{begun} to '}{MONTHS[last.month - 1]} {last.year}"
    if first.year == last.year:
        return f"{first.day} {MONTHS[first.month - 1]} to {day(last)}"
    return f"{day(first)} to {day(last)}"


def site(place: Site) -> str:
    """A place as it is called here: the name the gazetteer knows, else the one told."""
    return place.resolved or place.name


def headline(incident: Incident) -> str:
    """An incident's title: its kind and where it was."""
    where = ", ".join(dict.fromkeys(site(place) for place in incident.places[:2]))
    what = kind(incident.kind)
    return f"{what[:1].upper()}{what[1:]}, {where}" if where else f"{what[:1].upper()}{what[1:]}, place not told"


def stance(one: Stance) -> str:
    """What a source does to the words, beyond asserting them; empty if it asserts them."""
    match one:
        case Stance.AFFIRM:
            return ""
        case Stance.DENY:
            return "denied"
        case Stance.RETRACTED:
            return "taken back"
        case Stance.NO_COMMENT:
            return "no comment"
        case Stance.UNDISCLOSED:
            return "not disclosed"


def verification(status: Verification) -> str:
    """What a caveat says."""
    match status:
        case Verification.COULD_NOT_VERIFY:
            return "could not be verified"
        case Verification.UNSUPPORTED:
            return "without support"
        case Verification.WITHHELD:
            return "withheld"
        case Verification.RETRACTED_BY_SOURCE:
            return "taken back by its source"
        case Verification.NO_COMMENT:
            return "no comment"
        case Verification.UNKNOWN:
            return "unknown"
        case Verification.DENIED:
            return "denied"


def verdict(one: Verdict) -> str:
    """What was decided."""
    return VERDICTS[one]


def reviewed(one: Evidence) -> str:
    """What a person decided of some words, never to be taken for the machine's: "corrected by reviewer olena"."""
    return "" if one.verdict is None else f"{verdict(one.verdict)} by reviewer {one.reviewer}"


def part(one: Part) -> str:
    """What is asked about words."""
    match one:
        case Part.CLAIM:
            return "is this an account"
        case Part.SPEAKER:
            return "who is speaking"
        case Part.FIGURE:
            return "how many"
        case Part.DAY:
            return "which day"
        case Part.PLACE:
            return "which place"
        case Part.KIND:
            return "which kind"


def sense(one: Sense | None) -> str:
    """What words are held to mean."""
    if one is None:
        return "nothing"
    told = [one.name or "", kind(one.kind) if one.kind and one.kind.upper() in kinds() else question(one.kind or "")]
    if one.low is not None or one.high is not None:
        told.append(f"{interval(one.low, one.high)}{f' {one.unit}' if one.unit else ''}")
    if one.earliest is not None:
        told.append(days(one.earliest, one.latest))
    if one.lat is not None and one.lon is not None:
        told.append(f"{one.lat:.2f}, {one.lon:.2f}")
    return ", ".join(part for part in told if part) or "nothing"


def count(many: int, noun: str) -> str:
    """A number with its noun: "1 voice", "1,204 documents"."""
    return f"{many:,} {noun}{'' if many == 1 else 's'}"
