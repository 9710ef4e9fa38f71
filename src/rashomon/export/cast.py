"""Who is who in an incident to the codebooks that count sides: doers, those it was done to, parties."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rashomon.export.dossiers import Dossier
from rashomon.knowledge.codebooks import Sector, sector
from rashomon.model.incident import Participant

# Parts of those who act, the surest first, and of those it is done to (codebook, section 4).
ACTING = ("perpetrator", "party", "proposer", "negotiator", "authority", "interceptor", "resigner", "claimant")
BLAMED = ("alleged_perpetrator", "accused")
SUFFERING = ("target", "victim", "addressee", "detainee", "released")
FOREIGN = 8
STATE = 1


@dataclass(frozen=True, slots=True)
class Player:
    """A participant with what others would call it; ``country`` is ISO 3166-1 alpha-2."""

    participant: Participant
    sector: Sector
    country: str | None

    @property
    def name(self) -> str:
        """The name it goes by."""
        return self.participant.actor


def players(dossier: Dossier, *roles: str) -> tuple[Player, ...]:
    """The participants in these parts, by the order of the parts, each once."""
    found: dict[str, Player] = {}
    for role in roles:
        for one in dossier.incident.participants:
            if one.role == role:
                known = sector(dossier.kind(one.actor), one.actor)
                found.setdefault(one.actor, Player(one, known, dossier.country(one.actor)))
    return tuple(found.values())


def doers(dossier: Dossier) -> tuple[Player, ...]:
    """Who acts; who is only accused, where nobody is told of as a matter of fact."""
    told = players(dossier, *ACTING)
    certain = tuple(one for one in told if one.participant.alleged_by is None)
    return certain or told or players(dossier, *BLAMED)


def sufferers(dossier: Dossier) -> tuple[Player, ...]:
    """Who it is done to."""
    return players(dossier, *SUFFERING)


def inter(player: Player, country: str | None) -> int | None:
    """ACLED's INTER of somebody in a country: forces of another state are external there."""
    code = player.sector.inter
    abroad = country is not None and player.country not in (None, country)
    return FOREIGN if code == STATE and abroad else code


def allegations(dossier: Dossier) -> Iterator[str]:
    """What only one side says of somebody's part, in words."""
    for one in dossier.incident.participants:
        if one.alleged_by is not None or one.role in BLAMED:
            by = f" according to {one.alleged_by}" if one.alleged_by is not None else ""
            yield f"{one.actor} as {one.role.replace('_', ' ')}{by}"
