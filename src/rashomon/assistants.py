"""A server of the Model Context Protocol: read-only questions to one ledger. Needs mcp, the extra ``rashomon[mcp]``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import Field, RootModel

from rashomon import __version__, enquiries
from rashomon.errors import RashomonError
from rashomon.ledger import Ledger

INSTRUCTIONS = (
    "A ledger of accounts of armed conflict, read from news: who says what, in which words, and where accounts differ. "
    "It does not say what happened. Find incidents, look at the accounts of one, quote its evidence. Say who claims "
    "something and give the citation that stands beside the words; say so where accounts disagree or are unverified. "
    + enquiries.NOTE
)
READ_ONLY = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)

# The SDK takes a model's schema as it is; of a plain class with slots it makes none.
Incidents = RootModel[enquiries.Incidents]
Accounts = RootModel[enquiries.Accounts]
Passage = RootModel[enquiries.Passage]
Passages = RootModel[enquiries.Passages]

Limit = Annotated[int, Field(ge=1, le=enquiries.MOST, description="At most so many.")]
Day = Annotated[str | None, Field(description="A day, YYYY-MM-DD.")]


def server(ledger: Ledger) -> MCPServer:
    """The server of a ledger, all of whose tools only read."""
    made = MCPServer("rashomon", title="Rashomon", instructions=INSTRUCTIONS, version=__version__, log_level="WARNING")

    @made.tool(annotations=READ_ONLY)
    def search_incidents(  # noqa: PLR0913 - as many as a list can be narrowed by
        *,
        text: Annotated[str | None, Field(description="Words that its accounts hold.")] = None,
        kind: Annotated[str | None, Field(description="A kind (STRIKE.DRONE) or a family of kinds (STRIKE).")] = None,
        since: Day = None,
        until: Day = None,
        near: Annotated[str | None, Field(description="A place of the gazetteer.")] = None,
        km: Annotated[float, Field(gt=0, le=20_000, description="Not farther from it.")] = 50.0,
        voice: Annotated[str | None, Field(description="Who gives an account of it.")] = None,
        relation: Annotated[str | None, Field(description="How accounts of it stand, as in `disagree`.")] = None,
        limit: Limit = 20,
    ) -> Incidents:
        """Find incidents that are all that is asked for, the last to happen first."""
        asked = {"text": text, "kind": kind, "since": since, "until": until, "near": near, "voice": voice}
        with _told():
            return Incidents(enquiries.incidents(ledger, enquiries.wanted(**asked, km=km, relation=relation), limit))

    @made.tool(annotations=READ_ONLY)
    def show_accounts(
        incident: Annotated[str, Field(description="An id, as search_incidents gives it.")],
    ) -> Accounts:
        """Show what each voice answers to each question about an incident, with its words and their citations."""
        with _told():
            return Accounts(enquiries.accounts(ledger, incident))

    @made.tool(annotations=READ_ONLY)
    def quote_evidence(
        document: Annotated[str, Field(description="A document's id.")],
        start: Annotated[int, Field(ge=0, description="The first character, counted in code points from 0.")],
        end: Annotated[int, Field(gt=0, description="The character after the last.")],
    ) -> Passage:
        """Quote the exact words of a document between two offsets, with the text around them and their citation."""
        with _told():
            return Passage(enquiries.passage(ledger, document, start, end))

    @made.tool(annotations=READ_ONLY)
    def search_documents(
        query: Annotated[str, Field(min_length=1, description='Words, and "phrases in quotation marks".')],
        limit: Limit = 10,
    ) -> Passages:
        """Find where documents hold all words of a query, best first, each passage with its citation."""
        with _told():
            return Passages(enquiries.search(ledger, query, limit))

    return made


@contextmanager
def _told() -> Iterator[None]:
    """Give the reason of an error of ours to whoever asked; the SDK keeps all others to itself."""
    try:
        yield
    except RashomonError as error:
        raise ToolError(str(error)) from error
