"""Commands of reviewers: go through what is in doubt, decide on words, prove the trail, say how far people agree."""

from __future__ import annotations

import getpass
import re
import sys
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

import click

from rashomon.doors import day_type, json_option, ledger_option, opened, option
from rashomon.talk import count, print_json, say

if TYPE_CHECKING:
    from rashomon.ledger import Ledger
    from rashomon.ledger.book import Doubt
    from rashomon.model.incident import Tie
    from rashomon.model.judgement import Judgement

VERDICTS = ("accept", "reject", "correct", "add", "unsure")
PARTS = ("claim", "speaker", "figure", "day", "place", "kind")
AT = re.compile(r"(\d{1,9})-(\d{1,9})")
AROUND = 160  # characters before and after the words that are asked about

by_option = option("--by", metavar="NAME", help="Who decides.  [default: your name on this machine]")


@click.command()
@by_option
@option("--limit", type=click.IntRange(min=1), default=20, show_default=True, metavar="N", help="At most N cases.")
@option("--reviewers", type=click.IntRange(min=1), default=1, show_default=True, metavar="N", help="So many a case.")
@ledger_option
@json_option
def review(*, by: str | None, limit: int, reviewers: int, ledger: str, as_json: bool) -> None:
    """Decide what the machine is least sure of, case by case; the web pages do the same with more to look at.

    a accepts, r says it is wrong, ? leaves it open, n passes over, u takes back what you decided last, q stops; of two
    tellings, s says that they are of one incident and d of different ones.

    \b
    Examples:
      rashomon review --by olena
      rashomon review --json --limit 100
    """
    from rashomon import deciding
    from rashomon.model.incident import Tie

    who = by or getpass.getuser()
    with opened(ledger) as book:
        waiting = deciding.queue(book, who, reviewers=reviewers)[:limit]
        if as_json:
            print_json(*waiting)
            return
        if not waiting:
            click.echo(f"Nothing waits for {who}.")
        last: Judgement | None = None
        for number, one in enumerate(waiting, 1):
            click.echo(f"\n{number} of {len(waiting)}")
            asked, told = (
                (_pair(book, one), "s d ? n u q") if isinstance(one, Tie) else (_words(book, one), "a r ? n u q")
            )
            click.echo(asked)
            while (key := click.prompt(f"[{told}]", prompt_suffix=" ").strip()[:1].lower()) == "u":
                last = _taken_back(book, last, who)
            if key == "q":
                break
            last = _decided(book, one, key, who) or last


@click.command()
@click.argument("verdict", type=click.Choice(VERDICTS))
@click.argument("part", type=click.Choice(PARTS))
@click.argument("document_id", metavar="ID")
@click.argument("words", metavar="START-END")
@option("--name", metavar="NAME", help="Who speaks, or which place.")
@option("--kind", metavar="KIND", help="Which kind of incident, or what is counted.")
@option("--low", metavar="N", help="At least so many.")
@option("--high", metavar="N", help="At most so many.")
@option("--day", type=day_type, metavar="YYYY-MM-DD", help="The day.")
@by_option
@option("--reason", metavar="WORDS", default="", help="Why, for those who read it later.")
@option("--dry-run", is_flag=True, help="Only say what would be written down.")
@ledger_option
@json_option
def rule(
    *,
    verdict: str,
    part: str,
    document_id: str,
    words: str,
    name: str | None,
    kind: str | None,
    low: str | None,
    high: str | None,
    day: datetime | None,
    by: str | None,
    reason: str,
    dry_run: bool,
    ledger: str,
    as_json: bool,
) -> None:
    """Decide on words of a document: START-END in characters, as its JSON has them.

    What the machine read is kept; the decision stands beside it, and wherever incidents are shown.

    \b
    Examples:
      rashomon rule correct figure wire-2 60-62 --low 21 --high 21 --reason "21 in the table below"
      rashomon rule reject claim wire-2 120-188 --by olena
    """
    from rashomon import deciding
    from rashomon.model.judgement import Part, Sense, Verdict
    from rashomon.model.text import Span

    found = AT.fullmatch(words)
    if found is None:
        raise click.BadParameter(f"{words!r}: START-END, as in 60-62.", param_hint="'START-END'")
    after = Sense(name, kind, _number(low), _number(high), earliest=None if day is None else day.date())
    said = deciding.Ruled(
        document_id,
        Part(part),
        Span(int(found[1]), int(found[2])),
        Verdict(verdict),
        None if after == Sense() else after,
    )
    with opened(ledger) as book:
        made = deciding.rule(book, said, by=by or getpass.getuser(), reason=reason, at=_now(), dry=dry_run)
    print_json(made) if as_json else click.echo(_told(made))


@click.command()
@option("--expect", metavar="DIGEST", help="A head that was printed before; it must still be in the trail.")
@ledger_option
@json_option
def audit(*, expect: str | None, ledger: str, as_json: bool) -> None:
    """Prove that no decision was changed, removed or slipped in since it was made.

    Every decision is also a row of a trail whose rows hold the digest of the row before them. The last digest, the
    head, is printed: keep it elsewhere, and --expect proves later that the trail before it is as it was. Exit 1 if not.

    \b
    Examples:
      rashomon audit --ledger news.db
    """
    from rashomon.review import prove

    with opened(ledger) as book:
        proof = prove(book.trail(), book.judgements(), expect)
    if as_json:
        print_json(proof)
    elif proof.fault is None:
        click.echo(f"{count(proof.rows, 'row')}, whole. Head: {proof.head}")
    else:
        say(proof.fault)
    if proof.fault is not None:
        sys.exit(1)


@click.command()
@ledger_option
@json_option
def agreement(*, ledger: str, as_json: bool) -> None:
    """Say how far reviewers agree: Cohen's kappa of every two, Krippendorff's alpha of all.

    \b
    Examples:
      rashomon agreement --ledger news.db
    """
    from rashomon import words
    from rashomon.review import agreement as agreed

    with opened(ledger) as book:
        found = agreed(book.judgements())
    if as_json:
        print_json(*found)
        return
    for one in found:
        click.echo(f"{'all' if one.part is None else words.part(one.part)}: {count(one.units, 'unit')}, "
                   f"alpha {_figure(one.alpha)}")  # fmt: skip
        for pair in one.pairs:
            click.echo(f"  {pair.one} and {pair.other}: {pair.units}, {pair.agreed:.0%} agreed, "
                       f"kappa {_figure(pair.kappa)}")  # fmt: skip


def _words(book: Ledger, doubt: Doubt) -> str:
    """What is asked of words, the words in their place, what the machine makes of them."""
    from rashomon import review as rooms
    from rashomon import words
    from rashomon.terminal import clean

    reading = book.reading(doubt.document)
    text = reading.document.text
    before = " ".join(text[max(0, doubt.span.start - AROUND) : doubt.span.start].split())
    after = " ".join(text[doubt.span.end : doubt.span.end + AROUND].split())
    meant = rooms.sense(reading, rooms.about(reading, doubt.part, doubt.span))
    said = " ".join(doubt.span.of(text).split())
    return clean(
        f"{words.part(doubt.part)}?  {doubt.document}, {doubt.sure:.0%} sure\n"
        f"{before} [{said}] {after}\nthe machine read: {words.sense(meant)}"
    )


def _pair(book: Ledger, tie: Tie) -> str:
    from rashomon import words
    from rashomon.terminal import clean

    told = [f"{name}  {words.headline(book.incident(name))}" for name in (tie.earlier, tie.telling)]
    why = "; ".join(reason.words for reason in tie.reasons)
    return clean(f"same incident?  {tie.score:.0%} sure: {why}\nA {told[0]}\nB {told[1]}")


def _decided(book: Ledger, one: Doubt | Tie, key: str, who: str) -> Judgement | None:
    """Write down what a key says; None for what says nothing."""
    from rashomon import deciding, gathering
    from rashomon.model.incident import Tie
    from rashomon.model.judgement import Verdict

    if isinstance(one, Tie):
        about = (one.earlier, one.telling)
        if key == "?":
            return deciding.unsure(book, about, by=who, reason="", at=_now())
        meant = {"s": Verdict.SAME_INCIDENT, "d": Verdict.DIFFERENT_INCIDENT}.get(key)
        return None if meant is None else gathering.decide(book, meant, about, by=who, reason="", at=_now())
    said = {"a": Verdict.ACCEPT, "r": Verdict.REJECT, "?": Verdict.UNSURE}.get(key)
    if said is None:
        return None
    ruled = deciding.Ruled(one.document, one.part, one.span, said)
    return deciding.rule(book, ruled, by=who, reason="", at=_now())


def _taken_back(book: Ledger, last: Judgement | None, who: str) -> Judgement | None:
    from rashomon import gathering

    if last is None:
        say("nothing was decided here yet")
        return None
    gathering.undo(book, int(last.id), by=who, reason="", at=_now())
    say(f"judgement {last.id} is taken back")
    return None


def _told(one: Judgement) -> str:
    from rashomon import words
    from rashomon.terminal import clean

    quote = "" if one.about is None else f"“{one.about.quote}”"
    was = f" (the machine read {words.sense(one.before)})" if one.before is not None else ""
    now = f" {words.sense(one.after)}" if one.after is not None else ""
    return clean(f"{one.id}  {words.verdict(one.verdict)}{now}: {quote}{was}")


def _number(words: str | None) -> Decimal | None:
    try:
        return None if words is None else Decimal(words)
    except InvalidOperation as error:
        raise click.BadParameter(f"{words!r} is no number.") from error


def _figure(value: float | None) -> str:
    return "none: chance explains all" if value is None else f"{value:.2f}"


def _now() -> datetime:
    return datetime.now(UTC)
