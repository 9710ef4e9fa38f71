"""Whose words they are: the claimant's, or for the article's own voice those of the outlet that wrote the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from rashomon.knowledge.bodies import Body, body, folded, is_organ, organ, state
from rashomon.model.document import Document, DocumentId
from rashomon.model.incident import Told
from rashomon.model.reading import Reading
from rashomon.model.telling import Actor, ActorId, Claim, ClaimId
from rashomon.resolving.actors import identity

UNATTRIBUTED = "unattributed"  # "reportedly": a claim without a source
# Where a wire's name stands in brackets: "KYIV, June 1 (Reuters) -", within the first lines.
CREDITED = 400
CREDIT = re.compile(r"\(([A-Z][\w. -]{1,30})\)\s*(?:-{1,2}|–|—)|^By ([A-Z][\w. ]{1,30})$", re.MULTILINE)
# Kinds that speak for a state; what one of them says later, another of the same state said before.
OFFICIAL = frozenset(
    """executive ministry local_authority health_authority rescue_service police investigator anonymous_official army
    air_force navy intelligence spokesperson court parliament state""".split()
)
LONGEST_BODY = 6
JOB = re.compile(r"[A-Za-z -]{1,40}")  # what may stand between an office and the name of who holds it
NATION = re.compile(r"([A-Z][\w.]+)(?:['’]s?)?\s+$")


@dataclass(frozen=True, slots=True)
class Voice:
    """Who says something. ``narrator`` is the article's own voice; ``country`` is ISO 3166-1 alpha-2."""

    name: str
    kind: str = "unknown"
    country: str | None = None
    side: str | None = None
    narrator: bool = False

    @property
    def official(self) -> bool:
        """Whether it speaks for a state or one of its organs."""
        return self.kind in OFFICIAL


Voices = Mapping[ClaimId | None, Voice]


def voice(told: Told, claim: ClaimId | None, outlets: Mapping[DocumentId, str] | None = None) -> Voice:
    """Who makes a claim of a reading; None asks for the article's own voice.

    ``outlets`` names who wrote the documents that are copied, where they are known.
    """
    return voices(told, outlets or {}).get(claim) or narrator(told, outlets or {})


def voices(told: Told, outlets: Mapping[DocumentId, str]) -> Voices:
    """The voice behind every claim of a reading, and under None the article's own."""
    reading = told.reading
    actors = {actor.id: placed(reading, actor) for actor in reading.actors}
    by_claim = {claim.id: claim for claim in reading.claims}
    speaking = {actor: _speaks_for(reading, actor) for actor in actors}
    found: dict[ClaimId | None, Voice] = {None: narrator(told, outlets)}
    for claim in reading.claims:
        found[claim.id] = _claimant(reading, claim, by_claim, actors, speaking)
    return found


def placed(reading: Reading, actor: Actor) -> Actor:
    """An organ of a state with the state that is named before it: "Ukraine's <Ground Forces>"."""
    if actor.country is not None or not is_organ(actor.name):
        return actor
    for mention in actor.mentions:
        before = NATION.search(reading.document.text, max(mention.start - 30, 0), mention.start)
        country = None if before is None else state(before.group(1))
        if country is not None:
            return replace(actor, country=country)
    return actor


def outlets(told: Iterable[Told]) -> Mapping[DocumentId, str]:
    """Who wrote each document: the agency it credits, else its outlet."""
    found = {}
    for one in told:
        wrote = credited(one.reading.document) or one.reading.document.outlet
        if wrote:
            found[one.reading.document.id] = wrote
    return found


def narrator(told: Told, wrote: Mapping[DocumentId, str]) -> Voice:
    """The article's own voice: who wrote the text that this one is or copies."""
    document = told.reading.document
    own = None if told.origin != document.id else credited(document) or document.outlet
    name = wrote.get(told.origin) or own or credited(document)
    known = None if name is None else body(name)
    return Voice(known.name if known else name or told.origin, "media_outlet", narrator=True)


def credited(document: Document) -> str | None:
    """The news agency whose copy a text says it is, by its dateline or byline."""
    for match in CREDIT.finditer(document.text, 0, min(len(document.text), CREDITED)):
        known = body(match.group(1) or match.group(2))
        if known is not None and known.kind == "media":
            return known.name
    return None


def named(voice: Voice, names: Mapping[str, str]) -> Voice:
    """The voice under the name that it stands for inside an incident."""
    return replace(voice, name=names.get(voice.name, voice.name))


def _claimant(
    reading: Reading,
    claim: Claim,
    claims: Mapping[ClaimId, Claim],
    actors: Mapping[ActorId, Actor],
    speaking: Mapping[ActorId, Body | None],
) -> Voice:
    """Who makes a claim: its actor, the body a spokesperson speaks for, the words of its source, or nobody known."""
    actor = None if claim.claimant is None else actors.get(claim.claimant)
    words = " ".join(span.of(reading.document.text) for span in claim.source).strip()
    if actor is not None and is_organ(words) and folded(actor.name) in folded(words):
        # "The Prosecutor General's <Office>" is no office of just any kind.
        actor = replace(actor, name=words)
    if actor is not None:
        actor = _holder(reading, claim, actor)
        return _of_actor(actor, speaking.get(actor.id))
    if words:
        return Voice(identity(words))
    outer = None if claim.within is None else claims.get(claim.within)
    above = None if outer is None or outer.claimant is None else actors.get(outer.claimant)
    return Voice(UNATTRIBUTED) if above is None else _of_actor(above, speaking[above.id])


def _holder(reading: Reading, claim: Claim, office: Actor) -> Actor:
    """The person whose name ends the words of a source that begin with their office: "Governor <Alexander Bogomaz>"."""
    if body(office.name, office.country) is not None or is_organ(office.name):
        return office
    for span in claim.source:
        mine = [one for one in office.mentions if one.start == span.start and one.end < span.end]
        for other in reading.actors:
            for name in other.mentions:
                between = reading.document.text[mine[0].end : name.start] if mine else "'"
                if name.end == span.end and name.start > span.start and JOB.fullmatch(between):
                    return other
    return office


def _of_actor(actor: Actor, behind: Body | None) -> Voice:
    name = identity(actor.name, actor.kind, actor.country)
    known = behind or body(name, actor.country)
    if known is None:
        return Voice(name, actor.kind, actor.country, actor.side)
    kind = known.kind
    if kind == "person":
        kind = "executive" if actor.kind in ("unknown", "person") else actor.kind
    return Voice(known.name, kind, known.country or actor.country, actor.side or known.side)


def _speaks_for(reading: Reading, actor: ActorId) -> Body | None:
    """The body whose spokesperson somebody is by the words that introduce them: "Pentagon spokeswoman Clarke"."""
    if not any(one.id == actor and one.kind == "spokesperson" for one in reading.actors):
        return None
    for claim in reading.claims:
        if claim.claimant == actor:
            found = _body_in(" ".join(span.of(reading.document.text) for span in claim.source).split())
            if found is not None:
                return found
    return None


def _body_in(words: Sequence[str]) -> Body | None:
    """The known body with the longest name among some words, the first of equals."""
    for length in range(min(LONGEST_BODY, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            some = " ".join(words[start : start + length])
            found = body(some)
            if found is not None and found.kind not in ("state", "media", "person"):
                return found
    return next((found for word in words if (found := organ(word)) is not None), None)
