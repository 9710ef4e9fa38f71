"""A day's crawl, one article in ten of conflict, from WARC to ledger: ``python bench/crawl.py [ARTICLES] [JOBS]``.

The archive is made here, of texts of ours: dispatches of the training set for the conflict, sentences put together at
random for sport, trade, weather, culture, cooking and town halls, some of them in French and Spanish, all as web pages
with menus, scripts and footers. Prints articles a second of wall clock and of one core's time, what was read, screened
out and left unread, and the memory at its peak. A machine that others use gives a wall clock that means nothing.
"""

from __future__ import annotations

import gzip
import io
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from fastwarc.warc import WarcRecord, WarcRecordType

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "training"))

from dispatches.markup import batches, read
from rashomon import ledger, pipeline, sources
from rashomon.reading import Reader

CONFLICT, FOREIGN = 0.1, 0.05  # shares of the crawl
WORDS = 600  # of an article
PARTS = {
    "sport": (
        "The {adj} {team} beat {team} {n} to {n} on {day} and moved up to {nth} in the league.",
        "{name}, the coach, praised the young midfield and the noise of the {adj} crowd.",
        "The striker scored from the penalty spot after {n} minutes, his {nth} goal of the season.",
        "The swimmer won the 200 metres in a personal best and thanked her family.",
    ),
    "trade": (
        "Shares of the {adj} retailer rose {n} per cent on {day} after it raised its forecast.",
        "{name}, the chief executive, said demand for {thing} had been stronger than in the spring.",
        "The company will open {n} shops and hire {n} people in {town} by the end of the year.",
        "Analysts expect interest rates to stay where they are until the {nth} quarter.",
    ),
    "weather": (
        "Forecasters expect {adj} skies over {town} on {day}, with highs of {n} degrees.",
        "Light rain will reach the coast by evening and clear by the morning.",
        "It was the {nth} warmest month since records began, the weather office said.",
    ),
    "culture": (
        "The {adj} museum in {town} shows {n} paintings that were thought lost.",
        "{name}'s {nth} novel follows a pianist who comes home to look after her garden.",
        "Tickets for the festival went on sale on {day}; the band will play songs of its {adj} album.",
        "The film is long, gentle and full of light, and its last scene stays with you.",
    ),
    "cooking": (
        "Whisk {n} eggs with the sugar until pale and fold in the {thing}.",
        "Bake the {adj} cake for {n} minutes and let it cool on a rack before you slice it.",
        "Serve with {thing} and a spoonful of yoghurt; it keeps for {n} days in the fridge.",
    ),
    "town hall": (
        "The council of {town} voted on {day} to repave {n} streets and plant {n} trees.",
        "{name}, who chairs the parks committee, said the {adj} playground would be ready by summer.",
        "The library will open on Sundays, and bus fares stay as they are for the {nth} year.",
        "Residents may comment on the budget until {day}.",
    ),
}
FOREIGN_PARTS = {
    "fr": ("La ville de {town} a inauguré {day} son nouveau marché couvert, en présence de {name}.",
           "Le musée présente {n} tableaux que l'on croyait perdus depuis longtemps."),
    "es": ("El ayuntamiento de {town} aprobó el {day} plantar {n} árboles en el centro de la ciudad.",
           "La película es larga, amable y llena de luz, según {name}."),
}  # fmt: skip
FILLERS = {
    "adj": "small bright old northern quiet crowded popular new handsome modest late early".split(),
    "team": "Rovers United Wanderers Athletic City Harriers Albion Thistle".split(),
    "name": ["Ada Brook", "Milan Horvat", "Ines Duarte", "Tom Aldous", "Keiko Mori", "Paul Ngata"],
    "thing": "butter almonds bicycles lamps honey furniture cherries notebooks".split(),
    "town": "Aldford Marston Kelby Torrance Wexley Holm Varna Essen".split(),
    "day": "Monday Tuesday Wednesday Thursday Friday Saturday".split(),
    "nth": "second third fourth fifth sixth seventh".split(),
}
LINKS = "".join(f'<li><a href="/section/{n}">Section number {n} of the paper</a></li>' for n in range(80))
SCRIPT = "<script>" + "var measured = [1, 2, 3]; function told(x) { return x + measured.length; }\n" * 200 + "</script>"
PAGE = (
    "<!DOCTYPE html><html lang='{language}'><head><title>{title}</title>{script}"
    "<meta property='article:published_time' content='2025-06-02T08:00:00Z'></head><body><nav><ul>{links}</ul></nav>"
    "<article><h1>{title}</h1>{paragraphs}</article><footer><p>All rights reserved.</p><ul>{links}</ul></footer></body>"
    "</html>"
)


def main(articles: int, jobs: int) -> int:
    """Make the crawl, take it in, tell how that went."""
    with tempfile.TemporaryDirectory() as place:
        archive = Path(place, "crawl.warc.gz")
        with archive.open("wb") as out:
            for number, (language, title, text) in enumerate(written(articles)):
                out.write(record(number, page(language, title, text)))
        print(f"{articles:,} articles, {archive.stat().st_size / 1e6:,.0f} MB packed")
        begun, before = time.perf_counter(), spent()
        with ledger.open(Path(place, "crawl.db"), create=True) as book:
            tally = pipeline.ingest(sources.pages([str(archive)]), book, Reader.load, jobs=jobs, screened=True)
        wall, cores = time.perf_counter() - begun, spent() - before
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1e3
    print(tally)
    print(
        f"{articles / wall:.1f} articles/s with {jobs} processes, {articles / cores:.1f} a core-second, {peak:,.0f} MB"
    )
    return 0


def written(articles: int) -> Iterator[tuple[str, str, str]]:
    """Language, title and text of each article."""
    chance = random.Random(2025)
    dispatches = [dispatch for path in batches() for dispatch in read(path)]
    for number in range(articles):
        draw = chance.random()
        if draw < CONFLICT:
            told = [chance.choice(dispatches).text for _ in range(4)]
            yield "en", f"Dispatch {number}", "\n".join(told)
        elif draw < CONFLICT + FOREIGN:
            language = chance.choice(list(FOREIGN_PARTS))
            yield language, f"Article {number}", composed(chance, FOREIGN_PARTS[language])
        else:
            subject = chance.choice(list(PARTS))
            yield "en", f"{subject.capitalize()}, page {number}", composed(chance, PARTS[subject])


def composed(chance: random.Random, parts: tuple[str, ...]) -> str:
    """Paragraphs of sentences at random, ``WORDS`` words or a few more."""
    paragraphs: list[str] = []
    while sum(len(paragraph.split()) for paragraph in paragraphs) < WORDS:
        paragraphs.append(" ".join(filled(chance, chance.choice(parts)) for _ in range(5)))
    return "\n".join(paragraphs)


def filled(chance: random.Random, part: str) -> str:
    words = {name: chance.choice(choices) for name, choices in FILLERS.items()}
    return part.format(n=chance.randint(2, 60), **words)


def page(language: str, title: str, text: str) -> bytes:
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in text.split("\n") if paragraph)
    return PAGE.format(language=language, title=title, script=SCRIPT, links=LINKS, paragraphs=paragraphs).encode()


def record(number: int, body: bytes) -> bytes:
    """One record of the archive, packed by itself."""
    made = WarcRecord()
    made.init_headers(record_type=WarcRecordType.response)
    made.headers["WARC-Target-URI"] = f"https://paper-{number % 50}.example/2025/06/02/{number}"
    made.headers["Content-Type"] = "application/http; msgtype=response"
    made.set_bytes_content(b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body)
    out = io.BytesIO()
    made.write(out)
    return gzip.compress(out.getvalue())


def spent() -> float:
    """Seconds of processor time, of this process and those it waited for."""
    return sum(
        used.ru_utime + used.ru_stime
        for used in (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    )


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:]]
    sys.exit(main(*(numbers + [2000, pipeline.usable_cores()][len(numbers) :])))
