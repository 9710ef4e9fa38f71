"""Rashomon reads news of armed conflict and keeps a ledger of accounts.

```python
from rashomon import Ledger, read

reading = read("Two bridges were blown up on Monday, the army said.", published="2031-06-03")
with Ledger("news.db", create=True) as book:
    book.ingest("reports/")
    book.incidents(kind="STRIKE", since="2031-06-01").to_pandas()
```

What is named here stays: names are only added within a major version.
"""

from importlib import import_module

__version__ = "0.1.0"

__all__ = [
    "Incident",
    "Incidents",
    "Ledger",
    "RashomonError",
    "Reading",
    "Table",
    "__version__",
    "read",
    "read_all",
]


def __getattr__(name: str) -> object:
    """A name of the library, on first use: importing this package must not open an encoder or a database."""
    if name == "RashomonError":
        return import_module("rashomon.errors").RashomonError
    if name in __all__:
        return getattr(import_module("rashomon.library"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
