"""Commands that carry away and bring in: exports, what changed, rows of others."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rashomon.doors import as_of_option, json_option, ledger_option, opened, opened_as_of, option, quiet_option
from rashomon.talk import count, print_json, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rashomon.history import Altered, News


@click.command()
@click.argument("form", metavar="FORMAT")
@click.option(
    "-o", "--output", metavar="FILE", type=click.Path(path_type=Path), help="Write FILE, whole or not at all."
)
@as_of_option
@ledger_option
@quiet_option
def export(form: str, *, output: Path | None, as_of: str | None, ledger: str, quiet: bool) -> None:
    """Write the whole ledger as FORMAT, as it is or, with --as-of, as it was.

    \b
    json, readings         one incident a line; one document a line, as `rashomon read --json` prints it
    csv, parquet           one claim a row; parquet needs the extra rashomon[tables]
    csv-incidents, csv-comparisons, csv-answers, and parquet-…
                           one incident a row; one question of an incident; one answer to it
    datapackage            all tables with checksums, codebook, terms and revision, as a ZIP to cite
    geojson                one incident a feature, areas as areas
    jsonld, claimreview    schema.org: claims and events; ratings only where people signed them
    annotations            Web Annotation: every claim on its words
    ftm, ftm-statements    FollowTheMoney: entities; one statement a voice
    plover                 PLOVER records, one incident a line
    acled-like, ucdp-like  rows by these codebooks' published rules; not their data, and every row says so

    \b
    Examples:
      rashomon export csv -o claims.csv
      rashomon export geojson -o incidents.geojson
      rashomon export readings | head -1
      rashomon export datapackage --as-of 412 -o cited.zip
    """
    from rashomon.export import BINARY, FORMATS, whole

    if form not in FORMATS:
        raise click.BadParameter(f"{form!r} is none of {', '.join(sorted(FORMATS))}.", param_hint="'FORMAT'")
    if output is None and form in BINARY and sys.stdout.isatty():
        raise click.UsageError(f"{form} is not for reading in a terminal; name a file with -o.")
    with (
        opened_as_of(ledger, as_of) as book,
        nullcontext(sys.stdout.buffer) if output is None else whole(output) as stream,
    ):
        written = FORMATS[form](book, stream)
    if output is not None and not quiet:
        say(f"{output}: {count(written, 'record')}")


@click.command()
@option("--since", metavar="REVISION|TIME", required=True, help="A revision; or a time, as --as-of takes it.")
@ledger_option
@json_option
def changes(*, since: str, ledger: str, as_json: bool) -> None:
    """List what changed since a revision or a time: what was read and decided, and what became of the incidents.

    Documents are added, rewritten by their outlet, or reread by a newer reader. An incident is added, changed (with
    the questions that stand otherwise), merged into another, or gone. With --json the first line says which revisions,
    then comes a line a change, then one an incident as it is now: put into the incidents exported as of the first
    revision, they make those of the last.

    \b
    Examples:
      rashomon changes --since 412 --ledger news.db
      rashomon changes --since 2025-06-02 --json
    """
    from rashomon import history

    with opened(ledger) as book:
        news = history.changes(book, history.moment(since))
    if as_json:
        print_json({"schema": "rashomon/changes/1", "since": news.since, "revision": news.revision})
        print_json(*news.log, *news.incidents)
        return
    for line in _told(news):
        click.echo(line)
    say(f"revision {news.since} to {news.revision}: {count(len(news.incidents), 'incident')} changed")


def _told(news: News) -> Iterator[str]:
    """What changed, a line a change."""
    from rashomon.ledger import What
    from rashomon.model.document import DocumentId
    from rashomon.terminal import clean

    for one in news.log:
        head = f"{one.revision:>6}  {one.at:%Y-%m-%d %H:%M}Z  {one.what:9}"
        if one.what is What.DECIDED:
            made = news.judgements[int(one.subject)]
            about = " · ".join(made.subjects) or (made.about.quote if made.about else f"of {made.replaces}")
            yield clean(f"{head}  {made.id} {made.verdict}: {about} ({made.by}: {made.reason})")
        else:
            paper = news.papers.get(DocumentId(one.subject))
            yield clean(f"{head}  {one.subject}  {(paper and (paper.title or paper.outlet)) or ''}".rstrip())
    for altered in news.incidents:
        yield clean(_turned(altered))


def _turned(altered: Altered) -> str:
    now = altered.incident
    if now is not None and now.id != altered.id:
        return f"{altered.id}  {altered.what} into {now.id}"
    questions = ", ".join(
        f"{question} {was or 'not said'} > {stands or 'not said'}"
        for question, (was, stands) in altered.relations.items()
    )
    place = next((site.name for site in now.places), "") if now is not None else ""
    told = "" if now is None else f"  {now.kind} {now.earliest or ''} {place}".rstrip()
    return f"{altered.id}  {altered.what}{told}{f'  ({questions})' if questions else ''}"
