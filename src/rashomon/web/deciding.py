"""What decisions are when they come in: forms or JSON, one or a list, checked before any is written down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from urllib.parse import parse_qsl

import msgspec

from rashomon import deciding, gathering
from rashomon.ledger.book import Ledger
from rashomon.model.judgement import Judgement, JudgementId, Part, Sense, Verdict
from rashomon.model.text import Span
from rashomon.web.accounts import Person, Role
from rashomon.web.address import Misasked
from rashomon.web.security import Forbidden

LARGEST = 256 * 1024  # bytes of a request
MOST = 200  # decisions of a request
ON_PAIRS = (Verdict.SAME_INCIDENT, Verdict.DIFFERENT_INCIDENT, Verdict.SAME_ACTOR, Verdict.DIFFERENT_ACTOR)


@dataclass(frozen=True, slots=True)
class Asked:
    """A decision as it is asked for: of two ``subjects``, or of words of a ``document``, in code points.

    Words that stand in it only once can be given as a ``quote`` instead.
    """

    verdict: Verdict
    subjects: tuple[str, ...] = ()
    document: str = ""
    part: Part | None = None
    span: Span | None = None
    source: Span | None = None
    cue: Span | None = None
    after: Sense | None = None
    reason: str = ""
    settles: bool = False
    quote: str = ""


_one = msgspec.json.Decoder(Asked)
_several = msgspec.json.Decoder(tuple[Asked, ...])


def asked(body: bytes) -> tuple[Asked, ...]:
    """Decisions out of JSON: an object or a list of them. Raises Misasked."""
    try:
        found = _several.decode(body) if body.lstrip()[:1] == b"[" else (_one.decode(body),)
    except (msgspec.ValidationError, msgspec.DecodeError) as error:
        raise Misasked(f"no decision: {error}") from error
    if not 1 <= len(found) <= MOST:
        raise Misasked(f"one to {MOST} decisions at once")
    return found


def fields(body: bytes) -> dict[str, str]:
    """The fields of a form, the last of each name. Raises Misasked."""
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=False, max_num_fields=50, errors="strict")
    except (UnicodeDecodeError, ValueError) as error:
        raise Misasked("no form") from error
    return {name: value.replace("\0", "").strip() for name, value in pairs}


def of_form(form: Mapping[str, str]) -> Asked:
    """A decision out of the fields of a form. Raises Misasked."""
    try:
        verdict = Verdict(form.get("verdict", ""))
        after = _sense(form) if verdict in (Verdict.CORRECT, Verdict.ADD) else None
        return Asked(
            verdict,
            tuple(form[name] for name in ("one", "other") if name in form),
            form.get("document", ""),
            Part(form["part"]) if "part" in form else None,
            _span(form.get("span")),
            _span(form.get("source")),
            _span(form.get("cue")),
            None if after == Sense() else after,
            form.get("reason", ""),
            "settles" in form,
            form.get("quote", ""),
        )
    except (ValueError, InvalidOperation) as error:
        raise Misasked("a field of the form says nothing that it could") from error


def _sense(form: Mapping[str, str]) -> Sense:
    low, high = (Decimal(form[name]) if name in form else None for name in ("low", "high"))
    earliest, latest = (date.fromisoformat(form[name]) if name in form else None for name in ("earliest", "latest"))
    lat, lon = (float(form[name]) if name in form else None for name in ("lat", "lon"))
    return Sense(form.get("name"), form.get("kind"), low, high, form.get("unit"), earliest, latest, lat, lon)


def decide(ledger: Ledger, wanted: Sequence[Asked], person: Person, *, dry: bool) -> tuple[Judgement, ...]:
    """Write decisions down, in their order, or with ``dry`` say what they would be. Raises RashomonError.

    All are checked before the first is written.
    """
    wanted = [_spanned(ledger, one) for one in wanted]
    for one in wanted:
        _check(one, person)
        if one.verdict not in ON_PAIRS and not one.subjects:
            _decide(ledger, one, person, dry=True)
    return tuple(_decide(ledger, one, person, dry=dry) for one in wanted)


def _spanned(ledger: Ledger, one: Asked) -> Asked:
    """A decision with the span of its quote. Raises Misasked if the text has it not, or more than once."""
    if not one.quote or one.span is not None or not one.document:
        return one
    text = ledger.document(one.document).text
    start = text.find(one.quote)
    if start < 0 or text.find(one.quote, start + 1) >= 0:
        raise Misasked(f"“{one.quote[:80]}” stands in the text {'not at all' if start < 0 else 'more than once'}")
    return replace(one, span=Span(start, start + len(one.quote)))


def _check(one: Asked, person: Person) -> None:
    if one.verdict is Verdict.UNDO:
        raise Misasked("taken back by DELETE /judgements/ID")
    if one.settles and person.role < Role.EDITOR:
        raise Forbidden("to settle what reviewers disagree on takes the role of editor")
    if one.verdict in ON_PAIRS or one.subjects:
        if len(one.subjects) != 2 or one.document:
            raise Misasked(f"{one.verdict}: of two subjects")
    elif one.part is None or one.span is None or not one.document:
        raise Misasked(f"{one.verdict}: of which document, part and span?")


def _decide(ledger: Ledger, one: Asked, person: Person, *, dry: bool) -> Judgement:
    now = datetime.now(UTC)
    if one.subjects:
        if dry:
            return Judgement(JudgementId(0), one.verdict, one.subjects, person.name, now, one.reason)
        if one.verdict is Verdict.UNSURE:
            return deciding.unsure(ledger, one.subjects, by=person.name, reason=one.reason, at=now)
        return gathering.decide(ledger, one.verdict, one.subjects, by=person.name, reason=one.reason, at=now)
    if one.part is None or one.span is None:
        raise Misasked(f"{one.verdict}: of which part and span?")
    said = deciding.Ruled(
        one.document, one.part, one.span, one.verdict, one.after, one.source, one.cue, settles=one.settles
    )
    return deciding.rule(ledger, said, by=person.name, reason=one.reason, at=now, dry=dry)


def _span(words: str | None) -> Span | None:
    if words is None:
        return None
    start, _, end = words.partition("-")
    return Span(int(start), int(end))
