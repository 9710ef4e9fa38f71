"""A data package (Frictionless): every table with its columns, checksums, codebook, terms and revision, in one ZIP.

The same ledger at the same revision gives the same bytes, so that a paper can cite what it used by its checksum.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import BinaryIO, cast
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from rashomon import __version__
from rashomon.export.codebook import CODES
from rashomon.export.dossiers import Holdings
from rashomon.export.spreadsheet import sheet
from rashomon.export.streams import Json
from rashomon.export.tables import TABLES, Column, Table

# ZIP knows no time before; a package carries its revision and no clock.
EPOCH = (1980, 1, 1, 0, 0, 0)
TERMS_FILE = "TERMS.md"
TERMS = """# Terms

The words quoted in these tables (source, cue, content, words) belong to those who published them; quote them as the
law of your country lets you. Who says what, where the words stand, and how accounts compare was worked out by Rashomon:
claims of others, not findings. Nothing here says that a claim is true.

Names and points of places come in part from GeoNames (https://www.geonames.org), CC BY 4.0.

Cite the package by its revision and the SHA-256 of its files, both in `datapackage.json`.
"""


@dataclass(slots=True)
class _Counted:
    """A stream that remembers how much went through it, and its digest."""

    stream: BinaryIO
    size: int = 0
    digest: hashlib._Hash = field(default_factory=hashlib.sha256)

    def write(self, chunk: bytes, /) -> int:
        self.size += len(chunk)
        self.digest.update(chunk)
        return self.stream.write(chunk)


def package(holdings: Holdings, stream: BinaryIO) -> int:
    """Write the package; how many rows of the ledger it holds."""
    written = 0
    resources = []
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for table in (*TABLES, CODES):
            count, resource = _resource(archive, table, holdings)
            resources.append(resource)
            if table in TABLES:
                written += count
        archive.writestr(_named(TERMS_FILE), TERMS)
        archive.writestr(_named("datapackage.json"), json.dumps(descriptor(holdings, resources), indent=1) + "\n")
    return written


def descriptor(holdings: Holdings, resources: list[Json]) -> Json:
    """What the package says of itself."""
    counts = holdings.counts()
    return {
        "profile": "tabular-data-package",
        "name": "rashomon-ledger",
        "title": "A ledger of accounts",
        "description": "Who says what of which incident, in which words, and where the accounts differ. "
        f"{counts.documents} documents, {counts.claims} claims, {counts.incidents} incidents.",
        "version": str(counts.revision),
        "revision": counts.revision,
        "maker": f"Rashomon {__version__}",
        "licenses": [{"name": "other", "title": "Quoted words belong to their publishers", "path": TERMS_FILE}],
        "sources": [{"title": "GeoNames, CC BY 4.0", "path": "https://www.geonames.org"}],
        "resources": resources,
    }


def _resource(archive: ZipFile, table: Table, holdings: Holdings) -> tuple[int, Json]:
    """Write a table into the package; its rows and what is said of it."""
    path = f"{table.name}.csv"
    with archive.open(_named(path), "w", force_zip64=True) as entry:
        counted = _Counted(cast("BinaryIO", entry))
        written = sheet(table, holdings, cast("BinaryIO", counted))
    return written, {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": path,
        "description": table.words,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": counted.size,
        "hash": f"sha256:{counted.digest.hexdigest()}",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "doubleQuote": True},
        "schema": {"fields": [_field(column) for column in table.columns], "primaryKey": list(table.key)},
    }


def _field(column: Column) -> Json:
    return {"name": column.name, "type": column.sort.value, "description": column.words}


def _named(path: str) -> ZipInfo:
    entry = ZipInfo(path, EPOCH)
    entry.compress_type = ZIP_DEFLATED
    # Readable by everybody: without it some tools unpack files that nobody may open.
    entry.external_attr = 0o644 << 16
    return entry
