"""Short mixed articles for a long ingest: ``python bench/mixed.py FILE [COUNT]`` writes them as JSONL.

One in ten tells of an incident, some of them told by two or three outlets; the rest is sport, trade, weather, culture,
cooking and town halls, some of it in French and Spanish, as ``crawl`` puts it together.
One line in a thousand is broken, one in two hundred is a line that stood before. The draw is seeded.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import crawl

BROKEN, AGAIN = 0.001, 0.005  # shares of lines
WORDS = 120  # of an article
BEGIN = date(2025, 1, 1)
TOWNS = (
    "Kharkiv Odesa Sumy Kherson Donetsk Belgorod Kursk Gaza Khartoum Omdurman Goma Aleppo Idlib Sanaa Mogadishu".split()
)
OPENINGS = (
    "{n} people were killed when {arm} struck {thing} in {town} on {day}, the regional governor said.",
    "{arm} hit {thing} in {town} on {day}, killing at least {n} people, according to the emergency service.",
    "Officials in {town} said {n} people had died on {day} after {arm} fell on {thing}.",
)
SENTENCES = (
    "The defence ministry denied that its forces had aimed at {thing}.",
    "A spokesman for the army said that {m} drones had been shot down during the night.",
    "The figures could not be independently verified.",
    "Rescuers were still searching the rubble for {n} people on {day} evening, the mayor told reporters.",
    "“We heard three explosions and then the windows fell in,” said a woman who lives nearby.",
    "The health ministry put the number of wounded at {m}, among them two children.",
    "The governor accused the other side of shelling {thing} on purpose.",
    "A monitoring group said more than {m} people had left {town} since the beginning of the week.",
)
ARMS = ("a missile", "two drones", "artillery shells", "an air strike", "a glide bomb")
THINGS = ("a market", "a bus station", "a school", "an apartment building", "a fuel depot", "the railway bridge")
OUTLETS = ("Harbour Post", "Northern Wire", "Daily Ledger", "Coast Radio", "The Morning Sheet")


def lines(count: int) -> Iterator[str]:
    """So many lines of JSONL, some of them broken or seen before."""
    chance = random.Random(2026)
    crawl.WORDS = WORDS
    last = ""
    for number in range(count):
        draw = chance.random()
        if last and draw < AGAIN:
            yield last
            continue
        last = json.dumps(article(chance, number), ensure_ascii=False)
        yield last[: len(last) // 2] if draw > 1 - BROKEN else last


def article(chance: random.Random, number: int) -> dict[str, str]:
    """One article as an object of JSONL."""
    day = BEGIN + timedelta(days=number // 60)
    draw = chance.random()
    if draw < crawl.CONFLICT:
        title, text = "", incident(number)
    elif draw < crawl.CONFLICT + crawl.FOREIGN:
        title, text = "", crawl.composed(chance, crawl.FOREIGN_PARTS[chance.choice(list(crawl.FOREIGN_PARTS))])
    else:
        subject = chance.choice(list(crawl.PARTS))
        title, text = f"{subject.capitalize()}, page {number}\n", crawl.composed(chance, crawl.PARTS[subject])
    return {"id": f"m{number:07}", "published": str(day), "outlet": chance.choice(OUTLETS), "text": title + text}


def incident(number: int) -> str:
    """A report of an incident; about three neighbours in number tell of one."""
    same = random.Random(number // 30)
    told = {
        "town": same.choice(TOWNS),
        "arm": same.choice(ARMS),
        "thing": same.choice(THINGS),
        "n": str(same.randint(2, 30)),
        "m": str(same.randint(31, 90)),
        "day": f"{BEGIN + timedelta(days=number // 60 - 1):%A}",
    }
    own = random.Random(number)
    parts = [own.choice(OPENINGS), *own.sample(SENTENCES, 6)]
    return f"{told['town']}: report {number}\n" + " ".join(part.format(**told) for part in parts)


def write(path: Path, count: int) -> None:
    """Write so many articles."""
    with path.open("w", encoding="utf-8") as out:
        out.writelines(f"{line}\n" for line in lines(count))


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 20_000)
