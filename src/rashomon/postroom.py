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

    from rashomon.coders import Comparison
    from rashomon.history import Altered, News

map_option = option(
    "--map", "mapping", metavar="MAP", type=click.Path(path_type=Path), help="Which column says what, as TOML."
)


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


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@map_option
@option("--voice", metavar="NAME", help="Who coded the rows.  [default: voice in the map, else the file's name]")
@ledger_option
@json_option
@quiet_option
def bring(*, file: Path, mapping: Path | None, voice: str | None, ledger: str, as_json: bool, quiet: bool) -> None:
    """Bring rows that somebody coded into the ledger, as one more voice.

    FILE is a CSV file with a header. Every row becomes a document whose text is the row, so that its figures can be
    quoted; it joins the incident it tells of, or is one of its own. A row with a fault is named with its reason and
    the rest goes on. Importing again adds nothing; a row that was corrected takes the place of what it was.

    --map names a TOML file: what we know = "the heading". Known are date, latest, kind, place, lat, lon, country,
    perpetrator, target, document, published, id, and figures (killed, injured_low …); below [kinds] "their word" =
    "OUR.KIND". Without one, columns are known by our names, or by those of ACLED's and UCDP's files.

    \b
    Examples:
      rashomon import coded.csv --map map.toml --voice "Tarna Recorders" --ledger news.db
    """
    from rashomon import __version__, coders

    sheet = coders.rows(file, mapping)
    with opened(ledger, create=True) as book:
        done = coders.bring_in(book, sheet, voice or sheet.columns.voice or file.stem, __version__)
    for failure in done.failed:
        say(f"{failure.name}: {failure.reason}")
    if as_json:
        print_json({"rows": done.rows, "new": done.new, "failed": len(done.failed)})
    elif not quiet:
        say(f"{count(done.rows, 'row')} read, {done.new:,} new, {len(done.failed):,} failed")
    if done.failed:
        sys.exit(1)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@map_option
@ledger_option
@json_option
def compare(*, file: Path, mapping: Path | None, ledger: str, as_json: bool) -> None:
    """List where rows that somebody coded and the machine differ, and how far they agree (Cohen's kappa).

    FILE and --map are as for `import`; nothing is kept. A row is missing if the ledger has no incident like it, an
    incident is extra if it happened in the days that the rows cover, is of a family of kinds that they code, and no
    row is like it. If every row names the document it was coded from (by its id, address or title), only incidents of
    these documents are extra.

    \b
    Examples:
      rashomon compare coded.csv --map map.toml --ledger news.db
      rashomon compare coded.csv --json
    """
    from rashomon import coders

    sheet = coders.rows(file, mapping)
    with opened(ledger) as book:
        found = coders.compare(book, sheet.rows)
    for fault in sheet.faults:
        say(f"{file.name}:{fault.line}: {fault.reason}")
    if as_json:
        print_json(*found.differences, *found.measures)
    else:
        for line in _compared(found):
            click.echo(line)
    if sheet.faults:
        sys.exit(1)


def _compared(found: Comparison) -> Iterator[str]:
    from rashomon.terminal import clean

    for one in found.differences:
        where = f"line {one.line} ({one.row})" if one.line is not None else ""
        who = " ".join(part for part in (where, one.incident or "") if part)
        told = " | ".join(part for part in (one.coder, one.machine) if part)
        yield clean(f"{one.what:8} {who}: {told}")
    yield f"{found.rows} rows, {found.matched} of them matched with an incident"
    for measure in found.measures:
        told = "-" if measure.kappa is None else f"{measure.kappa:.2f}"
        if measure.units:
            yield f"{measure.name:20} {measure.agreed:7.1%} of {measure.units} agree, kappa {told}"
