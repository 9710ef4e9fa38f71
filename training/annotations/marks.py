"""Reads the marks: incidents of corpus texts, by sentence number and words.

A file holds stories. ``= g120-g128`` opens a story of sentences 120 to 128 of ``entities/gmb_train.jsonl``; ``= r17``, ``= d17``
and ``= m17`` are line 17 (from 0) of RAMS, re3d and MUC-4. Then one line an incident::

    STRIKE.AIR occurred | g120 air strike | g121 raid | perpetrator: g120 Israeli jets | place: g120 Gaza | killed: g121 four

Fields without a name are mentions, the others belong to the incident (roles, ``place``, ``time``, ``killed``, ``injured``,
``figure``). ``~2`` after the words: their second occurrence there. ``?`` before the kind: a reader may leave it out.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from dispatches.codebook import KINDS, ROLES
from rashomon.model.telling import Status

FILES = {
    "g": "entities/gmb_train.jsonl", "r": "events/rams_train.jsonl", "d": "entities/re3d_train.jsonl", "m": "muc4/train.jsonl",
}  # fmt: skip
TIES = ROLES | {"place", "time", "killed", "injured", "figure"}
Place = tuple[int, int]


@dataclass
class Marked:
    """One incident: its mentions, and named spans that belong to it, in code points of the story's text."""

    kind: str
    status: str
    optional: bool
    mentions: list[Place] = field(default_factory=list)
    ties: list[tuple[str, Place]] = field(default_factory=list)


@dataclass
class Story:
    """Consecutive sentences of a corpus as one text, with every incident they tell of."""

    name: str
    text: str
    incidents: list[Marked]


class Wrong(ValueError):
    """A line that cannot be read; the message says which and why."""


def texts(data: Path) -> dict[str, list[str]]:
    """The corpora's texts by letter and line."""
    return {
        letter: [_text(json.loads(line)) for line in (data / name).read_text(encoding="utf-8").split("\n") if line]
        for letter, name in FILES.items()
    }


def _text(row: dict[str, str]) -> str:
    return row["text"] if "text" in row else row["doctext"]


def stories(path: Path, known: dict[str, list[str]]) -> Iterator[Story]:
    """The stories of one file. Raises Wrong."""
    story: Story | None = None
    starts: dict[str, Place] = {}
    for number, raw in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        try:
            if line.startswith("="):
                if story:
                    yield story
                story, starts = _opened(line[1:].strip(), known)
            else:
                _into(story, line, starts)
        except Wrong as e:
            raise Wrong(f"{path.name}:{number}: {e}") from None
    if story:
        yield story


def _into(story: Story | None, line: str, starts: dict[str, Place]) -> None:
    if story is None:
        raise Wrong("an incident before any story")
    story.incidents.append(_incident(line, story.text, starts))


def _opened(name: str, known: dict[str, list[str]]) -> tuple[Story, dict[str, Place]]:
    if not (m := re.fullmatch(r"([grdm])(\d+)(?:-\1(\d+))?", name)):
        raise Wrong(f"{name!r} names no story")
    first, last = int(m[2]), int(m[3] or m[2])
    if not first <= last < len(known[m[1]]) or last - first > 60:
        raise Wrong(f"{name!r} is no run of sentences")
    text, starts = "", {}
    for n in range(first, last + 1):
        text += " " if text else ""
        starts[f"{m[1]}{n}"] = (len(text), len(text) + len(known[m[1]][n]))
        text += known[m[1]][n]
    return Story(name, text, []), starts


def _incident(line: str, text: str, starts: dict[str, Place]) -> Marked:
    head, *fields = [f.strip() for f in line.split("|")]
    kind, _, status = head.lstrip("? ").partition(" ")
    if kind not in KINDS:
        raise Wrong(f"no kind {kind!r}")
    if status.strip() not in {s.value for s in Status}:
        raise Wrong(f"no status {status!r}")
    out = Marked(kind, status.strip(), head.startswith("?"))
    for f in fields:
        name, colon, rest = f.partition(": ")
        if colon and " " not in name:
            if name not in TIES:
                raise Wrong(f"no role {name!r}")
            out.ties.append((name, _span(rest.strip(), text, starts)))
        else:
            out.mentions.append(_span(f, text, starts))
    if not out.mentions:
        raise Wrong("an incident without a mention")
    return out


def _span(f: str, text: str, starts: dict[str, Place]) -> Place:
    tag, _, words = f.partition(" ")
    words, _, which = words.strip().partition("~")
    if tag not in starts:
        raise Wrong(f"{tag!r} is not in this story")
    low, high = starts[tag]
    found = (
        [m.start() for m in re.finditer(rf"(?<!\w){re.escape(words.strip())}(?!\w)", text[low:high])] if words else []
    )
    if len(found) < int(which or 1):
        raise Wrong(f"{words!r} is not in {tag}")
    start = low + found[int(which or 1) - 1]
    return start, start + len(words.strip())


HELD_OUT = ("gmb-8", "muc-0d", "rams-1c")


def files(dev: bool | None = None) -> list[Path]:
    """All files of marks, or those taught from, or those held out to measure with."""
    found = sorted(Path(__file__).parent.glob("*.txt"))
    return [p for p in found if dev is None or p.stem.startswith(HELD_OUT) == dev]


def once(paths: Iterable[Path], known: dict[str, list[str]], *, dev: bool = False) -> Iterator[Story]:
    """The stories of the files, each text once, and unless they are ``dev`` none whose marks are kept apart.

    RAMS holds some texts twice.
    """
    seen = set() if dev else {story.text for path in files(dev=True) for story in stories(path, known)}
    for story in (story for path in paths for story in stories(path, known)):
        if story.text not in seen:
            seen.add(story.text)
            yield story


def main(data: Path, paths: list[Path]) -> int:
    """Checks files; prints what is wrong, or how much was marked."""
    known = texts(data)
    bad = 0
    for path in paths or files():
        try:
            found = list(stories(path, known))
        except Wrong as e:
            print(e)
            bad += 1
            continue
        words = sum(len(s.text.split()) for s in found)
        incidents = [i for s in found for i in s.incidents]
        print(f"{path.name}: {len(found)} stories, {words} words, {len(incidents)} incidents, "
              f"{sum(len(i.mentions) for i in incidents)} mentions, {sum(len(i.ties) for i in incidents)} ties")  # fmt: skip
    return int(bad > 0)


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1]), [Path(p) for p in sys.argv[2:]]))
