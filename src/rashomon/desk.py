"""Commands on incidents: gather them, list them, look at one, decide what belongs together."""

from __future__ import annotations

import getpass
import re
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

import click

from rashomon.doors import (
    as_of_option,
    day_type,
    json_option,
    ledger_option,
    opened,
    opened_as_of,
    option,
    quiet_option,
    verbose_option,
)
from rashomon.talk import count, gathering_told, print_json, print_lines, say

if TYPE_CHECKING:
    from rashomon.ledger.book import Near
    from rashomon.model.judgement import Judgement

RELATIONS = ("agree", "compatible", "disagree", "superseded", "single_source", "unverified", "disputed")
VERDICTS = ("same", "different", "same-actor", "different-actor")
LISTED = 20
AROUND = re.compile(
    r"(?:(?P<lat>-?\d{1,2}(?:\.\d+)?),\s*(?P<lon>-?\d{1,3}(?:\.\d+)?)|(?P<place>[^~]+))~(?P<km>\d+(?:\.\d+)?)"
)

by_option = option("--by", metavar="NAME", help="Who decides.  [default: your name on this machine]")
reason_option = option("--reason", metavar="WORDS", required=True, help="Why, for those who read it later.")


@click.command()
@option("--anew", is_flag=True, help="Forget all incidents first and gather them from nothing; judgements stay.")
@ledger_option
@json_option
@quiet_option
@verbose_option
def gather(*, anew: bool, ledger: str, as_json: bool, quiet: bool, verbose: bool) -> None:
    """Assign what is not assigned yet to incidents and compare their accounts.

    `rashomon ingest` does so when it ends. Safe to repeat, safe to kill: running it again finishes the work.

    \b
    Examples:
      rashomon gather --ledger news.db
      rashomon gather --anew
    """
    from rashomon import gathering

    with opened(ledger) as book:
        done = gathering.gather(book, anew=anew, progress=gathering_told(quiet=quiet, verbose=verbose))
        counts = book.counts()
    if as_json:
        print_json({"documents": done.documents, "incidents": counts.incidents})
    elif not quiet:
        say(f"{count(done.documents, 'document')} gathered, {count(counts.incidents, 'incident')} in the ledger")


@click.command()
@option("--kind", metavar="KIND", help="A kind (STRIKE.DRONE) or a family of kinds (STRIKE).")
@option("--since", metavar="YYYY-MM-DD", type=day_type, help="That day or later.")
@option("--until", metavar="YYYY-MM-DD", type=day_type, help="That day or earlier.")
@option("--near", metavar="PLACE~KM", help="Not farther than KM from a place of the gazetteer, or from LAT,LON.")
@option("--voice", metavar="NAME", help="An account of which is NAME's.")
@option("--side", metavar="NAME", help="An account of which is of NAME's side.")
@option("--relation", type=click.Choice(RELATIONS), help="With a question on which accounts stand so to each other.")
@option("--text", metavar="WORDS", help="In whose accounts all of these WORDS are found.")
@option("--limit", type=click.IntRange(min=1), default=LISTED, show_default=True, metavar="N", help="At most N.")
@as_of_option
@ledger_option
@json_option
def incidents(
    *,
    kind: str | None,
    since: datetime | None,
    until: datetime | None,
    near: str | None,
    voice: str | None,
    side: str | None,
    relation: str | None,
    text: str | None,
    limit: int,
    as_of: str | None,
    ledger: str,
    as_json: bool,
) -> None:
    """List incidents, the last to happen first.

    An incident is listed if it is all that is asked for.

    \b
    Examples:
      rashomon incidents --kind STRIKE --since 2025-06-01 --near Kharkiv~50
      rashomon incidents --relation disagree --text "railway bridge"
      rashomon incidents --as-of 2025-06-02
    """
    from rashomon.ledger import Wanted
    from rashomon.matrix import listed

    wanted = Wanted(
        kind,
        None if since is None else since.date(),
        None if until is None else until.date(),
        None if near is None else _near(near),
        voice,
        side,
        relation,
        text,
    )
    with opened_as_of(ledger, as_of) as book:
        found = list(book.incidents(wanted, limit=limit))
    if as_json:
        print_json(*found)
    elif found:
        print_lines(lambda width: (line for one in found for line in listed(one, width)))
    else:
        click.echo(f"No incident in {book.place} is all of this.")


@click.command()
@click.argument("name", metavar="ID")
@option("--why", is_flag=True, help="Also say why its tellings are held to be of one incident.")
@as_of_option
@ledger_option
@json_option
def show(name: str, *, why: bool, as_of: str | None, ledger: str, as_json: bool) -> None:
    """Print one incident account by account, or the ledger of one document voice by voice.

    Of an incident: a table of what each voice answers to each question, with the words and the documents they stand in.
    Any id ever given to an incident goes on answering, and so does DOCUMENT#TELLING. A document's id may be cut to six
    characters.

    \b
    Examples:
      rashomon show RA-7F3K9M2QXA --why
      rashomon show demo-raid-kyiv --json
    """
    from rashomon.matrix import matrix
    from rashomon.terminal import accounts

    with opened_as_of(ledger, as_of) as book:
        if not (name.upper().startswith("RA-") or "#" in name):
            reading = book.reading(name)
            print_json(reading) if as_json else print_lines(partial(accounts, reading))
            return
        incident = book.incident(name)
        if as_json:
            print_json(incident)
            return
        papers = book.papers(incident.documents)
        ties = book.ties(incident) if why else ()
    print_lines(partial(matrix, incident, papers, ties))


@click.command()
@click.argument("verdict", type=click.Choice(VERDICTS))
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@by_option
@reason_option
@ledger_option
@json_option
def decide(*, verdict: str, one: str, other: str, by: str | None, reason: str, ledger: str, as_json: bool) -> None:
    """Decide that A and B are the same incident or different ones, the same actor or different ones.

    Incidents are named by their ids or by those of their tellings (DOCUMENT#TELLING, as `rashomon show` lists them),
    actors by their names. What was decided is kept for good, applied at once, and can be undone.

    \b
    Examples:
      rashomon decide same RA-7F3K9M2QXA RA-0PQ4Z1WV8N --reason "one bridge, two spellings"
      rashomon decide different wire-2#i1 post-9#i3 --by olena --reason "two drones, two towns"
      rashomon decide same-actor GUR "Main Directorate of Intelligence" --reason "one service"
    """
    from rashomon import gathering
    from rashomon.model.judgement import Verdict

    meant = {
        "same": Verdict.SAME_INCIDENT,
        "different": Verdict.DIFFERENT_INCIDENT,
        "same-actor": Verdict.SAME_ACTOR,
        "different-actor": Verdict.DIFFERENT_ACTOR,
    }[verdict]
    with opened(ledger) as book:
        _tell(gathering.decide(book, meant, (one, other), by=_name(by), reason=reason, at=_now()), as_json=as_json)


@click.command()
@click.argument("number", type=click.IntRange(min=1), metavar="N")
@by_option
@reason_option
@ledger_option
@json_option
def undo(*, number: int, by: str | None, reason: str, ledger: str, as_json: bool) -> None:
    """Take back judgement N, which may be an undoing itself; both are kept.

    \b
    Examples:
      rashomon undo 3 --reason "the second bridge was another one"
    """
    from rashomon import gathering

    with opened(ledger) as book:
        _tell(gathering.undo(book, number, by=_name(by), reason=reason, at=_now()), as_json=as_json)


@click.command()
@ledger_option
@json_option
def decisions(*, ledger: str, as_json: bool) -> None:
    """List what was decided, oldest first, with the numbers by which it can be undone.

    \b
    Examples:
      rashomon decisions --ledger news.db
    """
    with opened(ledger) as book:
        made = book.judgements()
    for judgement in made:
        _tell(judgement, as_json=as_json)
    if not made and not as_json:
        click.echo(f"Nothing was decided in {book.place} yet.")


def _tell(judgement: Judgement, *, as_json: bool) -> None:
    from rashomon import words
    from rashomon.terminal import clean

    if as_json:
        print_json(judgement)
        return
    about = " · ".join(judgement.subjects) if judgement.replaces is None else f"of {judgement.replaces}"
    if judgement.about is not None:
        about = f"{judgement.about.document} “{judgement.about.quote}” {words.part(judgement.about.part)}"
    told = f"{judgement.id}  {words.verdict(judgement.verdict)}  {about}  ({judgement.by}: {judgement.reason})"
    click.echo(clean(told))


def _near(asked: str) -> Near:
    """A circle from ``PLACE~KM`` or ``LAT,LON~KM``."""
    from rashomon.knowledge.locating import located
    from rashomon.ledger.book import Near

    found = AROUND.fullmatch(asked)
    if found is None:
        raise click.BadParameter(f"{asked!r}: PLACE~KM, as in Kharkiv~50 or 49.99,36.23~50.", param_hint="'--near'")
    place, lat, lon, km = found["place"], found["lat"], found["lon"], float(found["km"])
    if lat is not None:
        return Near(float(lat), float(lon), km)
    entry = located(place)
    if entry is None:
        raise click.BadParameter(f"{place!r} is not in the gazetteer.", param_hint="'--near'")
    return Near(entry.lat, entry.lon, km)


def _name(by: str | None) -> str:
    return by or getpass.getuser()


def _now() -> datetime:
    return datetime.now(UTC)
