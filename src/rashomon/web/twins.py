"""The same page for programs: JSON, CSV, Atom, GeoJSON."""

from __future__ import annotations

import io
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from rashomon.export.dossiers import Dossier
from rashomon.export.geojson import feature
from rashomon.export.spreadsheet import rows
from rashomon.model import codec
from rashomon.web.highlight import visible
from rashomon.web.view import Item, Listed, View

LONG_AGO = date(1970, 1, 1)


def as_json(view: View) -> bytes:
    """A page as JSON."""
    return codec.to_json(view.record())


def as_csv(view: View) -> bytes:
    """A page as CSV."""
    stream = io.BytesIO()
    rows(view.header(), view.rows(), stream)
    return stream.getvalue()


def as_atom(view: Listed, site: str, here: str) -> bytes:
    """A list as an Atom feed; ``site`` is where this server answers, ``here`` the address of the list."""
    items = list(view.feed())
    last = max((one.day for one in items if one.day), default=LONG_AGO)
    parts = [
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">',
        f"<title>{_text(f'Rashomon: {view.title}')}</title><id>{_text(site + here)}</id>",
        f'<link rel="self" href={quoteattr(site + here)}/>',
        f"<updated>{_moment(last)}</updated><author><name>Rashomon</name></author>",
        *(_entry(one, site) for one in items),
        "</feed>\n",
    ]
    return "".join(parts).encode()


def as_geojson(view: Listed) -> bytes:
    """The places of a list of incidents; ``unplaced`` says how many of them have none.

    Readings are not looked up for it: how exact a place is goes by its radius alone.
    """
    features = [feature(Dossier(one, (), ())) for one in view.shown()]
    unplaced = sum(one["geometry"] is None for one in features)
    return codec.to_json({"type": "FeatureCollection", "unplaced": unplaced, "features": features})


def _entry(one: Item, site: str) -> str:
    link = site + one.path
    return (
        f"<entry><id>{_text(link)}</id><title>{_text(one.title)}</title><link href={quoteattr(link)}/>"
        f"<updated>{_moment(one.day or LONG_AGO)}</updated><summary>{_text(one.words)}</summary></entry>"
    )


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _text(told: str) -> str:
    return escape(visible(told))
