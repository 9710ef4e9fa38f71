"""The face of the ledger: pages that people check and decide in, and their twins for programs."""

from __future__ import annotations

from rashomon.web.app import app
from rashomon.web.serving import Answered, get, serve

__all__ = ["Answered", "app", "get", "serve"]
