"""What every stretch of a text is: headline, paragraph, caption, credit, the page's own furniture.

The rules are few and shy: a stretch is a paragraph unless its form leaves no doubt, since a caption read as a paragraph
costs a little and a paragraph taken for a caption costs what it says. Blocks never overlap and together hold every
visible character.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from rashomon.model.document import Block, BlockKind
from rashomon.model.text import Span
from rashomon.sources.credits import BUTTON, BUTTON_INSIDE, LABELLED, NAMES, credited_line, tail
from rashomon.sources.dates import standing_alone

_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
_BLANK = re.compile(r"\n[^\S\n]*\n|\r\n[^\S\n]*\r\n")
_ENDS = (".", "!", "?", "…", ".”", '."', ".'", ".’", "!”", "?”", '!"', '?"', ".)", ":", ";", ",")

_LIST = rf"{NAMES}(?: in {NAMES})?(?:(?:,|;| and|, and| &) {NAMES}(?: in {NAMES})?){{0,7}}"
_NO_DAY = (
    r"(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May \d|June|July|August|September"
    r"|October|November|December)"
)
_FILE = re.compile(r"(?:\(?file (?:photo|picture|image|pic)\)?\s*[:–—-]|(?-i:FILE)\s*[:–—-])\s*\S", re.IGNORECASE)
_BYLINE = re.compile(
    rf"(?:By|BY|Written by|Reported by|Story by|Text by) {_NO_DAY}{NAMES}(?:(?:,| and|, and| &) {NAMES}){{0,5}}"
    r"(?:\s*[|,–—-] .{0,50})?"
)
_CONTRIBUTORS = re.compile(
    rf"{_LIST},? (?:also )?contributed (?:reporting )?(?:to|from|for) "
    rf"(?:(?:this|the) (?:report|story|article)|{NAMES})(?: from {_LIST})?\.?"
    rf"|{_LIST} contributed reporting\.?"
    r"|\((?:(?:Additional|Writing and|With) )?(?:[Rr]eporting|[Ww]riting|[Ee]diting) by [^()]{3,240}\)\.?"
    rf"|(?:(?:With )?[Aa]dditional reporting|Reporting|Writing|Editing|Reporting and writing|With reporting) by {_LIST}"
    r"\.?"
    rf"|Contribut(?:ing|ors): {_LIST}\.?"
)
_FURNITURE = re.compile(
    r"(?:advertisement|advertising|sponsored(?: content)?|loading\.*|comments?(?: \(?\d+\)?)?|(?:hide|toggle) caption|"
    r"menu|enlarge(?: this image)?|listen|download|transcript|print|e-?mail|tweet|share|facebook|twitter|whatsapp|"
    r"linkedin|pinterest|google\+?|close|more|copy link(?: copy)?|previous story|next story|"
    r"skip to (?:main )?content|back to top|top stories|most read|more stories|recommended(?: stories| for you)?|"
    r"related(?: articles?| stories| topics?| content| coverage)?|trending(?: now| stories)?|read also|also read|"
    r"see also|read more|read next|click here|sign in|log ?in|register|subscribe|newsletter|"
    r"already a subscriber|[_*#=·•—–-]+)"
    r"[.:!?…>» ]*"
    r"|(?:read|see) (?:the rest|the full (?:story|article))(?: here| at| on|:|\.|$).{0,120}"
    r"|read more(?:: | here| at | on ).{0,120}"
    r"|(?:read also|also read|see also)\s*:.{2,150}"
    r"|read or share this story.{0,80}"
    r"|share this(?: story| article| post|:|$).{0,60}"
    r"|(?:sign up|subscribe)\b.{0,20}\b(?:for|to|now|here|today)\b.{0,100}"
    r"|(?:click|tap) here (?:to|for)\b.{0,100}"
    r"|follow .{2,40} on (?:twitter|facebook|instagram|x|telegram)\b.{0,80}"
    r"|please enable javascript.{0,80}"
    r"|\(?(?:©|copyright|\(c\))\s*(?:©|\(c\))?\s*(?:19|20)\d\d.{0,160}"
    r"|.{0,60}\ball rights reserved\b.{0,100}"
    r"|our standards:? ?the thomson reuters trust principles\.?",
    re.IGNORECASE,
)
_DATELINE = re.compile(
    r"[A-Z][A-Z'’. -]{2,30}(?:,\s*[^,()\n]{2,25}){0,3}\s*(?:\([^()]{2,25}\))?\s*(?:--?|[—–])"
    r"|[A-Z]{3,}[A-Z ]*, [A-Z][a-z]+\.?"
)
_LONGEST_FURNITURE = 260
_LONGEST_HEADLINE, _LONGEST_HEADING = 160, 80


def blocks(text: str, title: str | None = None) -> tuple[Block, ...]:
    """The blocks of a text in order; ``title`` as given with it, to know the headline by."""
    spans = tuple(_paragraphs(text))
    found: list[Block] = []
    for i, span in enumerate(spans):
        line = span.of(text)
        parts = tuple(_picture(line))
        if parts:
            found.extend(Block(kind, span.start + start, span.start + end) for kind, start, end in parts)
        else:
            found.append(Block(_kind(line, i, spans, text, title), span.start, span.end))
    return tuple(found)


def _paragraphs(text: str) -> Iterator[Span]:
    """Lines, or what stands between blank lines where lines are only wrapped."""
    if _wrapped(text):
        start = 0
        for gap in (*_BLANK.finditer(text), None):
            end = len(text) if gap is None else gap.start()
            yield from _trimmed(text, start, end)
            start = end if gap is None else gap.end()
        return
    for line in _LINE.finditer(text):
        yield from _trimmed(text, line.start(), line.end())


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    stretch = text[start:end]
    bare = stretch.strip()
    if bare:
        at = start + len(stretch) - len(stretch.lstrip())
        yield Span(at, at + len(bare))


def _wrapped(text: str) -> bool:
    """Whether a text's lines break at a margin: most lines with another right below do not end a sentence."""
    lines = text.split("\n")
    followed = [line.rstrip() for line, below in pairwise(lines) if line.strip() and below.strip()]
    if len(followed) < 4 or max(map(len, followed)) > 110:
        return False
    running = sum(len(line) > 40 and not line.endswith(_ENDS[:13]) for line in followed)
    return running * 3 >= len(followed) * 2


def _picture(line: str) -> Iterator[tuple[BlockKind, int, int]]:
    """A picture's caption, credit and button, as kinds with their places in the line; nothing if it is no caption."""
    if credited_line(line):
        yield BlockKind.CREDIT, 0, len(line)
        return
    inside = tuple(_fused(line)) if "caption" in line else ()
    if inside:
        yield from inside
        return
    button = BUTTON.search(line) if "aption" in line[-12:] or "APTION" in line[-12:] else None
    body = line[: button.start()].rstrip() if button else line
    credit = tail(body)
    words = body[:credit].rstrip(" |")
    certain = button is not None or (credit is not None and len(words) < 600) or _FILE.match(line) is not None
    if not certain or (button is not None and not words and credit is None):
        return
    if words:
        yield (BlockKind.CREDIT if credited_line(words) else BlockKind.CAPTION), 0, len(words)
    if credit is not None:
        yield BlockKind.CREDIT, credit, len(body)
    if button:
        yield BlockKind.BOILERPLATE, button.start(), len(line)


def _fused(line: str) -> Iterator[tuple[BlockKind, int, int]]:
    """The parts of a line that scraping made of a picture's words and others: "Ana Ruiz/APhide captionThe army said".

    Where the caption begins or ends nothing tells: all but credit and button stay the article's, unless they open it.
    """
    at = 0
    for found in sorted((*BUTTON_INSIDE.finditer(line), *LABELLED.finditer(line)), key=lambda one: one.start()):
        before = line[at : found.start()].rstrip()
        credit = tail(before)
        yield from _cut(BlockKind.PARAGRAPH, line, at, at + len(before[:credit]))
        if credit is not None:
            yield from _cut(BlockKind.CREDIT, line, at + credit, at + len(before))
        label = found.start("label")
        yield from _cut(BlockKind.CREDIT, line, found.start(), label)
        yield BlockKind.BOILERPLATE, label, found.end("label")
        at = found.end()
    if at:
        opens = LABELLED.match(line) is not None and len(line) < 600
        yield from _cut(BlockKind.CAPTION if opens else BlockKind.PARAGRAPH, line, at, len(line))


def _cut(kind: BlockKind, line: str, start: int, end: int) -> Iterator[tuple[BlockKind, int, int]]:
    """One part without the blanks around it; nothing where nothing is left."""
    words = line[start:end]
    bare = words.strip()
    if bare:
        first = start + len(words) - len(words.lstrip())
        yield kind, first, first + len(bare)


def _kind(line: str, i: int, spans: Sequence[Span], text: str, title: str | None) -> BlockKind:
    """What a line is that is no caption: by its form, then by its place."""
    if len(line) <= _LONGEST_FURNITURE:
        for pattern, kind in (
            (_FURNITURE, BlockKind.BOILERPLATE),
            (_CONTRIBUTORS, BlockKind.CONTRIBUTORS),
            (_BYLINE, BlockKind.BYLINE),
        ):
            if pattern.fullmatch(line):
                return kind
    return _by_place(line, i, spans, text, title)


def _by_place(line: str, i: int, spans: Sequence[Span], text: str, title: str | None) -> BlockKind:
    """Headline, dateline or heading, by length, ending and neighbours; else a paragraph."""
    if title and i < 3 and _same(line, title):
        return BlockKind.HEADLINE
    if len(line) > _LONGEST_HEADLINE or i == len(spans) - 1:
        return BlockKind.PARAGRAPH
    if len(line) < _LONGEST_HEADING and (_DATELINE.fullmatch(line) or standing_alone(line)):
        return BlockKind.DATELINE
    below = spans[i + 1].end - spans[i + 1].start
    names = len(line.split())
    if (
        line.endswith(_ENDS)
        or (". " in line and i)
        or not (line[0].isupper() or line[0].isdigit() or line[0] in "“‘\"'")
    ):
        return BlockKind.PARAGRAPH
    if i == 0:
        return BlockKind.HEADLINE if names > 2 else BlockKind.PARAGRAPH
    if len(line) <= _LONGEST_HEADING and names <= 10 and below >= 100:
        return BlockKind.HEADING
    return BlockKind.PARAGRAPH


def _same(line: str, title: str) -> bool:
    return line.rstrip(". ").casefold() == title.strip().rstrip(". ").casefold()
