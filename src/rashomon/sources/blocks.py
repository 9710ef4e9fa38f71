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
from rashomon.sources.dates import standing_alone

_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
_BLANK = re.compile(r"\n[^\S\n]*\n|\r\n[^\S\n]*\r\n")
_ENDS = (".", "!", "?", "…", ".”", '."', ".'", ".’", "!”", "?”", '!"', '?"', ".)", ":", ";", ",")

_AGENCY = (
    r"(?:AP|AFP|EPA|EFE|ANSA|DPA|dpa|TASS|Reuters|REUTERS|UPI|Xinhua|Anadolu(?: Agency)?|Bloomberg|Getty Images|"
    r"The New York Times|NPR|Shutterstock|NurPhoto|Zuma Press|Maxar(?: Technologies)?|Planet Labs(?: PBC)?|Alamy)"
)
_NAME = (
    r"(?:[A-Z][\w’'-]*\.?|de|la|van|von|der|al|bin|del|di|da|el|of|the|"
    r"(?:producer|correspondent|reporter|editor|writer|journalist)s?)"
)
# No hyphen between names: inside a name and between names it would match in more ways than can be tried.
_NAMES = rf"[A-Z][\w’'.-]*(?: {_NAME}){{0,7}}"
_LIST = rf"{_NAMES}(?: in {_NAMES})?(?:(?:,|;| and|, and| &) {_NAMES}(?: in {_NAMES})?){{0,7}}"
_NO_DAY = (
    r"(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May \d|June|July|August|September"
    r"|October|November|December)"
)
_BUTTON = re.compile(r"(?:hide|toggle) caption\s*$", re.IGNORECASE)
# "Ukrainian Security Service/AP" after the caption's last full stop, with or without a space between.
_SLASHED = re.compile(rf"(?<=[.!?”\"’])\s*(?P<credit>{_NAMES}/(?:{_NAMES}/)?{_AGENCY})\s*$")
_PICTURED = re.compile(
    rf"(?P<credit>[(\[](?:{_AGENCY} )?(?:Photo|Image|Picture|Photograph|Video|Credit)s?(?:/|:| by | via | courtesy)"
    r"[^()\[\]]{1,80}[)\]])\s*$"
)
_FILE = re.compile(r"(?:\(?file (?:photo|picture|image|pic)\)?\s*[:–—-]|(?-i:FILE)\s*[:–—-])\s*\S", re.IGNORECASE)
_CREDIT = re.compile(
    rf"(?:(?:Photo(?:graph)?s?|Image|Picture|Video|Graphic|Credit|Illustration)(?: credit)?"
    rf"(?: by |: ?| courtesy of | via ){_NAMES}(?:[/,] ?{_NAMES}){{0,3}}"
    rf"|{_NAMES}/{_AGENCY}|{_NAMES} via {_AGENCY}|{_AGENCY} [Pp]hoto(?:/.{{2,40}})?|{_AGENCY}/{_NAMES}|Getty Images)\.?"
)
_BYLINE = re.compile(
    rf"(?:By|BY|Written by|Reported by|Story by|Text by) {_NO_DAY}{_NAMES}(?:(?:,| and|, and| &) {_NAMES}){{0,5}}"
    r"(?:\s*[|,–—-] .{0,50})?"
)
_CONTRIBUTORS = re.compile(
    rf"{_LIST},? (?:also )?contributed (?:reporting )?(?:to|from|for) "
    rf"(?:(?:this|the) (?:report|story|article)|{_NAMES})(?: from {_LIST})?\.?"
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
_LONGEST_CREDIT = 120
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
    end = len(line)
    button = _BUTTON.search(line) if "aption" in line[-12:] or "APTION" in line[-12:] else None
    body = line[: button.start()].rstrip() if button else line
    tail = body[-_LONGEST_CREDIT:]
    credit = _SLASHED.search(tail) if "/" in tail else None
    if credit is None and tail.endswith((")", "]")):
        credit = _PICTURED.search(tail)
    credit_at = len(body) - len(tail) + credit.start("credit") if credit else len(body)
    words = body[:credit_at].rstrip()
    certain = button is not None or (credit is not None and len(words) < 600) or _FILE.match(line) is not None
    if not certain or (button is not None and not words and credit is None):
        return
    if words:
        yield BlockKind.CAPTION, 0, len(words)
    if credit:
        yield BlockKind.CREDIT, credit_at, len(body)
    if button:
        yield BlockKind.BOILERPLATE, button.start(), end


def _kind(line: str, i: int, spans: Sequence[Span], text: str, title: str | None) -> BlockKind:
    """What a line is that is no caption: by its form, then by its place."""
    if len(line) <= _LONGEST_FURNITURE:
        for pattern, kind in (
            (_FURNITURE, BlockKind.BOILERPLATE),
            (_CONTRIBUTORS, BlockKind.CONTRIBUTORS),
            (_CREDIT, BlockKind.CREDIT),
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
