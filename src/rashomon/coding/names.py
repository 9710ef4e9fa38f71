"""Names in running text: runs of capitalised words, split into titles, persons, bodies, states."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rashomon.coding.capitals import FORMER, LINKS, PLAIN, WHERE, Token, capital
from rashomon.coding.titles import gender_of, grams, kind_of, last_office, many, offices_in, titles_after, titles_before
from rashomon.knowledge.actors import WORDLIKE, Known, given_names, heads, known, longest_name, nationalities
from rashomon.model.text import Span


@dataclass(frozen=True, slots=True)
class Name:
    """A name where it stands. ``span`` is the name, ``titles`` the lower-case nouns of office before or after it.

    ``first`` and ``last`` are the numbers of its words; ``seen`` tells that the encoder found it.
    """

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
    seen: bool = False


def names(words: Sequence[Token], *, cased: bool = True) -> Iterator[Name]:
    """The names among the words, in order; without case only those of the tables."""
    at = 0
    while at < len(words):
        found = _known_at(words, at, cased=cased)
        end = _run_end(words, at) if cased else at
        if found is not None and (found.last >= _trimmed(words, at, end) or _stands_apart(words, found)):
            owned = _owned(words, found)
            yield owned
            at = owned.last
        elif end > at:
            yield from _split(words, at, _trimmed(words, at, end))
            at = end
        else:
            at += 1


def _owned(words: Sequence[Token], found: Name) -> Name:
    """A state's name, or the body of that state that it names: "Ukraine's <air force>"."""
    after = found.last
    if found.kind != "state" or after >= len(words) or words[after].low != "'s":
        return found
    noun = _body_noun(words, after + 1)
    return _body(words, found.first, noun) if noun > after + 1 else found


def _stands_apart(words: Sequence[Token], found: Name) -> bool:
    """Whether a known name of several words ends before the run does: "Human Rights Watch <Ken Roth>"."""
    return found.last - found.first > 1 and words[found.last].low not in LINKS and not _noun_of_body(words[found.last])


def _noun(token: Token) -> bool:
    head = heads().get(token.low)
    return head is not None and head.sort in ("body", "people", "document")


def _document(token: Token) -> bool:
    head = heads().get(token.low)
    return head is not None and head.sort == "document"


def _noun_of_body(token: Token) -> bool:
    head = heads().get(token.low)
    return head is not None and head.sort == "body"


def _stops_run(words: Sequence[Token], at: int) -> bool:
    """Whether an agency's or paper's name starts here: a credit, in headlines that run on."""
    entry = known().get(words[at].low)
    return entry is not None and entry.kind == "media" and entry.form == words[at].form


def _run_end(words: Sequence[Token], at: int) -> int:
    """The word after the run of capitalised words that starts here, or ``at``."""
    if not capital(words[at]):
        return at
    end = at + 1
    while end < len(words):
        token = words[end]
        if token.broken or (_stops_run(words, end)):
            break
        if capital(token) and not (words[end - 1].form == "." and not _initial(words, end - 2)):
            end += 1
        elif token.form == "." and _initial(words, end - 1) and end + 1 < len(words) and capital(words[end + 1]):
            end += 2
        elif token.low in LINKS and (step := _link(words, end)):
            if token.low == "for" and not any(_noun_of_body(before) for before in words[at:end]):
                break
            end += step
        elif token.low == "and" and _goes_on(words, at, end):
            end += 1
        else:
            break
    return end


def _goes_on(words: Sequence[Token], at: int, end: int) -> bool:
    """Whether "and" joins two halves of one body's name: "the Ministry of Trade <and> Industry"."""
    if end + 1 >= len(words) or not capital(words[end + 1]) or _listed(words[end + 1].low):
        return False
    noun = next((index for index in range(at, end) if _noun_of_body(words[index])), end)
    return noun + 1 < end and words[noun + 1].low in ("of", "for")


def _listed(low: str) -> bool:
    return low in heads() or low in known() or low in nationalities()


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
    return ahead - at if ahead < len(words) and capital(words[ahead]) else 0


def _trimmed(words: Sequence[Token], at: int, end: int) -> int:
    """The end of a run without a "for" or "of" phrase that starts a new name, and without trailing links."""
    while end > at + 1 and words[end - 1].low in LINKS:
        end -= 1
    return end


def _known_at(words: Sequence[Token], at: int, *, cased: bool) -> Name | None:
    """The longest name of the tables that starts here."""
    table = known()
    if cased and not capital(words[at]) and not words[at].low[:1].isdigit():
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
            sort = "state" if entry.kind in ("state", "capital") else "body"
            best = Name(span, tuple(form.split()), sort, entry.kind, (), entry.country, entry, None, at, end + 1)
    return best


def _stateof(entry: Known | None) -> Known | None:
    return entry if entry is not None and entry.kind == "state" and len(entry.form) > 3 else None


def _fits(entry: Known, words: Sequence[Token], *, cased: bool) -> bool:
    """Whether the words can be this name: a short form in capitals must be written so."""
    if len(words) > 1:
        return not cased or capital(words[-1]) or not entry.form[-1].isupper()
    if not cased:
        return words[0].low not in WORDLIKE and len(words[0].low) > 2
    return words[0].form == entry.form if entry.form.isupper() else True


def _split(words: Sequence[Token], start: int, end: int) -> Iterator[Name]:
    """The names of one run of capitalised words, with the lower-case nouns that lean on them."""
    if end - start == 1 and _noun(words[start]):
        # "The Government", "Witnesses": a noun with a capital, resolved as nouns are.
        return
    if end - start > 1 and _document(words[end - 1]):
        end -= 1
    body = _body_end(words, start, end)
    if body is not None:
        head_at, stop = body
        person = _person_after(words, head_at, stop, end)
        if person is None:
            yield _body(words, start, stop)
            return
        yield from _titled(words, start, person, end)
        return
    office = last_office(words, start, end)
    if office is not None and office + 1 < end and words[office + 1].low not in LINKS:
        yield from _titled(words, start, office + 1, end)
    elif office is not None:
        tail = _tail(words, office, end)
        yield from _titled(words, start, tail, end) if tail else (_office(words, start, end),)
    else:
        yield from _plain(words, start, end)


def _plain(words: Sequence[Token], start: int, end: int) -> Iterator[Name]:
    """A run without nouns of office: a nationality first, then a person, an acronym or what cannot be told."""
    if start and words[start - 1].low == "the":
        # "Minister for the Far East <Adam Colby>": no person's name follows an article.
        start = next((at for at in range(start + 1, end) if words[at].low in given_names()), start)
    first = start
    while first < end and words[first].low in nationalities():
        first += 1
    noun = _body_noun(words, end) if first == end else end
    if noun > end:
        yield _body(words, start, noun)
        return
    if first > start:
        span, lows, code = _span(words, start, first), _lows(words, start, first), nationalities()[words[start].low]
        yield Name(span, lows, "people", "people", country=code, first=start, last=first)
    # "B-52", "F-16": things of war, nobody.
    if first < end and not any(c.isdigit() for c in words[first].form):
        yield _somebody(words, start, first, end)


def _somebody(words: Sequence[Token], start: int, first: int, end: int) -> Name:
    """A run without nouns of office from ``first`` on: a person, an acronym, or what cannot be told."""
    titles = titles_before(words, start)
    leading = heads().get(words[first].low)
    if leading is not None and leading.sort == "people" and not many(leading.noun) and first + 1 < end:
        titles, first = (*titles, leading.noun), first + 1
    titles = (*titles, *titles_after(words, end))
    lows = _lows(words, first, end)
    gender = given_names().get(lows[0]) or gender_of(titles)
    if end - first == 1 and words[first].form.isupper() and len(words[first].form) > 1:
        sort, kind = "body", "body"
    elif titles or gender or (2 <= end - first <= 4 and not (start and words[start - 1].low in WHERE)):
        sort, kind = "person", kind_of(titles)
    else:
        sort, kind = "unknown", "unknown"
    return Name(_span(words, first, end), lows, sort, kind, titles, None, None, gender, first, end)


def _body_noun(words: Sequence[Token], end: int) -> int:
    """The end of a body's lower-case noun after a nation's name: "Israeli <army>", "Russian <defence ministry>"."""
    for skip in (0, 1):
        start = end + skip
        if skip and not (start < len(words) and words[end].form.islower() and words[end].low not in PLAIN | LINKS):
            break
        for length in (2, 1):
            stop = start + length
            head = heads().get(" ".join(token.low for token in words[start:stop])) if stop <= len(words) else None
            if head is not None and head.sort == "body" and head.kind != "state" and words[start].form.islower():
                return stop
    return end


def _titled(words: Sequence[Token], start: int, person: int, end: int) -> Iterator[Name]:
    """A person with the titles of the run before it."""
    person += words[person].form == "."
    titles = (*titles_before(words, start), *offices_in(words, start, person))
    if (start and words[start - 1].low in FORMER) or words[start].low in FORMER:
        titles = tuple("ex-" + title for title in titles)
    lows = _lows(words, person, end)
    country = next((nationalities()[t.low] for t in words[start:person] if t.low in nationalities()), None)
    titles = (*titles, *titles_after(words, end))
    gender = gender_of(titles) or given_names().get(lows[0])
    yield Name(_span(words, person, end), lows, "person", kind_of(titles), titles, country, None, gender, person, end)


def _office(words: Sequence[Token], start: int, end: int) -> Name:
    """An office named without its holder: "the Interim Minister of Health"."""
    titles = offices_in(words, start, end)
    country = next((nationalities()[t.low] for t in words[start:end] if t.low in nationalities()), None)
    return Name(
        _span(words, start, end),
        _lows(words, start, end),
        "office",
        kind_of(titles),
        titles,
        country,
        None,
        gender_of(titles),
        start,
        end,
    )


def _body(words: Sequence[Token], start: int, end: int) -> Name:
    """An organisation, of the kind of its most telling noun."""
    found = [head for head in (heads().get(low) for low in grams(words, start, end)) if head and head.sort == "body"]
    # "Army Group" is an army: the general nouns decide only if they stand alone.
    general = ("igo", "ngo", "rebel", "media", "company", "state", "executive")
    telling = [head for head in found if head.kind not in general]
    # "Military intelligence" says more than "military".
    best = max(telling, key=lambda head: len(head.noun.split()), default=found[-1])
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
        grams = (" ".join(token.low for token in words[max(start, index - n) : index + 1]) for n in range(3))
        if any(gram in heads() and heads()[gram].sort == "body" for gram in grams):
            at = index
    office = last_office(words, start, end)
    return None if at is None or (office is not None and office >= at) else (at, end)


def _person_after(words: Sequence[Token], head: int, stop: int, end: int) -> int | None:
    """Where a person starts in the same run after an organisation: "Human Rights <Omar Haddad>"."""
    for index in range(head + 1, end - 1):
        if words[index].low in given_names() and words[index - 1].low not in LINKS:
            return index
    return None


def _tail(words: Sequence[Token], office: int, end: int) -> int | None:
    """Where a person starts after an office with its body: "Secretary General of the Presidency <Maria Ruiz>"."""
    after = office + 2 + (words[office + 2].low == "the" if office + 2 < end else 0)
    for index in range(after + 1, end):
        if words[index].low in given_names() and words[index - 1].low not in LINKS:
            return index
    return None


def _lows(words: Sequence[Token], start: int, end: int) -> tuple[str, ...]:
    return tuple(token.low for token in words[start:end] if token.form != ".")


def _span(words: Sequence[Token], start: int, end: int) -> Span:
    return Span(words[start].start, words[end - 1].end)
