"""Readings as lines for a terminal: the article with its claims marked, and who says what.

Everything here gives ``rich`` lines, wrapped by us, because a margin number has to stand at the line where its claim
begins. Colour and underline are dropped by ``rich`` where they are not wanted (NO_COLOR, a pipe); the words stay.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text

from rashomon.model.document import Block, BlockKind, Document
from rashomon.model.reading import Reading
from rashomon.model.telling import ActorId, Claim, Quantity, Stance, Telling
from rashomon.model.text import Span
from rashomon.words import stance, verification

if TYPE_CHECKING:
    from rashomon.ledger import Hit

MARGIN = 8
# Beyond this a line is hard to read back from its end to its beginning.
WIDEST = 100
SHORT = 110

NAME, CUE, CONTENT, QUIET, WARN, TITLE = "bold", "cyan", "underline", "dim", "yellow", "bold"
STYLES = {
    BlockKind.HEADLINE: TITLE,
    BlockKind.HEADING: TITLE,
    BlockKind.CAPTION: QUIET,
    BlockKind.CREDIT: QUIET,
    BlockKind.BYLINE: QUIET,
    BlockKind.CONTRIBUTORS: QUIET,
    BlockKind.BOILERPLATE: QUIET,
}
# Joiners shape letters in Persian, Hindi and emoji; a soft hyphen is not shown.
HARMLESS = frozenset("\n\u200c\u200d\u00ad")
NOBODY = "Nobody is quoted or named as a source in this text."
OPENING, CLOSING = "“\"«„‘'", "”\"»“’'"


def article(reading: Reading, width: int | None) -> Iterator[Text]:
    """The document with its claims marked and numbered in the margin, then who says what; no width, no wrapping."""
    document = reading.document
    blocks = document.blocks or _paragraphs(document.text)
    titled = any(b.kind is BlockKind.HEADLINE and b.span.of(document.text) == document.title for b in blocks)
    yield from head(document, width, titled=not titled)
    marked = _marked(reading)
    for block in blocks:
        numbers = _starts(reading.claims, block)
        yield from _margined(marked[block.start : block.end], block.start, numbers, width)
        yield Text()
    yield from _said(reading, width)


def accounts(reading: Reading, width: int | None) -> Iterator[Text]:
    """The document's ledger: voice by voice, the words with their offsets, the figures, the caveats, the incidents."""
    yield from head(reading.document, width)
    if not reading.claims:
        yield from _wrapped(Text(NOBODY), width, "")
        yield Text()
    for name, claims in voices(reading):
        yield Text(name, style=NAME)
        for claim in claims:
            yield from _wrapped(_line(reading, claim, named=False), width, _number(reading, claim))
            for quantity in reading.quantities:
                if quantity.claim == claim.id:
                    yield from _wrapped(_figure(reading, quantity), width, " " * 8)
        yield Text()
    yield from _own_figures(reading, width)
    yield from _caveats(reading, width)
    yield from _incidents(reading, width)


def hit(found: Hit, width: int | None) -> Iterator[Text]:
    """A document that answers a search: what it is, then the words around the first match."""
    day = found.published.isoformat() if found.published else "no date"
    parts = (day, clean(found.outlet or "no outlet"), clean(found.title or ""))
    yield from _wrapped(
        Text.assemble((found.document, NAME), "  ", (" · ".join(filter(None, parts)), QUIET)), width, ""
    )
    words = Text(clean(found.words.replace("\n", " ")))
    for start, end in found.marks:
        if found.excerpt.start <= start and end <= found.excerpt.end:
            words.stylize(CONTENT, start - found.excerpt.start, end - found.excerpt.start)
    yield from _wrapped(Text.assemble("… ", words, " …"), width, "  ")
    if found.claims:
        yield Text(f"  claims {', '.join(claim.lstrip('c') for claim in found.claims)}", style=QUIET)
    yield Text()


def head(document: Document, width: int | None, *, titled: bool = True) -> Iterator[Text]:
    """Title, unless the text shows it anyway, then outlet, day and id."""
    if titled and document.title:
        yield from _wrapped(Text(clean(document.title), style=TITLE), width, "")
    day = document.published.isoformat() if document.published else "no date"
    parts = (clean(document.outlet or "no outlet"), day, document.id)
    yield from _wrapped(Text(" · ".join(parts), style=QUIET), width, "")
    yield Text()


def clean(text: str) -> str:
    """The text with every control character as one visible dot, so that no document can drive the terminal.

    Code point for code point, so offsets still hold. Marks that turn the direction of writing are controls here too.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_visible(c) for c in text)


def _visible(c: str) -> str:
    if c in "\t\r":
        return " "
    return "·" if c not in HARMLESS and unicodedata.category(c) in ("Cc", "Cf", "Cs") else c


def interval(quantity: Quantity) -> str:
    """A figure's interval in words: "7 or more", "up to 30", "6 to 30", "41", or that no number is given."""
    low, high = quantity.low, quantity.high
    if low is not None and high is not None:
        return _plain(low) if low == high else f"{_plain(low)} to {_plain(high)}"
    if low is not None:
        return f"{_plain(low)} or more"
    if high is not None:
        return f"up to {_plain(high)}"
    return "no number given" if quantity.value is None else f"about {_plain(quantity.value)}"


def _plain(number: Decimal) -> str:
    return f"{number.normalize():,f}"


def _marked(reading: Reading) -> Text:
    text = Text(clean(reading.document.text))
    for claim in reading.claims:
        for style, spans in ((CONTENT, claim.content), (NAME, claim.source), (CUE, claim.cue)):
            for span in spans:
                text.stylize(style, *span)
    for caveat in reading.caveats:
        text.stylize(WARN, *caveat.span)
    for block in reading.document.blocks:
        if block.kind in STYLES:
            text.stylize(STYLES[block.kind], block.start, block.end)
    return text


def _paragraphs(text: str) -> tuple[Block, ...]:
    out: list[Block] = []
    at = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            out.append(Block(BlockKind.PARAGRAPH, at, at + len(line.rstrip())))
        at += len(line)
    return tuple(out)


def _begin(claim: Claim) -> int:
    return min((span.start for span in (*claim.source, *claim.cue, *claim.content)), default=0)


def _starts(claims: Sequence[Claim], block: Block) -> list[tuple[int, int]]:
    """Where claims begin in a block, and their numbers."""
    starts = ((_begin(claim), number) for number, claim in enumerate(claims, 1))
    return [(at, number) for at, number in starts if block.start <= at < block.end]


def _margined(text: Text, offset: int, numbers: Sequence[tuple[int, int]], width: int | None) -> Iterator[Text]:
    """A block's lines with the numbers of the claims that begin in each to their left."""
    for start, end in breaks(text.plain, None if width is None else min(width, WIDEST + MARGIN) - MARGIN):
        here = [str(number) for at, number in numbers if start <= at - offset < end]
        label = " ".join(here) if len(" ".join(here)) < MARGIN - 1 else f"{here[0]}–{here[-1]}"
        yield Text.assemble((f"{label:>{MARGIN - 2}}  ", QUIET), text[start:end])


def breaks(plain: str, width: int | None) -> Iterator[tuple[int, int]]:
    """Where each line starts and ends when a text is broken at spaces; a word longer than the line is cut."""
    start = 0
    for line in plain.split("\n"):
        end = start + len(line)
        if width is not None:
            while cell_len(plain[start:end]) > width:
                cut = _cut(plain[start:end], width)
                yield start, start + len(plain[start : start + cut].rstrip())
                start += cut
        yield start, end
        start = end + 1


def _cut(line: str, width: int) -> int:
    """How many code points of a line fit: up to the last space, or as many as there is room for."""
    fits, cells = 0, 0
    for c in line:
        cells += cell_len(c)
        if cells > width:
            break
        fits += 1
    space = line.rfind(" ", 0, fits + 1)
    return space + 1 if space > 0 else max(fits, 1)


def _wrapped(text: Text, width: int | None, first: str) -> Iterator[Text]:
    """A text behind a label, its further lines set in by as much."""
    room = None if width is None else max(min(width, WIDEST + MARGIN) - len(first), 20)
    for number, (start, end) in enumerate(breaks(text.plain, room)):
        yield Text.assemble((first if number == 0 else " " * len(first), QUIET), text[start:end])


def _number(reading: Reading, claim: Claim) -> str:
    return f"{reading.claims.index(claim) + 1:>{MARGIN - 2}}  "


def _said(reading: Reading, width: int | None) -> Iterator[Text]:
    if not reading.claims:
        yield from _wrapped(Text(NOBODY), width, "")
    else:
        yield Text("Who says what", style=TITLE)
    for claim in reading.claims:
        yield from _wrapped(_line(reading, claim, named=True), width, _number(reading, claim))
    if reading.caveats:
        yield Text()
    yield from _caveats(reading, width)


def _line(reading: Reading, claim: Claim, *, named: bool) -> Text:
    """One claim: who, by which word, what, and where the words stand."""
    text = reading.document.text
    line = Text()
    if named:
        line.append(_voice(reading, claim), style=NAME).append(" ")
    if words := _other_words(reading, claim):
        line.append(f"({short(words, 60)}) ", style=QUIET)
    cue = _words(text, claim.cue) or "is quoted"
    if any(c.isalnum() for c in cue):
        line.append(cue, style=CUE)
    # The cue of "Ministry: all is quiet" is its colon, which follows anyway.
    line.rstrip()
    line.append(": ")
    content = _words(text, claim.content)
    line.append(_quoted(short(content, SHORT) if named else content))
    line.append(f" [{_offsets(claim.content)}]", style=QUIET)
    for remark in _remarks(reading, claim):
        line.append(f" ({remark})", style=WARN if claim.stance is not Stance.AFFIRM else QUIET)
    return line


def _other_words(reading: Reading, claim: Claim) -> str:
    """The source as the text has it ("he", "the ministry"), where that says other than the voice's name."""
    words, name = _words(reading.document.text, claim.source), _voice(reading, claim)
    return "" if name.lower() in words.lower() else words


def _remarks(reading: Reading, claim: Claim) -> Iterator[str]:
    if remark := stance(claim.stance):
        yield remark
    numbers = {other.id: number for number, other in enumerate(reading.claims, 1)}
    if claim.within is not None and claim.within in numbers:
        yield f"within {numbers[claim.within]}"


def voices(reading: Reading) -> Iterator[tuple[str, list[Claim]]]:
    """Each voice with its claims, in the order of first words."""
    voices: dict[str, list[Claim]] = {}
    for claim in reading.claims:
        voices.setdefault(_voice(reading, claim), []).append(claim)
    yield from voices.items()


def _voice(reading: Reading, claim: Claim) -> str:
    name = _name(reading, claim.claimant)
    return clean(name or short(_words(reading.document.text, claim.source), 60) or "Somebody not named")


def _name(reading: Reading, actor: ActorId | None) -> str:
    return next((a.name for a in reading.actors if a.id == actor), "")


def _figure(reading: Reading, quantity: Quantity) -> Text:
    words = clean(quantity.span.of(reading.document.text))
    kind = "" if quantity.kind == "count_other" else f"{quantity.kind.replace('_', ' ')}: "
    line = Text(kind).append(interval(quantity), style=NAME)
    if quantity.unit:
        line.append(f" {quantity.unit}")
    return line.append(f"  {_quoted(words)} [{_offsets((quantity.span,))}]", style=QUIET)


def _own_figures(reading: Reading, width: int | None) -> Iterator[Text]:
    own = [quantity for quantity in reading.quantities if quantity.claim is None]
    if own:
        yield Text("In the article's own voice", style=TITLE)
        for quantity in own:
            yield from _wrapped(_figure(reading, quantity), width, " " * MARGIN)
        yield Text()


def _caveats(reading: Reading, width: int | None) -> Iterator[Text]:
    numbers = {str(claim.id): str(number) for number, claim in enumerate(reading.claims, 1)}
    for caveat in reading.caveats:
        line = Text(f"{verification(caveat.status)}: ", style=WARN)
        line.append(_quoted(clean(caveat.span.of(reading.document.text)))).append(
            f" [{_offsets((caveat.span,))}]", style=QUIET
        )
        if reached := [numbers[target] for target in caveat.applies_to if target in numbers]:
            line.append(f" about {', '.join(reached)}", style=QUIET)
        yield from _wrapped(line, width, "!".rjust(MARGIN - 2) + "  ")
    if reading.caveats:
        yield Text()


def _incidents(reading: Reading, width: int | None) -> Iterator[Text]:
    if reading.incidents:
        yield Text("Incidents", style=TITLE)
        for telling in reading.incidents:
            yield from _wrapped(_incident(reading, telling), width, f"{telling.id:>{MARGIN - 2}}  ")
        yield Text()


def _incident(reading: Reading, telling: Telling) -> Text:
    line = Text(f"{telling.kind} ", style=NAME).append(f"{telling.status.value}")
    when = next((time.value for time in reading.times if time.id == telling.time), None)
    where = [place.name for given in telling.places for place in reading.places if place.id == given.place]
    for told in (when, ", ".join(where)):
        if told:
            line.append(f" · {clean(told)}")
    return line.append(f"  {_quoted(_words(reading.document.text, telling.trigger))}", style=QUIET)


def _words(text: str, spans: Iterable[Span]) -> str:
    return clean(" … ".join(" ".join(span.of(text).split()) for span in spans))


def short(words: str, most: int) -> str:
    """The words, cut between two of them to at most so many characters."""
    return words if len(words) <= most else words[: most - 1].rsplit(" ", 1)[0].rstrip(",;:") + " …"


def _quoted(words: str) -> str:
    """In quotation marks, unless they are quoted already."""
    return words if words[:1] in OPENING and words[-1:] in CLOSING else f"“{words}”"


def _offsets(spans: Iterable[Span]) -> str:
    return ", ".join(f"{start}–{end}" for start, end in spans)
