"""What people decide of what the machine read: what to look at, how it is put in, whether they agree, proof of it."""

from __future__ import annotations

from rashomon.review.agreement import agreement
from rashomon.review.amend import amend
from rashomon.review.anchors import rulings, standing
from rashomon.review.cases import about, cases, disputed, sense
from rashomon.review.proof import prove
from rashomon.review.signing import sign

__all__ = ["about", "agreement", "amend", "cases", "disputed", "prove", "rulings", "sense", "sign", "standing"]
