"""The cast of a document: one entry for everybody named or described in it, with the names they go by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from rashomon.coding.names import Name
from rashomon.coding.phrases import Phrase
from rashomon.knowledge.actors import heads, nationalities, states
from rashomon.model.text import Span

# Kinds that speak for no state, though they belong to its country.
ALONE = frozenset(
    """ngo media igo person unknown document visual_item witness resident victim medic journalist analyst blogger
    protesters anonymous_collective rebel militia party company cleric family body""".split()
)
# Kinds whose shortenings everybody spells out; an agency or a group is known by its letters.
SPELLED = ("state", "igo", "ngo")
FILLERS = frozenset(("of", "for", "the", "and", "'s", "'", "’", ".", "de", "la"))


@dataclass(slots=True, eq=False)
class Entry:
    """Somebody in the making: gathers names and mentions while a document is coded."""

    label: str
    words: frozenset[str]
    sort: str
    kind: str
    country: str | None = None
    side: str | None = None
    gender: str | None = None
    plural: bool = False
    quoted: bool = False
    joint: bool = False
    seen: bool = False
    shorts: set[frozenset[str]] = field(default_factory=set)
    nouns: set[str] = field(default_factory=set)
    mentions: list[Span] = field(default_factory=list)

    @property
    def sure(self) -> bool:
        """Whether anything but two capitals in a row tells that this is somebody."""
        return bool(self.sort != "person" or self.nouns or self.gender or self.seen)

    def last_before(self, offset: int) -> int:
        """Where it was last mentioned before an offset, or -1."""
        return max((span.start for span in self.mentions if span.start < offset), default=-1)


class Cast:
    """All entries of one document, found again by name, by acronym or by noun."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.entries: list[Entry] = []
        self._known: dict[str, Entry] = {}

    def named(self, name: Name) -> Entry:
        """The entry of a name; new if nobody goes by it yet."""
        entry = self._find(name)
        words = " ".join(name.span.of(self.text).split())
        if name.known is not None and words[:-1].lower() == name.known.form.lower():
            words = name.known.form
        if name.known is not None and words.isupper():
            # A dateline's or an archive's capitals are no part of the name.
            words = name.known.form
        if entry is None:
            entry = Entry(words, _content(name.words), name.sort, name.kind)
            self.entries.append(entry)
        elif len(_content(name.words)) > len(entry.words) and name.sort != "people":
            entry.label, entry.words = words, _content(name.words)
            entry.sort = name.sort if entry.sort == "unknown" else entry.sort
        self._learn(entry, name)
        return entry

    def alias(self, entry: Entry, name: Name) -> Entry:
        """The entry, from now on found and named with a shortening given in brackets."""
        short = " ".join(name.span.of(self.text).split())
        if short.lower() not in entry.label.lower():
            entry.label = f"{entry.label} ({short})"
        entry.shorts.add(_content(name.words))
        self._learn(entry, name)
        return entry

    def described(self, phrase: Phrase) -> Entry:
        """A new entry for somebody without a name."""
        head = phrase.head
        sort = "person" if head and head.sort == "office" else (head.sort if head else "unknown")
        entry = Entry(phrase.label, _content(phrase.label.lower().split()), sort, head.kind if head else "unknown")
        entry.country = phrase.nationality or (phrase.owner.country if phrase.owner else None)
        entry.side = side_of(entry)
        entry.gender = head.gender if head else None
        entry.plural = phrase.joint or plural(phrase.noun)
        entry.joint = phrase.joint
        if phrase.joint and phrase.owner is not None:
            entry.sort, entry.kind = "people", phrase.owner.kind
        entry.nouns.add(phrase.noun)
        entry.mentions.append(phrase.span)
        self.entries.append(entry)
        return entry

    def introduce(self, entry: Entry, source: Phrase) -> None:
        """Learn what a source's phrase says of a person: offices and country."""
        entry.nouns.update(source.titles)
        entry.country = entry.country or source.nationality
        offices = [heads()[noun].kind for noun in source.titles if heads()[noun].sort == "office"]
        if entry.kind in ("unknown", "person") and offices:
            entry.kind = offices[0]
        entry.side = entry.side or side_of(entry)

    def call(self, entry: Entry, name: Name) -> None:
        """Call a known body by the words it is quoted under first, if the text has no longer ones."""
        content = _content(name.words)
        known = not entry.quoted and name.known is not None and not name.known.form.isupper()
        if known and len(content) >= len(entry.words):
            entry.label, entry.words = " ".join(name.span.of(self.text).split()), content
        entry.quoted = True

    def state(self, country: str) -> Entry | None:
        """The entry of a state, if the document names it."""
        return next((entry for entry in self.entries if entry.kind == "state" and entry.country == country), None)

    def government(self, country: str) -> Entry | None:
        """Who is meant by a capital's name: the government, if the document names it."""
        of_country = [entry for entry in self.entries if entry.country == country]
        named = next(
            (e for e in of_country if e.sort == "body" and e.kind == "executive" and "government" in e.nouns), None
        )
        return named or self.state(country)

    def mark(self, entry: Entry, span: Span) -> None:
        """Add a mention, unless one already covers the words."""
        if not any(span.overlaps(other) for other in entry.mentions):
            entry.mentions.append(span)

    def _learn(self, entry: Entry, name: Name) -> None:
        entry.mentions.append(name.span)
        entry.gender = entry.gender or name.gender
        entry.seen = entry.seen or name.seen
        entry.country = entry.country or name.country
        entry.nouns.update(name.titles)
        if name.sort != "person":
            entry.nouns.update(word for word in name.words if word in heads() and heads()[word].sort == "body")
        if entry.kind in ("unknown", "person", "body") and name.kind not in ("unknown", "person"):
            entry.kind = name.kind
        if name.sort == "person" and entry.sort in ("unknown", "body") and name.titles:
            entry.sort = "person"
        if name.known is not None:
            entry.side = name.known.side
            self._known.setdefault(name.known.name, entry)
            if entry.label.isupper() and name.known.kind in SPELLED:
                entry.label = name.known.name
        if entry.side is None and name.known is None:
            entry.side = side_of(entry)

    def _find(self, name: Name) -> Entry | None:
        if name.known is not None and name.known.name in self._known:
            return self._known[name.known.name]
        content = _content(name.words)
        latest = [
            entry
            for entry in reversed(self.entries)
            if (entry.words == content and _may(entry, name)) or content in entry.shorts
        ]
        if latest:
            return latest[0]
        if name.sort == "person" or (name.sort == "unknown" and len(content) == 1):
            return self._person(name.words, content)
        if name.sort == "body":
            return self._acronym(name) or self._fuller(content)
        return None

    def _person(self, words: Sequence[str], content: frozenset[str]) -> Entry | None:
        """A person whose fuller or shorter name this is."""
        for entry in reversed(self.entries):
            if entry.sort not in ("person", "unknown") or not entry.words:
                continue
            if content < entry.words or (
                entry.words < content and len(entry.words & content) >= 1 and words[-1] in entry.words
            ):
                return entry
        return None

    def _acronym(self, name: Name) -> Entry | None:
        """The body whose initials a short name in capitals spells."""
        form = name.words[0].replace(".", "")
        if len(name.words) != 1 or not 2 <= len(form) <= 7:
            return None
        return next((entry for entry in reversed(self.entries) if form in _initials(entry.label)), None)

    def _fuller(self, content: frozenset[str]) -> Entry | None:
        """A body whose name holds all these words, or whose words this name holds, with the same noun."""
        for entry in reversed(self.entries):
            if entry.sort != "body" or not entry.words:
                continue
            shared = content & entry.words
            if shared in (content, entry.words) and any(word in heads() for word in shared):
                return entry
        return None


def side_of(entry: Entry) -> str | None:
    """The state an organ or officer of a state stands for."""
    return states().get(entry.country) if entry.country and entry.kind not in ALONE else None


def is_person(entry: Entry) -> bool:
    """Whether "he" or "she" can mean this entry."""
    return entry.sort == "person" or (entry.sort == "people" and not entry.plural)


def _may(entry: Entry, name: Name) -> bool:
    return {entry.sort, name.sort} != {"person", "body"}


def _content(words: Sequence[str]) -> frozenset[str]:
    # "Fahd" and "al-Fahd" are one name.
    return frozenset(word.removeprefix("al-").removeprefix("el-") for word in words if word not in FILLERS)


def plural(noun: str) -> bool:
    """Whether a noun speaks of several."""
    last = noun.rpartition(" ")[2]
    return last in ("people", "police", "men", "women", "children", "media", "public", "crowd") or (
        last.endswith("s") and not last.endswith(("ss", "us"))
    )


def _initials(label: str) -> tuple[str, str]:
    """A name's initials, with and without its small words, in lower case."""
    words = [word for word in label.replace("-", " ").split() if word[0].isalnum()]
    return (
        "".join(word[0] for word in words).lower(),
        "".join(
            word[0] for word in words if word.lower() not in FILLERS and word.lower() not in nationalities()
        ).lower(),
    )
