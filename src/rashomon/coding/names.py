"""Names in running text: runs of capitalised words, split into titles, persons, bodies, states."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rashomon.knowledge.actors import WORDLIKE, Head, Known, given_names, heads, known, longest_name, nationalities
from rashomon.model.text import Span

# Words with their inner hyphens, points and apostrophes; a possessive 's is a word of its own.
TOKEN = re.compile(r"\d+(?:[.,]\d+)+|(?:[^\W\d_]\.){2,}|['’]s\b|[^\W_]+(?:[-&/.][^\W_]+|['’](?!s\b)[^\W_]+)*|[^\w\s]")
LINKS = frozenset(
    ("of", "for", "de", "del", "da", "du", "dos", "la", "el", "al", "bin", "ibn", "von", "van", "der", "&")
)
PREFIXES = ("al-", "el-", "an-", "as-", "ash-", "ad-", "ar-", "at-", "az-", "bin-", "ul-", "mc", "d'", "d’")
# Words that go with nouns of office in texts without case.
LOWER = frozenset(
    """acting deputy vice interim chief senior former local foreign national federal military civil official officials
    unidentified high top state public political secret special new same own several security defense defence who
    which whose that was is has had head late general armed police""".split()
)
FORMER = frozenset(("former", "ex", "late", "ousted", "deposed", "then"))
# "UK-based", "Houthi-run": adjectives made of a name.
ADJECTIVES = (
    "-based",
    "-led",
    "-run",
    "-backed",
    "-linked",
    "-held",
    "-born",
    "-aligned",
    "-controlled",
    "-affiliated",
)
# A name after these is a place's sooner than a person's.
WHERE = frozenset(
    ("in", "at", "near", "from", "around", "outside", "inside", "into", "across", "throughout", "towards")
)
# Capitalised by their place in the sentence or by custom, and no part of a name of anybody.
PLAIN = frozenset(
    """a an the this that these those he she it they we i you his her its their our my your who whom which what when
    where why how in on at by for from to of with without after before since until while as if though although because
    but and or nor so yet however meanwhile according earlier later also now then there here today yesterday tomorrow
    some many most several all both each every no not one two three four five six seven eight nine ten dozens hundreds
    thousands about around over under more less at-least only just even still again once another other others such
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december mon tue wed thu fri sat sun is are was were be been has have had do does did
    will would can could should may might must said says saying asked told according despite during between among amid
    following including citing speaking additionally moreover furthermore instead indeed perhaps never nobody nothing
    everyone everything anyone someone""".split()
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word or mark; ``low`` in lower case; ``broken`` if a line ends before it."""

    form: str
    low: str
    start: int
    end: int
    broken: bool = False


@dataclass(frozen=True, slots=True)
class Name:
    """A name where it stands. ``span`` is the name, ``titles`` the lower-case nouns of office before or after it."""

    span: Span
    words: tuple[str, ...]
    sort: str
    kind: str
    titles: tuple[str, ...] = ()
    country: str | None = None
    known: Known | None = None
    gender: str | None = None
    first: int = 0
    last: int = 0


def tokens(text: str, start: int, end: int) -> list[Token]:
    """The words and marks between two offsets."""
    found = []
    last = start
    for match in TOKEN.finditer(text, start, end):
        form = match.group()
        first, after = match.span()
        broken = first - last > 0 and "\n" in text[last:first]
        found.append(Token(form, form.lower().replace("’", "'"), first, after, broken))
        last = after
    return found


def caseless(text: str) -> bool:
    """Whether a text has no capitals to go by: all upper or all lower, as archives of agency copy are."""
    letters = [c for c in text[:4000] if c.isalpha()]
    upper = sum(c.isupper() for c in letters)
    # Edited English has 3 to 6 % capitals; headlines in capitals never reach half of a report.
    return not 0.005 * len(letters) <= upper <= 0.6 * len(letters)


def uncapped(words: Sequence[Token]) -> list[Token]:
    """Words of a text without case as if it had case: what no table of nouns holds is taken for a name."""
    return [Token(_cased(token.low), token.low, token.start, token.end, broken=False) for token in words]


def _cased(low: str) -> str:
    plain = low in PLAIN or low in LINKS or low in LOWER or low in heads() or not low[0].isalpha()
    return low if plain else low.capitalize()


def names(words: Sequence[Token], *, cased: bool = True) -> Iterator[Name]:
    """The names among the words, in order; without case only those of the tables."""
    at = 0
    while at < len(words):
        found = _known_at(words, at, cased=cased)
        end = _run_end(words, at) if cased else at
        if found is not None and (found.last >= _trimmed(words, at, end) or _stands_apart(words, found)):
            yield found
            at = found.last
        elif end > at:
            yield from _split(words, at, _trimmed(words, at, end))
            at = end
        else:
            at += 1


def _stands_apart(words: Sequence[Token], found: Name) -> bool:
    """Whether a known name of several words ends before the run does: "Human Rights Watch <Ken Roth>"."""
    return found.last - found.first > 1 and words[found.last].low not in LINKS and not _noun_of_body(words[found.last])


def _noun_of_body(token: Token) -> bool:
    head = heads().get(token.low)
    return head is not None and head.sort == "body"


def _capital(token: Token) -> bool:
    if token.form[0].isupper():
        return token.low not in PLAIN and not token.low.endswith(ADJECTIVES)
    return token.low.startswith(PREFIXES) and any(c.isupper() for c in token.form)


def _stops_run(words: Sequence[Token], at: int) -> bool:
    """Whether an agency's or paper's name starts here: a credit, in headlines that run on."""
    entry = known().get(words[at].low)
    return entry is not None and entry.kind == "media" and entry.form == words[at].form


def _run_end(words: Sequence[Token], at: int) -> int:
    """The word after the run of capitalised words that starts here, or ``at``."""
    if not _capital(words[at]):
        return at
    end = at + 1
    while end < len(words):
        token = words[end]
        if token.broken or (_stops_run(words, end)):
            break
        if _capital(token) and not (words[end - 1].form == "." and not _initial(words, end - 2)):
            end += 1
        elif token.form == "." and _initial(words, end - 1) and end + 1 < len(words) and _capital(words[end + 1]):
            end += 2
        elif token.low in LINKS and (step := _link(words, end)):
            if token.low == "for" and not any(_noun_of_body(before) for before in words[at:end]):
                break
            end += step
        else:
            break
    return end


def _initial(words: Sequence[Token], at: int) -> bool:
    """Whether a full stop after this word shortens it."""
    head = heads().get(words[at].low)
    return len(words[at].form) == 1 or (
        head is not None and len(words[at].form) <= 4 and head.sort in ("office", "title")
    )


def _link(words: Sequence[Token], at: int) -> int:
    """How many words lead from a linking word to the next capitalised one: "of", "of the"; 0 if none follows."""
    ahead = at + 1
    if ahead < len(words) and words[at].low in ("of", "for") and words[ahead].low == "the":
        ahead += 1
    return ahead - at if ahead < len(words) and _capital(words[ahead]) else 0


def _trimmed(words: Sequence[Token], at: int, end: int) -> int:
    """The end of a run without a "for" or "of" phrase that starts a new name, and without trailing links."""
    while end > at + 1 and words[end - 1].low in LINKS:
        end -= 1
    return end


def _known_at(words: Sequence[Token], at: int, *, cased: bool) -> Name | None:
    """The longest name of the tables that starts here."""
    table = known()
    if cased and not _capital(words[at]) and not words[at].low[:1].isdigit():
        return None
    form, best = "", None
    for end in range(at, min(len(words), at + longest_name() + 2)):
        if end > at and words[end].broken and cased:
            break
        gap = "" if end == at or words[end].start == words[end - 1].end else " "
        form += gap + words[end].low
        entry = table.get(form)
        if entry is None and end == at and form.endswith("s"):
            # "Russias claims": print and archives lose the apostrophe.
            entry = _stateof(table.get(form[:-1]))
        if entry is not None and _fits(entry, words[at : end + 1], cased=cased):
            span = Span(words[at].start, words[end].end)
            sort = "state" if entry.kind == "state" else "body"
            best = Name(span, tuple(form.split()), sort, entry.kind, (), entry.country, entry, None, at, end + 1)
    return best


def _stateof(entry: Known | None) -> Known | None:
    return entry if entry is not None and entry.kind == "state" and len(entry.form) > 3 else None


def _fits(entry: Known, words: Sequence[Token], *, cased: bool) -> bool:
    """Whether the words can be this name: a short form in capitals must be written so."""
    if len(words) > 1:
        return not cased or _capital(words[-1]) or not entry.form[-1].isupper()
    if not cased:
        return words[0].low not in WORDLIKE and len(words[0].low) > 2
    return words[0].form == entry.form if entry.form.isupper() else True


def _split(words: Sequence[Token], start: int, end: int) -> Iterator[Name]:
    """The names of one run of capitalised words, with the lower-case nouns that lean on them."""
    if end - start == 1 and _noun_of_body(words[start]):
        # "The Government", "the Observatory": a noun with a capital, resolved as nouns are.
        return
    body = _body_end(words, start, end)
    if body is not None:
        head_at, stop = body
        person = _person_after(words, head_at, stop, end)
        if person is None:
            yield _body(words, start, stop)
            return
        yield from _titled(words, start, person, end)
        return
    office = _last_office(words, start, end)
    if office is not None and office + 1 < end and words[office + 1].low not in LINKS:
        yield from _titled(words, start, office + 1, end)
    elif office is not None:
        tail = _tail(words, office, end)
        yield from _titled(words, start, tail, end) if tail else (_office(words, start, end),)
    else:
        yield from _plain(words, start, end)


def _plain(words: Sequence[Token], start: int, end: int) -> Iterator[Name]:
    """A run without nouns of office: a nationality first, then a person, an acronym or what cannot be told."""
    first = start
    while first < end and words[first].low in nationalities():
        first += 1
    if first > start:
        code = nationalities()[words[start].low]
        yield Name(
            _span(words, start, first),
            _lows(words, start, first),
            "people",
            "people",
            (),
            code,
            None,
            None,
            start,
            first,
        )
    if first == end:
        return
    titles = _titles_before(words, start)
    lows = _lows(words, first, end)
    gender = given_names().get(lows[0])
    titles = (*titles, *_titles_after(words, end))
    if end - first == 1 and words[first].form.isupper() and len(words[first].form) > 1:
        sort, kind = "body", "body"
    elif titles or gender or (2 <= end - first <= 4 and not (start and words[start - 1].low in WHERE)):
        sort, kind = "person", _kind(titles)
    else:
        sort, kind = "unknown", "unknown"
    yield Name(_span(words, first, end), lows, sort, kind, titles, None, None, gender or _gender(titles), first, end)


def _titled(words: Sequence[Token], start: int, person: int, end: int) -> Iterator[Name]:
    """A person with the titles of the run before it."""
    person += words[person].form == "."
    titles = (*_titles_before(words, start), *_offices(words, start, person))
    if (start and words[start - 1].low in FORMER) or words[start].low in FORMER:
        titles = tuple("ex-" + title for title in titles)
    lows = _lows(words, person, end)
    country = next((nationalities()[t.low] for t in words[start:person] if t.low in nationalities()), None)
    titles = (*titles, *_titles_after(words, end))
    gender = _gender(titles) or given_names().get(lows[0])
    yield Name(_span(words, person, end), lows, "person", _kind(titles), titles, country, None, gender, person, end)


def _office(words: Sequence[Token], start: int, end: int) -> Name:
    """An office named without its holder: "the Interim Minister of Health"."""
    titles = _offices(words, start, end)
    country = next((nationalities()[t.low] for t in words[start:end] if t.low in nationalities()), None)
    return Name(
        _span(words, start, end),
        _lows(words, start, end),
        "office",
        _kind(titles),
        titles,
        country,
        None,
        _gender(titles),
        start,
        end,
    )


def _body(words: Sequence[Token], start: int, end: int) -> Name:
    """An organisation, of the kind of its most telling noun."""
    found = [head for head in (heads().get(low) for low in _grams(words, start, end)) if head and head.sort == "body"]
    # "Army Group" is an army: the general nouns decide only if they stand alone.
    general = ("igo", "ngo", "rebel", "media", "company", "state", "executive")
    best = next((head for head in found if head.kind not in general), found[-1])
    country = next((nationalities()[t.low] for t in words[start:end] if t.low in nationalities()), None)
    if country is None:
        country = next((known()[t.low].country for t in words[start:end] if t.low in known()), None)
    return Name(
        _span(words, start, end), _lows(words, start, end), "body", best.kind, (), country, None, None, start, end
    )


def _body_end(words: Sequence[Token], start: int, end: int) -> tuple[int, int] | None:
    """Where a run's organisation noun stands and where its name ends, or None."""
    at = None
    for index in range(start, end):
        head = heads().get(words[index].low)
        if head is not None and head.sort == "body":
            at = index
    if at is None or _last_office(words, at, end) is not None:
        return None
    return at, end


def _person_after(words: Sequence[Token], head: int, stop: int, end: int) -> int | None:
    """Where a person starts in the same run after an organisation: "Human Rights <Fadel Abdul Ghani>"."""
    for index in range(head + 1, end - 1):
        if words[index].low in given_names() and words[index - 1].low not in LINKS:
            return index
    return None


def _last_office(words: Sequence[Token], start: int, end: int) -> int | None:
    """Where the last noun of office in a stretch ends."""
    for index in range(end - 1, start - 1, -1):
        for length in (3, 2, 1):
            first = index + 1 - length
            if first >= start:
                head = heads().get(" ".join(token.low for token in words[first : index + 1]))
                if head is not None and head.sort in ("office", "title"):
                    return index
    return None


def _tail(words: Sequence[Token], office: int, end: int) -> int | None:
    """Where a person starts after an office with its body: "Secretary General of the Presidency <Giorgio Jackson>"."""
    after = office + 2 + (words[office + 2].low == "the" if office + 2 < end else 0)
    for index in range(after + 1, end):
        if words[index].low in given_names() and words[index - 1].low not in LINKS:
            return index
    return None


def _titles_before(words: Sequence[Token], start: int) -> tuple[str, ...]:
    """The lower-case noun just before a name, if it names an office or a single person: "spokesman", "activist"."""
    if start == 0 or words[start - 1].end + 2 < words[start].start:
        return ()
    for length in (2, 1):
        if start >= length:
            noun = " ".join(token.low for token in words[start - length : start])
            head = heads().get(noun)
            if head is not None and (head.sort in ("office", "title") or (head.sort == "people" and not _plural(noun))):
                former = start > length and words[start - length - 1].low in FORMER
                return ("ex-" + noun,) if former else (noun,)
    return ()


def _titles_after(words: Sequence[Token], end: int) -> tuple[str, ...]:
    """The nouns of office of an apposition: "Zaman, <the military chief> of the province,"."""
    if end + 1 >= len(words) or words[end].form not in (",", "("):
        return ()
    start = end + 1
    opening = words[start].low
    if opening == "who" and start + 1 < len(words) and words[start + 1].low in ("is", "was", "heads", "leads"):
        start += 2
    elif opening not in ("the", "a", "an", "its", "his", "their", "head", "chief") and opening not in heads():
        return ()
    last = start
    while (
        last < len(words)
        and last - start < 9
        and words[last].form not in (",", ")", ".", ";")
        and not words[last].broken
    ):
        last += 1
    found = (heads().get(low) for low in _grams(words, start, last))
    return tuple(
        dict.fromkeys(
            head.noun
            for head in found
            if head is not None and (head.sort == "office" or (head.sort == "people" and not _plural(head.noun)))
        )
    )


def _plural(noun: str) -> bool:
    return noun.endswith(("s", "men", "women", "people", "children"))


def _offices(words: Sequence[Token], start: int, end: int) -> tuple[str, ...]:
    found = (heads().get(low) for low in _grams(words, start, end))
    return tuple(dict.fromkeys(head.noun for head in found if head is not None and head.sort in ("office", "title")))


def _grams(words: Sequence[Token], start: int, end: int) -> Iterator[str]:
    """Every one, two and three words in a row of a stretch."""
    for index in range(start, end):
        for length in (3, 2, 1):
            if index + length <= end:
                yield " ".join(token.low for token in words[index : index + length])


def _kind(titles: Sequence[str]) -> str:
    """A person's kind by office: an organ of state, a force, a spokesperson; "person" if no title tells."""
    found: list[Head] = [heads()[title] for title in titles if title in heads() and heads()[title].sort != "title"]
    return found[0].kind if found else "person"


def _gender(titles: Sequence[str]) -> str | None:
    return next((heads()[title].gender for title in titles if title in heads() and heads()[title].gender), None)


def _lows(words: Sequence[Token], start: int, end: int) -> tuple[str, ...]:
    return tuple(token.low for token in words[start:end] if token.form != ".")


def _span(words: Sequence[Token], start: int, end: int) -> Span:
    return Span(words[start].start, words[end - 1].end)
