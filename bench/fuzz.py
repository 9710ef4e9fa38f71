"""Every parser on inputs bent and broken at random: none may crash, hang or answer beside its contract.

``python bench/fuzz.py [SECONDS] [PARSER ...]``. SECONDS, 600 unless said, are shared out among the parsers. Each runs
in a process of its own on sound inputs that are bent by a seeded draw: bytes changed, cut out, put in, taken from
another input, repeated a thousandfold. A parser may answer or refuse in the words of its contract; any other exception,
an input that takes more than ten seconds of processor time, and a process that dies are faults, printed with the input.
Prints a table: inputs tried, refused, the slowest in milliseconds, faults.
"""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from parsers import PARSERS, Parser

TOO_LONG = 10.0  # seconds of processor time for one input


class Hung(Exception):
    """An input took too long."""


@dataclass(slots=True)
class Outcome:
    """How many inputs were tried and refused, and the slowest, in milliseconds."""

    tried: int = 0
    refused: int = 0
    slowest: float = 0.0


def bent(chance: random.Random, seeds: Sequence[bytes]) -> bytes:
    """A sound input, bent in a few places."""
    made = bytearray(chance.choice(seeds))
    for _ in range(chance.randint(1, 6)):
        at = chance.randint(0, len(made))
        end = min(len(made), at + chance.randint(0, 40))
        match chance.randrange(12):
            case 0 | 1 | 2:
                made[at:end] = chance.randbytes(end - at)
            case 3 | 4:
                del made[at:end]
            case 5 | 6 | 7:
                made[at:at] = chance.choice(ODD)
            case 8 | 9:
                other = chance.choice(seeds)
                start = chance.randint(0, len(other))
                made[at:end] = other[start : start + chance.randint(0, 400)]
            case 10:
                made[at:at] = made[at:end] * chance.choice((2, 10, 100, 1000))
            case _:
                del made[at:]
    return bytes(made)


# What parsers stumble over: ends, numbers that are none, marks of other encodings, brackets that never close.
ODD = (
    b"\0", b"\xff", b"\xef\xbb\xbf", b"\xfe\xff", b"\r", b"\n", b"\r\n\r\n", b"]]>", b"<![CDATA[", b"<!--", b"&",
    b"&#0;", b"&#x110000;", b"%", b"%00", b"http://[", b"\xb2", "²".encode(), "\u2028".encode(), b"\\ud800", b"1e999",
    b"-0", b"NaN", b"99999999999999999999", b"0000-00-00", b"2025-02-30", b"{", b"[" * 500, b"(" * 200, b'"', b"'",
    b"<p>", b"<div>" * 200, b"\x1f\x8b\x08", b"WARC/1.0\r\n", b"Content-Length: 99999999999\r\n", b"\xed\xa0\x80",
    b"\xf4\x90\x80\x80", b"\t",
)  # fmt: skip


@contextmanager
def limited() -> Iterator[None]:
    """Raises Hung in what takes too much processor time; a busy machine makes nothing hang."""

    def late(number: int, frame: object) -> None:
        raise Hung(f"more than {TOO_LONG:g} seconds")

    before = signal.signal(signal.SIGPROF, late)
    signal.setitimer(signal.ITIMER_PROF, TOO_LONG)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def tried(parser: Parser, seconds: float, *, seed: int = 0, last: Path | None = None) -> Outcome:
    """Try a parser for so long; raises whatever breaks its contract. ``last`` keeps an input while it is tried."""
    outcome, chance, seeds = Outcome(), random.Random(seed), parser.seeds()
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        body = bent(chance, seeds)
        if last is not None:
            last.write_bytes(body)
        begun = time.process_time()
        with limited():
            try:
                parser.parse(body)
            except parser.refusals:
                outcome.refused += 1
        outcome.tried += 1
        outcome.slowest = max(outcome.slowest, 1000 * (time.process_time() - begun))
    return outcome


def child(name: str, seconds: float, last: Path) -> int:
    """Try one parser in this process and print what came of it as JSON."""
    parser = next(one for one in PARSERS if one.name == name)
    outcome = tried(parser, seconds, seed=time.time_ns() % 1_000_000, last=last)
    print(json.dumps([outcome.tried, outcome.refused, round(outcome.slowest, 1)]))
    return 0


def main(seconds: float, names: list[str]) -> int:
    """Try all parsers, or those named; 1 if one has a fault."""
    chosen = [one for one in PARSERS if not names or one.name in names]
    faults = 0
    print("| parser | inputs | refused | slowest, ms | faults |\n|---|--:|--:|--:|--:|", flush=True)
    with tempfile.TemporaryDirectory() as place:
        last = Path(place, "last")
        for parser in chosen:
            command = [sys.executable, __file__, "--one", parser.name, str(seconds / len(chosen)), str(last)]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            told = json.loads(done.stdout.splitlines()[-1]) if done.returncode == 0 else ["", "", ""]
            print(f"| {parser.name} | {' | '.join(map(str, told))} | {int(done.returncode != 0)} |", flush=True)
            if done.returncode:
                faults += 1
                print(f"{done.stderr[-3000:]}\ninput: {last.read_bytes()[:3000]!r}", file=sys.stderr, flush=True)
    return 1 if faults else 0


if __name__ == "__main__":
    given_names = sys.argv[1:]
    if given_names[:1] == ["--one"]:
        sys.exit(child(given_names[1], float(given_names[2]), Path(given_names[3])))
    sys.exit(main(float(given_names[0]) if given_names else 600.0, given_names[1:]))
