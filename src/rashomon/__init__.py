"""Rashomon reads news of armed conflict and keeps a ledger of accounts."""

__version__ = "0.1.0"

__all__ = ["__version__"]
