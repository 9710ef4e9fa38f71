"""The closed sets of words the mark-up may use, beside those that ``rashomon.model`` already holds as enums."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


KINDS = _words("""
    STRIKE.DRONE STRIKE.AIR STRIKE.MISSILE STRIKE.SHELLING STRIKE.COMBINED STRIKE.UNSPECIFIED
    CLASH.ARMED CLASH.RAID TERR.CAPTURE
    BOMB.VEHICLE BOMB.IED BOMB.MINE BOMB.UNSPECIFIED BOMB.SUICIDE
    CIV.ATTACK CIV.ASSASSINATION CIV.ABDUCTION CIV.SEXUAL
    VIOL.CBRN VIOL.THWARTED VIOL.SABOTAGE
    INFRA.COLLAPSE INFRA.CRASH INFRA.EXPLOSION
    FORCE.BUILDUP FORCE.DEPLOYMENT FORCE.WITHDRAWAL FORCE.TEST OP.PREPARATION
    PROT.PEACEFUL PROT.REPRESSION PROT.RIOT
    REP.ARREST REP.RELEASE REP.INVESTIGATION REP.VERDICT REP.EMERGENCY
    POL.RESIGNATION POL.COUP
    DIP.TALKS DIP.PROPOSAL DIP.AGREEMENT DIP.CEASEFIRE DIP.CEASEFIRE_VIOLATION DIP.EXCHANGE DIP.BODIES
    DIP.THREAT DIP.SANCTION DIP.STATEMENT DIP.AID
    HUM.DISPLACEMENT HUM.ACCESS CYBER.ATTACK WAR.BACKGROUND
    """)
STYLES = frozenset(
    (
        "wire",
        "toll update",
        "communique",
        "round-up",
        "eyewitness",
        "denial",
        "truce monitor",
        "police blotter",
        "blog",
        "broadcast",
        "archive",
        "government statement",
        "feature",
    )
)
# "instrument" is not in the codebook's list; gold ledgers and public event corpora name weapons with it.
ROLES = _words("""
    perpetrator alleged_perpetrator accused target victim damaged target_equipment instrument interceptor supporter
    party negotiator chair host mediator proposer addressee released detainee authority investigator claimant resigner
    """)
ALLEGED = frozenset(("alleged_perpetrator", "accused"))
PLACE_ROLES = _words("location target_area origin near subject_area demonym -")
FIGURES = _words("""
    killed injured killed_or_injured missing detained released captured bodies_returned displaced weapons_used
    equipment_hit equipment_damaged equipment_destroyed targets troops participants buildings_damaged vehicles_damaged
    explosions damage_cost money fraction distance duration age explosive_mass population count_other
    """)
ACTORS = _words("""
    army police intelligence government parliament court party rebel militia gunmen communal protesters civilians
    organisation mission foreign_army mercenaries authority health rescue medic monitor witness journalist outlet
    analyst official investigator mediator operator person document
    """)
