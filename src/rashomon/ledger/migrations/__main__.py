"""Take a ledger's schema back: ``python -m rashomon.ledger.migrations PATH_OR_URL REVISION``."""

from __future__ import annotations

import sys

from rashomon import ledger
from rashomon.errors import RashomonError

if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    try:
        with ledger.open(sys.argv[1], create=False) as book:
            book.back(sys.argv[2])
    except RashomonError as error:
        sys.exit(str(error))
