"""Which kinds of incident may be the same happening in other words."""

from __future__ import annotations

from functools import cache

# A happening is told as a shelling here and as a missile strike there, as an explosion before the bomb is found.
# Kinds of one line may be the same; a kind may stand in several lines.
COMPATIBLE = (
    """STRIKE.DRONE STRIKE.AIR STRIKE.MISSILE STRIKE.SHELLING STRIKE.COMBINED STRIKE.UNSPECIFIED VIOL.CBRN VIOL.THWARTED
    CIV.ATTACK CIV.ASSASSINATION CLASH.ARMED CLASH.RAID INFRA.EXPLOSION INFRA.COLLAPSE VIOL.SABOTAGE
    DIP.CEASEFIRE_VIOLATION""",
    """BOMB.VEHICLE BOMB.IED BOMB.MINE BOMB.SUICIDE BOMB.UNSPECIFIED INFRA.EXPLOSION INFRA.COLLAPSE INFRA.CRASH
    VIOL.SABOTAGE VIOL.THWARTED CIV.ATTACK CIV.ASSASSINATION STRIKE.UNSPECIFIED STRIKE.DRONE STRIKE.AIR
    STRIKE.MISSILE STRIKE.SHELLING""",
    "CIV.ATTACK CIV.ASSASSINATION CIV.ABDUCTION CIV.SEXUAL CLASH.ARMED CLASH.RAID PROT.RIOT PROT.REPRESSION",
    "INFRA.CRASH INFRA.COLLAPSE INFRA.EXPLOSION VIOL.SABOTAGE STRIKE.MISSILE STRIKE.AIR VIOL.THWARTED",
    "TERR.CAPTURE CLASH.ARMED CLASH.RAID FORCE.WITHDRAWAL FORCE.DEPLOYMENT",
    "FORCE.BUILDUP FORCE.DEPLOYMENT FORCE.TEST FORCE.WITHDRAWAL OP.PREPARATION",
    "PROT.PEACEFUL PROT.REPRESSION PROT.RIOT",
    "REP.ARREST REP.RELEASE CIV.ABDUCTION",
    "REP.ARREST REP.INVESTIGATION REP.VERDICT",
    "REP.EMERGENCY HUM.DISPLACEMENT HUM.ACCESS",
    "POL.COUP POL.RESIGNATION",
    "DIP.TALKS DIP.PROPOSAL DIP.AGREEMENT DIP.CEASEFIRE DIP.EXCHANGE DIP.BODIES",
    "DIP.EXCHANGE DIP.BODIES REP.RELEASE",
    "DIP.THREAT DIP.SANCTION DIP.STATEMENT DIP.PROPOSAL",
    "DIP.AID HUM.ACCESS",
    "HUM.DISPLACEMENT HUM.ACCESS",
)
# Kinds whose tellings stand in one shelf of the index; two compatible kinds have at least one shelf in common.
SHELVES = {
    "STRIKE": "harm", "BOMB": "harm", "CIV": "harm", "CLASH": "harm", "VIOL": "harm", "INFRA": "harm",
    "TERR": "force", "FORCE": "force", "OP": "force", "PROT": "crowd", "REP": "law", "POL": "power",
    "DIP": "talk", "HUM": "need", "CYBER": "wire",
}  # fmt: skip


@cache
def compatible(kind: str, other: str) -> bool:
    """Whether two kinds may be one happening."""
    if kind == other:
        return True
    return any(kind in line and other in line for line in _lines())


@cache
def shelves(kind: str) -> tuple[str, ...]:
    """The shelves on which a telling of this kind stands: its own, and those of kinds it may be the same as."""
    own = SHELVES.get(family(kind))
    if own is None:
        return ()
    return tuple(sorted({own, *(SHELVES[family(k)] for line in _lines() if kind in line for k in line)}))


@cache
def shelf(kind: str) -> str | None:
    """The shelf of a kind; None for what is no happening, as the war as such."""
    return SHELVES.get(family(kind))


def family(kind: str) -> str:
    """The part before the point."""
    return kind.partition(".")[0]


@cache
def _lines() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(line.split()) for line in COMPATIBLE)
