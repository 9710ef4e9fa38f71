from rashomon.errors import RashomonError as RashomonError
from rashomon.library import Incident as Incident
from rashomon.library import Incidents as Incidents
from rashomon.library import Ledger as Ledger
from rashomon.library import Reading as Reading
from rashomon.library import Table as Table
from rashomon.library import read as read
from rashomon.library import read_all as read_all

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

__version__: str
