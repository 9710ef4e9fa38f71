"""Records to JSON and back, checked by type. The only place where a record meets JSON."""

from __future__ import annotations

import msgspec

from rashomon.model.document import Document
from rashomon.model.incident import Gist, Incident, Tie
from rashomon.model.judgement import Judgement
from rashomon.model.reading import Reading

_encoder = msgspec.json.Encoder(decimal_format="number")
_reading = msgspec.json.Decoder(Reading)
_document = msgspec.json.Decoder(Document)
_incident = msgspec.json.Decoder(Incident)
_gist = msgspec.json.Decoder(Gist)
_judgement = msgspec.json.Decoder(Judgement)
_tie = msgspec.json.Decoder(Tie)


def to_json(record: object) -> bytes:
    """One record as one line of UTF-8 JSON, without the line's end."""
    return _encoder.encode(record)


def reading(line: bytes | str) -> Reading:
    """A reading from its JSON.

    Raises msgspec.ValidationError, with the path of the fault, if a field is missing or of the wrong type.
    """
    return _reading.decode(line)


def document(line: bytes | str) -> Document:
    """A document from its JSON; raises as ``reading`` does."""
    return _document.decode(line)


def incident(line: bytes | str) -> Incident:
    """An incident from its JSON; raises as ``reading`` does."""
    return _incident.decode(line)


def gist(line: bytes | str) -> Gist:
    """A gist from its JSON; raises as ``reading`` does."""
    return _gist.decode(line)


def tie(line: bytes | str) -> Tie:
    """A tie from its JSON; raises as ``reading`` does."""
    return _tie.decode(line)


def judgement(line: bytes | str) -> Judgement:
    """A judgement from its JSON; raises as ``reading`` does."""
    return _judgement.decode(line)
