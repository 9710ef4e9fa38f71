"""What the public is shown, and what is kept from it."""

from __future__ import annotations

from datetime import date

import pytest

from rashomon.ledger import Ledger
from rashomon.ledger.book import Facet
from rashomon.model.document import DocumentId
from rashomon.web.accounts import Accounts
from rashomon.web.public import Public, grid
from rashomon.web.security import Policy


def test_what_is_new_is_withheld_and_says_so(book: Ledger, accounts: Accounts) -> None:
    policy = Policy(accounts, anyone=True, coarse_km=0.0, delay_hours=48.0)
    from rashomon.web.security import NOBODY, _current  # noqa: PLC0415

    before = _current.set(NOBODY)
    try:
        early = Public(book, 0.0, policy.delay_hours, today=lambda: date(2025, 6, 3))
        late = Public(book, 0.0, policy.delay_hours, today=lambda: date(2025, 6, 4))
        assert (list(early.incidents()), early.listed(), list(early.changes())) == ([], (), [])
        before_all = Public(book, 0.0, policy.delay_hours, today=lambda: date(2025, 3, 1))
        assert before_all.values(Facet.VOICE) == ()
        with pytest.raises(Exception, match="withheld from public readers until it is 48 hours old"):
            early.reading("wire-1")
        assert len(list(late.incidents())) == len(late.listed()) == len(list(late.changes())) == 1
        assert late.values(Facet.VOICE) == (("northern army", 1),)
        assert late.reading("wire-1").document.id == DocumentId("wire-1")
    finally:
        _current.reset(before)


def test_points_of_one_field_are_one() -> None:
    assert grid(48.5123, 37.9456, 25.0) == grid(48.53, 37.7, 25.0)
    assert grid(48.5123, 37.9456, 25.0) != grid(49.5, 37.9456, 25.0)
    assert all(abs(one) <= 90 for one in (grid(89.999, 0, 100)[0], grid(-90, 0, 100)[0]))
