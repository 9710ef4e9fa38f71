"""First-level regions as news call them, beside the towns they share a name with."""

from __future__ import annotations

import pytest

from rashomon.coding.places import places
from rashomon.knowledge.gazetteer import key
from rashomon.model.document import Document, DocumentId
from rashomon.model.telling import Place


def read(text: str, name: str) -> Place:
    """The first place of a text whose name begins so."""
    return next(place for place in places(Document(DocumentId("d"), text)) if place.name.startswith(name))


@pytest.mark.parametrize(
    ("text", "name", "resolved"),
    [
        ("Drones were shot down over Russia's Kursk region overnight.", "Kursk", "Kursk Oblast"),
        ("Russia said a depot in Belgorod Oblast was on fire.", "Belgorod", "Belgorod Oblast"),
        ("A refinery burned in Russia's Krasnodar region.", "Krasnodar", "Krasnodar Krai"),
        ("Russian officials in the Moscow region closed two roads.", "Moscow", "Moscow Oblast"),
        ("Russia's governor of Dagestan spoke on Monday.", "Dagestan", "Dagestan"),
        ("Ukraine said three villages in Kharkiv region were shelled.", "Kharkiv", "Kharkiv Oblast"),
        ("Ukraine's Donetsk province was hit again.", "Donetsk", "Donetsk Oblast"),
        ("Sirens sounded across Kyiv Oblast in Ukraine.", "Kyiv", "Kyiv Oblast"),
        ("In Myanmar, a clinic in Rakhine state was struck.", "Rakhine", "Rakhine"),
        ("Syrian families fled villages in Idlib governorate.", "Idlib", "Idlib"),
        ("Two Syrian towns in Idlib province were bombed.", "Idlib", "Idlib"),
        ("Yemen's Hodeidah governorate has no power.", "Hodeidah", "Al Hudaydah Governorate"),
        ("Four soldiers died in the Far North region of Cameroon.", "Far North", "Far North Region"),
        ("A convoy was attacked in Afghanistan's Helmand province.", "Helmand", "Helmand"),
        ("Fire spread through Washington state on Friday.", "Washington", "Washington"),
    ],
)
def test_a_region_is_no_town(text: str, name: str, resolved: str) -> None:
    place = read(text, name)
    assert place.resolved is not None
    assert (key(place.resolved), place.kind in ("region", "district")) == (key(resolved), True)
    assert place.admin1 is None
    assert place.radius_km is not None
    assert place.radius_km >= 25


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Drones were shot down over Kursk, Russia, overnight.", "Kursk"),
        ("Russia said a depot in Belgorod was on fire.", "Belgorod"),
        ("Officials in Moscow closed two roads.", "Moscow"),
        ("Ukraine said a market in Kharkiv was shelled.", "Kharkiv"),
        ("Ships waited off Hodeidah, a port in Yemen.", "Hodeidah"),
        ("The delegation arrived in New York on Monday.", "New York"),
    ],
)
def test_a_town_alone_stays_a_town(text: str, name: str) -> None:
    place = read(text, name)
    assert place.kind == "city"
    assert place.resolved is not None
    assert key(place.resolved).startswith(key(name))


@pytest.mark.parametrize("text", ["The Middle was held.", "Talks went on in the Northeast for a week."])
def test_a_direction_alone_is_no_unit(text: str) -> None:
    assert not [place for place in places(Document(DocumentId("d"), text)) if place.resolved is not None]
