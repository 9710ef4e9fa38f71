"""Gathering: what documents tell becomes incidents of many documents; what people decide is applied."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from rashomon import resolving, review
from rashomon.errors import RashomonError, Unknown
from rashomon.ledger import Ledger
from rashomon.ledger.book import Doubt
from rashomon.ledger.gathering import Gathering, Settled
from rashomon.ledger.indexing import Indexing
from rashomon.ledger.printings import Printing
from rashomon.model.document import Document, DocumentId
from rashomon.model.incident import Incident, TellingKey, Told
from rashomon.model.judgement import Judgement, JudgementId, Verdict
from rashomon.model.reading import Reading
from rashomon.resolving.actors import identity
from rashomon.resolving.blocks import blocks, sought
from rashomon.resolving.ids import incident_id
from rashomon.sources import copies

# Documents a transaction. Incidents are compared once a batch, however many of its documents tell of them.
BATCH = 256
INDEXING = Indexing(blocks, sought, incident_id)
ACTORS = (Verdict.SAME_ACTOR, Verdict.DIFFERENT_ACTOR)


class Undecidable(RashomonError):
    """A judgement that says nothing: of one incident and itself, or undoing what is undone."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """How far gathering is: ``documents`` done, incidents ``written`` anew."""

    documents: int = 0
    written: int = 0


Progress = Callable[[Gathered], None]


def gather(ledger: Ledger, *, anew: bool = False, progress: Progress = lambda so_far: None) -> Gathered:
    """Assign what is not yet assigned and compare accounts, a batch a transaction; ``anew`` begins from nothing.

    Safe to kill: running it again finishes the work. Raises errors.Unusable if the ledger fails.
    """
    so_far = Gathered()
    if anew:
        with ledger.gathering(INDEXING) as book:
            book.forget()
    while True:
        with ledger.gathering(INDEXING) as book:
            documents = book.due(BATCH)
            if not documents:
                return so_far
            written = regather(book, documents)
            book.done(documents)
        so_far = Gathered(so_far.documents + len(documents), so_far.written + written)
        progress(so_far)


def regather(book: Gathering, documents: Sequence[DocumentId]) -> int:
    """Gather some documents; how many incidents were written."""
    touched: set[TellingKey] = set()
    for one in book.opened(documents):
        document = one.reading.document
        for other in _printed(book, document, known=one.printed):
            touched.update(book.tellings.standing(other))
        if one.tellings:
            book.leave(one.tellings)
            touched |= resolving.remove(book.tellings, one.tellings)
        touched |= resolving.insert(book.tellings, resolving.gists(_read(book, one.reading)))
        if one.tellings:
            book.renew(document.id)
    return _write(book, touched)


def _write(book: Gathering, touched: Iterable[TellingKey]) -> int:
    """Compare and write the incidents of these tellings; how many there are."""
    trees = resolving.trees(book.tellings, sorted(touched))
    book.recall([telling for tree in trees for telling in tree.members])
    judged = [one for one in book.judgements() if one.verdict in (*ACTORS, Verdict.UNDO)]
    book.write([_settled(book, tree, judged) for tree in trees])
    book.sweep()
    return len(trees)


def _settled(book: Gathering, tree: resolving.Tree, judged: Sequence[Judgement]) -> Settled:
    told = book.told(tree.members)
    outlets = frozenset(outlet for one in told if (outlet := one.reading.document.outlet) is not None)
    return Settled(tree.members, _summarised(book, tree, told, judged), outlets)


def _summarised(book: Gathering, tree: resolving.Tree, told: Sequence[Told], judged: Sequence[Judgement]) -> Incident:
    """The incident of a tree with what people decided of its documents' words put in, and signed."""
    decided = {one.reading.document.id: one.reading for one in told if one.reading.document.id in book.judged()}
    if not decided:
        return resolving.summarise(tree.id, told, judged)
    said = {name: book.judgements(name) for name in decided}
    rulings = {name: review.rulings(reading, said[name]) for name, reading in decided.items()}
    amended = {name: review.amend(reading, said[name]) for name, reading in decided.items()}
    told = [_retold(one, amended.get(one.reading.document.id, one.reading)) for one in told]
    return review.sign(resolving.summarise(tree.id, told, judged), rulings)


def _retold(told: Told, reading: Reading) -> Told:
    return replace(told, reading=reading, telling=next(o for o in reading.incidents if o.id == told.telling.id))


def _read(book: Gathering, reading: Reading) -> Reading:
    """A reading with what people decided put in; what is in doubt of it is noted for them."""
    name = reading.document.id
    said = book.judgements(name) if name in book.judged() else ()
    book.doubt(name, [Doubt(name, c.part, c.span, c.sure, len(c.by)) for c in review.cases(reading, said)])
    return review.amend(reading, said) if said else reading


def _printed(book: Gathering, document: Document, *, known: bool) -> set[DocumentId]:
    """Find what a document is a copy of and what copies it; the others for which who printed it first changed."""
    shelf = book.printings
    old = shelf.printing(document.id) if known else None
    if old is not None and old.current:
        return set()
    changed = set() if old is None else _unprinted(book, old)
    new = Printing(document.id, document.published, len(document.text), copies.signature(document.text))
    alike = _alike(book, new)
    shelf.print(new, copies.bands(new.signature))
    first = min((other for other in alike if _order(other) < _order(new)), key=_order, default=None)
    if first is not None:
        shelf.copy(document.id, first.document)
    for other in alike:
        earlier = None if other.earlier is None else shelf.printing(other.earlier)
        if _order(new) < _order(other) and (earlier is None or _order(new) < _order(earlier)):
            shelf.copy(other.document, new.document)
            changed.update((other.document, *shelf.below(other.document)))
    return changed


def _unprinted(book: Gathering, old: Printing) -> set[DocumentId]:
    """Take back the printing of a text that is another now; what was a copy of it is a copy of the next."""
    shelf = book.printings
    changed = set(shelf.below(old.document))
    orphans = shelf.copies(old.document)
    for orphan in orphans:
        shelf.copy(orphan.document, None)
    shelf.unprint(old.document, copies.bands(old.signature))
    for orphan in sorted(orphans, key=_order):
        first = min((o for o in _alike(book, orphan) if _order(o) < _order(orphan)), key=_order, default=None)
        shelf.copy(orphan.document, None if first is None else first.document)
    return changed


def _alike(book: Gathering, printing: Printing) -> list[Printing]:
    """The other printings of nearly the same text."""
    near = book.printings.sharing(copies.bands(printing.signature))
    others = (other for other in near if other.document != printing.document)
    return [other for other in others if copies.copied(other.signature, printing.signature)]


def _order(printing: Printing) -> tuple[date, int, str]:
    """Who printed first: by day, who does not say when last; of one day the longest, for a text is cut more often."""
    return (printing.published or date.max, -printing.size, printing.document)


def decide(
    ledger: Ledger, verdict: Verdict, subjects: Sequence[str], *, by: str, reason: str, at: datetime
) -> Judgement:
    """Write down what somebody decided of two incidents or two actors, and apply it.

    Incidents are named by any id or key of a telling of theirs. Raises errors.Unknown, or Undecidable if the two are
    one telling or one name.
    """
    gather(ledger)  # a judgement is about what is there
    with ledger.gathering(INDEXING) as book:
        if verdict in ACTORS:
            named = tuple(" ".join(name.split()) for name in subjects)
            touched = book.naming(_kin(book, named))
        else:
            touched = tuple(book.telling(name) for name in subjects)
            named = tuple(book.named(key) for key in touched)
        if len({name.casefold() for name in named}) < len(named):
            raise Undecidable(f"{' and '.join(subjects)}: one and the same; a judgement is about two")
        made = book.decide(Judgement(JudgementId(0), verdict, named, by, at, reason))
        _write(book, touched)
    return made


def undo(ledger: Ledger, number: int, *, by: str, reason: str, at: datetime) -> Judgement:
    """Take back a judgement by its number; an undoing too. Raises errors.Unknown, or Undecidable if it is undone."""
    gather(ledger)
    with ledger.gathering(INDEXING) as book:
        every = {int(one.id): one for one in book.judgements()}
        if number not in every:
            raise Unknown(f"{number}: no such judgement")
        if not _in_force(number, every.values()):
            raise Undecidable(f"{number}: undone already")
        about = every[number]
        while about.replaces is not None:
            about = every[int(about.replaces)]
        made = book.decide(Judgement(JudgementId(0), Verdict.UNDO, (), by, at, reason, JudgementId(number)))
        if about.about is not None:
            regather(book, (about.about.document,))
        elif about.verdict in ACTORS:
            _write(book, book.naming(_kin(book, about.subjects)))
        else:
            _write(book, book.answering(about.subjects))
    return made


def _in_force(number: int, judgements: Iterable[Judgement]) -> bool:
    """Whether a judgement, or an undoing, was not undone itself."""
    gone: set[int] = set()
    for one in sorted(judgements, key=lambda one: -one.id):
        if one.replaces is not None and one.id not in gone:
            gone.add(int(one.replaces))
    return number not in gone


def _kin(book: Gathering, names: Sequence[str]) -> frozenset[str]:
    """These actors and all that any judgement ever named together with them, under every name they go by."""
    kin = {name.casefold() for name in names}
    spelled = set(names)
    groups = [frozenset(one.subjects) for one in book.judgements() if one.verdict in ACTORS]
    grew = True
    while grew:
        joined = [group for group in groups if not group <= spelled and kin & {name.casefold() for name in group}]
        grew = bool(joined)
        spelled.update(name for group in joined for name in group)
        kin = {name.casefold() for name in spelled}
    return frozenset(spelled | {identity(name) for name in spelled})
