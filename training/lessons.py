"""Corpora to lessons: one shape for every corpus, with what a corpus does not say marked as unknown.

Arrays are over a document's words; -1 is "not told", never "no".
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from annotations.marks import Marked, files, once, stories, texts
from dispatches.markup import batches, is_dev, read
from rashomon.knowledge.kinds import kinds
from rashomon.model.telling import Status
from rashomon.reading.lexicon import listed
from rashomon.reading.pieces import Pieces
from rashomon.reading.tokens import LOWER, Words, words

KINDS = tuple(k for k in kinds() if not k.startswith("HUM.DEATH") and not k.startswith("HUM.INJURY"))
HARM = ("HUM.DEATH", "HUM.INJURY")
STATUSES = tuple(Status)
TYPES = ("person", "organisation", "place", "nationality", "weapon")
LINKS = (
    "perpetrator", "accused", "target", "victim", "damaged", "party", "authority", "actor", "addressee", "detainee",
    "host", "instrument", "place", "time", "figure", "same",
)  # fmt: skip
ROLE = {
    "alleged_perpetrator": "accused", "target_equipment": "damaged", "negotiator": "party", "investigator": "authority",
    "supporter": "actor", "proposer": "actor", "claimant": "actor", "interceptor": "actor", "resigner": "actor",
    "released": "detainee", "mediator": "host", "chair": "host",
    # RAMS
    "attacker": "perpetrator", "killer": "perpetrator", "injurer": "perpetrator", "destroyer": "perpetrator",
    "damager": "perpetrator", "damagerdestroyer": "perpetrator", "demonstrator": "party", "participant": "party",
    "jailer": "authority", "defendant": "detainee", "employee": "actor", "yielder": "actor",
} | {name: name for name in LINKS}  # fmt: skip

Ints = npt.NDArray[np.int64]


@dataclass
class Lesson:
    """One text and whatever its corpus tells of it."""

    words: Words
    pieces: list[tuple[int, ...]]
    listed: npt.NDArray[np.float32]  # [T, kinds]: what the word list says
    claims: list[tuple[int, Ints, bool]] | None = None  # anchor, role of every word, optional
    kinds: list[tuple[int, frozenset[int]]] = field(default_factory=list)  # word, its possible kinds (1-based; 0 none)
    plain: npt.NDArray[np.bool_] | None = None  # words known to tell of nothing
    status: list[tuple[int, int]] = field(default_factory=list)
    harm: Ints | None = None  # [T, 2]
    links: list[tuple[int, Ints]] = field(default_factory=list)  # anchor, [T, links]
    names: Ints | None = None  # [T]: 0 outside, 2k+1 begin, 2k+2 inside


def rows(path: Path) -> list[dict]:
    """The lines of a corpus."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def blank(text: str, pieces: Pieces) -> Lesson:
    """A text with nothing told."""
    w = words(text)
    return Lesson(w, [pieces.of(f) for f in w.forms], listed(w, 0, len(w), KINDS + HARM))


def inside(w: Words, start: int, end: int) -> npt.NDArray[np.bool_]:
    """Which words a span touches."""
    found: npt.NDArray[np.bool_] = (w.starts < end) & (w.ends > start)
    return found


def claimed(lesson: Lesson, claims: Iterable[dict]) -> None:
    """Adds ``{"cue", "source", "content": [[start, end]...], "optional"?}`` claims."""
    lesson.claims = []
    for claim in claims:
        roles = np.zeros(len(lesson.words), np.int64)
        for role, name in ((3, "content"), (2, "source"), (1, "cue")):
            for start, end in claim.get(name) or []:
                roles[inside(lesson.words, start, end)] = role
        at = np.flatnonzero(roles == 1) if (roles == 1).any() else np.flatnonzero(roles == 3)
        if len(at):
            lesson.claims.append((int(at[0]), roles, bool(claim.get("optional"))))


@dataclass
class Told:
    """An incident as its corpus marks it: spans of its words and of what belongs to it."""

    kind: str
    status: str
    mentions: list[tuple[int, int]]
    links: list[tuple[str, tuple[int, int]]]
    unsure: list[tuple[str, tuple[int, int]]] = field(default_factory=list)
    optional: bool = False


def telling(lesson: Lesson, incidents: list[Told], scope: Iterable[str]) -> None:
    """Adds incidents of which the corpus marks every mention, and of each the links named in ``scope``."""
    w = lesson.words
    plain = np.ones(len(w), bool)
    anchors: list[tuple[int, Told]] = []
    for told in incidents:
        for start, end in told.mentions:
            here = inside(w, start, end)
            plain &= ~here
            if told.optional or not here.any() or told.kind not in KINDS:
                continue
            at = head(lesson, np.flatnonzero(here), KINDS.index(told.kind))
            lesson.kinds.append((at, frozenset((KINDS.index(told.kind) + 1,))))
            lesson.status.append((at, STATUSES.index(Status(told.status))))
            anchors.append((at, told))
    lesson.plain = plain
    columns = [LINKS.index(name) for name in scope]
    for at, told in anchors:
        lesson.links.append((at, _links(w, at, told, anchors, columns)))


def _links(w: Words, at: int, told: Told, anchors: list[tuple[int, Told]], columns: list[int]) -> Ints:
    """What belongs to one mention: the nearest mention owns a span, for the others of its incident it is untold."""
    table = np.full((len(w), len(LINKS)), -1, np.int64)
    table[:, columns] = 0
    mine = [a for a, t in anchors if t is told]
    for name, (start, end) in told.links:
        here = inside(w, start, end)
        middle = np.flatnonzero(here)
        nearest = len(middle) and min(mine, key=lambda a: abs(a - int(middle[0]))) == at
        table[here, LINKS.index(name)] = 1 if nearest else -1
    for name, (start, end) in told.unsure:
        table[inside(w, start, end), LINKS.index(name)] = -1
    for other, t in anchors:
        table[other, LINKS.index("same")] = int(t is told)
    return table


def head(lesson: Lesson, at: Ints, kind: int) -> int:
    """The word of a mention that stands for it: one listed for its kind, else one listed at all, else the longest."""
    for column in (lesson.listed[at, kind], lesson.listed[at].sum(1)):
        if column.any():
            return int(at[int(np.argmax(column > 0))])
    forms = lesson.words.forms
    return int(max(at, key=lambda i: len(forms[i]) if lesson.words.shapes[i] == LOWER else 0))


def _span(span: dict) -> tuple[int, int]:
    return span["start"], span["end"]


def occurrences(text: str, name: str) -> list[tuple[int, int]]:
    """Where a name stands in a text, by its letters alone."""
    low, want = text.lower(), name.lower()
    out, at = [], low.find(want)
    while at >= 0:
        before = low[at - 1] if at else " "
        after = low[at + len(want)] if at + len(want) < len(low) else " "
        if not before.isalnum() and not after.isalpha():
            out.append((at, at + len(want)))
        at = low.find(want, at + 1)
    return out


def _gold(gold: dict, text: str, incident: dict) -> Told:
    """An incident of a hand-read ledger; its places and times are named, not pointed at: all that fit are unsure."""
    told = Told(
        incident["type"], incident.get("status") or "occurred", [_span(m) for m in incident["mentions"]], [],
        optional=incident.get("optional", False),
    )  # fmt: skip
    for p in incident.get("participants") or []:
        if p.get("span") and p["role"] in ROLE:
            told.links.append((ROLE[p["role"]], _span(p["span"])))
    for q in gold["quantities"]:
        if q.get("incident") == incident["id"]:
            told.links.append(("figure", _span(q["span"])))
    middle = told.mentions[0][0] if told.mentions else 0
    names = {p["id"]: p["name"] for p in gold["places"]}
    for place in incident.get("places") or []:
        _nearest(told, "place", occurrences(text, names.get(place["place"], "\0")), middle)
    start = (incident.get("date") or {}).get("start")
    spans = [_span(t["span"]) for t in gold["time_expressions"] if start and t.get("start") == start]
    _nearest(told, "time", spans, middle)
    return told


def _nearest(told: Told, name: str, spans: list[tuple[int, int]], middle: int) -> None:
    if not spans:
        return
    best = min(spans, key=lambda s: abs(s[0] - middle))
    told.links.append((name, best))
    told.unsure += [(name, s) for s in spans if s != best]


def ledgers(folder: Path, articles: Path, pieces: Pieces) -> Iterator[Lesson]:
    """Hand-read ledgers with their texts: claims, incidents, ties."""
    texts = {r["id"]: r["text"] for r in rows(articles)}
    for path in sorted(folder.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = texts[gold["doc"]["id"]]
        lesson = blank(text, pieces)
        claimed(lesson, (_attribution(a) for a in gold["attributions"]))
        telling(lesson, [_gold(gold, text, i) for i in gold["incidents"]], LINKS)
        figures = [(_span(q["span"]), q["kind"]) for q in gold["quantities"]]
        _harm(lesson, figures, [_span(m) for i in gold["incidents"] if violent(i["type"]) for m in i["mentions"]])
        yield lesson


def _attribution(a: dict) -> dict:
    def one(span: dict | None) -> list[list[int]]:
        return [[span["start"], span["end"]]] if span else []

    content = [[c["start"], c["end"]] for c in a["content"]]
    return {"cue": one(a.get("cue")), "source": one(a.get("source")), "content": content, "optional": a.get("optional")}


def _harm(lesson: Lesson, figures: Iterable[tuple[tuple[int, int], str]], mentions: Iterable[tuple[int, int]]) -> None:
    """Which words tell of death or injury: weak labels from the word list.

    Words that are not listed for it do not; a listed word does where it is a mention of an incident, or shares its
    sentence with a count of the dead or injured; other listed words are untold.
    """
    words_listed = lesson.listed[:, len(KINDS) : len(KINDS) + 2] > 0
    lesson.harm = np.where(words_listed, -1, 0)
    for span in mentions:
        lesson.harm[inside(lesson.words, *span)[:, None] & words_listed] = 1
    sentences = lesson.words.sentences
    for (start, end), kind in figures:
        here = np.flatnonzero(inside(lesson.words, start, end))
        if len(here) and kind in ("killed", "injured"):
            column = ("killed", "injured").index(kind)
            near = (sentences == sentences[here[0]]) & words_listed[:, column]
            lesson.harm[near, column] = 1


def violent(kind: str) -> bool:
    """Whether an incident of the kind may kill: "claimed" is a statement's word and a bomb's."""
    return not kind.startswith(("DIP", "POL", "REP", "FORCE"))


def _violent_triggers(d) -> list[tuple[int, int]]:
    harmful = {i.id for i in d.incidents if violent(i.kind)}
    return [tuple(t.span) for t in d.triggers if harmful & set(t.incidents)]


def own(pieces: Pieces, dev: bool = False) -> Iterator[Lesson]:
    """Our dispatches: everything told, by construction."""
    for path in batches():
        if is_dev(path) != dev:
            continue
        for d in read(path):
            lesson = blank(d.text, pieces)
            claimed(
                lesson,
                ({"cue": c.cue, "source": c.source, "content": c.content, "optional": c.optional} for c in d.claims),
            )
            telling(lesson, [_told(d, i) for i in d.incidents], LINKS)
            _harm(lesson, [(tuple(f.span), f.kind) for f in d.figures], _violent_triggers(d))
            yield lesson


def _told(d, incident) -> Told:
    mentions = [tuple(t.span) for t in d.triggers if incident.id in t.incidents]
    told = Told(incident.kind, incident.status, mentions, [], optional=incident.optional)
    told.links += [(ROLE[r.role], tuple(r.span)) for r in d.roles if incident.id in r.incidents and r.role in ROLE]
    told.links += [("figure", tuple(f.span)) for f in d.figures if f.incident == incident.id]
    told.links += [("time", tuple(t.span)) for t in d.times if incident.id in t.incidents]
    told.links += [("place", tuple(p.span)) for p in d.places if incident.id in p.incidents]
    return told


def marked(data: Path, pieces: Pieces, dev: bool = False) -> Iterator[Lesson]:
    """Our marks over texts of public corpora: incidents with what belongs to them, no claims."""
    for story in once(files(dev), texts(data), dev=dev):
        lesson = blank(story.text, pieces)
        telling(lesson, [_marked(i) for i in story.incidents], LINKS)
        counts = [(span, name) for i in story.incidents for name, span in i.ties if name in HARMED_COUNTS]
        _harm(lesson, counts, [m for i in story.incidents if violent(i.kind) for m in i.mentions])
        yield lesson


HARMED_COUNTS = ("killed", "injured")


def _marked(incident: Marked) -> Told:
    told = Told(incident.kind, incident.status, incident.mentions, [], optional=incident.optional)
    for name, span in incident.ties:
        told.links.append(("figure" if name in HARMED_COUNTS else ROLE.get(name, name), span))
    return told


def unmarked(data: Path, pieces: Pieces, together: int = 12) -> Iterator[Lesson]:
    """Texts of public corpora as they are, for a teacher to mark; those whose marks are kept apart are left out."""
    known = texts(data)
    apart = "\n".join(story.text for path in files(dev=True) for story in stories(path, known))
    sentences = [text for text in known["g"] if text not in apart]
    found = [" ".join(sentences[n : n + together]) for n in range(0, len(sentences), together)]
    found += [text for letter in "mrd" for text in known[letter] if text not in apart]
    yield from (blank(text, pieces) for text in found if text)


def polnear(path: Path, pieces: Pieces) -> Iterator[Lesson]:
    """PolNeAR as it lies in ``claims/*.jsonl``: claims only."""
    for row in rows(path):
        lesson = blank(row["text"], pieces)
        claimed(lesson, row["claims"])
        yield lesson


def _group(*starts: str) -> frozenset[int]:
    return frozenset(n + 1 for n, k in enumerate(KINDS) if k.startswith(starts))


# Event types of the open corpora and the kinds each may be; what is not here is left untold.
TYPED = [
    ("conflict.attack.airstrike", _group("STRIKE")), ("conflict.attack.bombing", _group("STRIKE", "BOMB")),
    ("conflict.attack.biological", _group("VIOL.CBRN")), ("conflict.attack.invade", _group("WAR", "CLASH", "TERR")),
    ("conflict.attack.self", _group("WAR", "CLASH", "STRIKE", "BOMB", "CIV", "TERR")),
    ("conflict.attack", _group("CLASH", "STRIKE", "BOMB", "CIV", "TERR", "WAR", "VIOL")),
    ("conflict.demonstrate", _group("PROT")), ("justice.arrest", _group("REP.ARREST")), ("contact.negotiate", _group("DIP.TALKS")),
    ("contact.discussion.meet", _group("DIP.TALKS")), ("personnel.endposition", _group("POL.RESIGNATION")),
    ("government.agreements.accept", _group("DIP.AGREEMENT", "DIP.CEASEFIRE")), ("conflict.yield.retreat", _group("FORCE.WITHDRAWAL")),
    ("conflict.yield.surrender", _group("FORCE.WITHDRAWAL", "TERR")), ("justice.investigate", _group("REP.INVESTIGATION")),
    ("justice.judicial", _group("REP.VERDICT")), ("justice.initiate", _group("REP.VERDICT")),
    ("Attack", _group("CLASH", "STRIKE", "BOMB", "CIV", "WAR")), ("Hostile_encounter", _group("CLASH", "WAR", "STRIKE", "CIV", "TERR")),
    ("Terrorism", _group("CIV", "BOMB", "WAR")), ("Arrest", _group("REP.ARREST")), ("Protest", _group("PROT")),
    ("Conquering", _group("TERR", "WAR")), ("Sign_agreement", _group("DIP.AGREEMENT", "DIP.CEASEFIRE")),
]  # fmt: skip
HARMED = {"life.die": 0, "life.injure.n/a": 1, "life.injure.injury": 1, "Killing": 0, "Death": 0, "Bodily_harm": 1}


def _typed(name: str) -> frozenset[int] | None:
    return next((group for start, group in TYPED if name.startswith(start)), None)


def rams(path: Path, pieces: Pieces) -> Iterator[Lesson]:
    """RAMS: one event a window with its roles, everything else untold."""
    for row in rows(path):
        (event,) = row["events"]
        group = _typed(event["type"])
        harm = next((n for start, n in HARMED.items() if event["type"].startswith(start)), None)
        if group is None and harm is None:
            continue
        lesson = blank(row["text"], pieces)
        here = np.flatnonzero(inside(lesson.words, *event["trigger"]))
        lesson.harm = np.full((len(lesson.words), 2), -1, np.int64)
        for at in here[:1]:
            if group is not None:
                lesson.kinds.append((int(at), group))
            else:
                lesson.harm[at, harm] = 1
            table = np.full((len(lesson.words), len(LINKS)), -1, np.int64)
            table[:, : LINKS.index("place") + 1] = 0
            for arg in event["args"]:
                if arg["role"] in ROLE:
                    table[inside(lesson.words, *arg["span"]), LINKS.index(ROLE[arg["role"]])] = 1
            lesson.links.append((int(at), table))
        yield lesson


def geneva(path: Path, pieces: Pieces, together: int = 10) -> Iterator[Lesson]:
    """GENEVA: sentences with every event marked; several are read as one text."""
    found = rows(path)
    for first in range(0, len(found), together):
        group = found[first : first + together]
        lesson = blank("\n".join(r["text"] for r in group), pieces)
        w = lesson.words
        lesson.harm = np.zeros((len(w), 2), np.int64)
        lesson.plain = np.zeros(len(w), bool)
        offset = 0
        for row in group:
            told = [(offset + e["trigger"][0], offset + e["trigger"][1], e["type"]) for e in row["events"]]
            here = inside(w, offset, offset + len(row["text"]))
            if not any(_typed(kind) or kind in HARMED for *_, kind in told):
                lesson.plain |= here & (lesson.listed.sum(1) > 0)
            for start, end, kind in told:
                at = np.flatnonzero(inside(w, start, end))[:1]
                if kind in HARMED:
                    lesson.harm[at, HARMED[kind]] = 1
                elif (kinds_of := _typed(kind)) is not None:
                    lesson.kinds += [(int(a), kinds_of) for a in at]
            offset += len(row["text"]) + 1
        yield lesson
