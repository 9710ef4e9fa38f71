"""Who may do what: people with passwords, sessions and tokens, in a file of their own beside the ledger.

A ledger can be given away; who works on it stays here. Passwords are kept as argon2id hashes, sessions and tokens as
SHA-256 digests of random strings of 256 bits, which need no slower one.
"""

from __future__ import annotations

import hashlib
import secrets
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from rashomon.errors import RashomonError

SESSION = 12 * 3600  # seconds that a session lasts
SHORTEST = 10  # characters of a password
LONGEST = 200
SCHEMA = """
CREATE TABLE IF NOT EXISTS person (name TEXT PRIMARY KEY, role INTEGER NOT NULL, password TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS session (digest TEXT PRIMARY KEY, person TEXT NOT NULL, until REAL NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS token (digest TEXT PRIMARY KEY, person TEXT NOT NULL, label TEXT NOT NULL) STRICT;
"""


class Role(IntEnum):
    """What somebody may do; each role may all that those before it may."""

    READER = 1
    CODER = 2
    EDITOR = 3
    ADMIN = 4


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks. ``key`` is what their session's forms are signed with; ``public`` readers see less."""

    name: str
    role: Role
    key: str = ""
    public: bool = False


class Refused(RashomonError):
    """A name, password, role or label that cannot be."""


@dataclass(slots=True)
class Accounts:
    """The accounts in a file. One writes at a time."""

    path: Path
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        with self._open() as connection:
            connection.executescript(SCHEMA)
        self.path.chmod(0o600)

    def add(self, name: str, password: str, role: Role) -> None:
        """Make an account, or give one a new password and role; its sessions end. Raises Refused."""
        name = " ".join(name.split())
        if not name or len(name) > LONGEST or any(not sign.isprintable() for sign in name):
            raise Refused("a name has one to two hundred letters")
        if not SHORTEST <= len(password) <= LONGEST:
            raise Refused(f"a password has {SHORTEST} to {LONGEST} characters")
        hashed = _hasher().hash(password)
        with self._open() as connection:
            connection.execute("DELETE FROM session WHERE person = ?", (name,))
            connection.execute("INSERT OR REPLACE INTO person VALUES (?, ?, ?)", (name, int(role), hashed))

    def remove(self, name: str) -> None:
        """Close an account with its sessions and tokens; what it decided stays."""
        with self._open() as connection:
            for table, column in (("person", "name"), ("session", "person"), ("token", "person")):
                connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (name,))

    def people(self) -> tuple[tuple[str, Role], ...]:
        """Names and roles."""
        with self._open() as connection:
            return tuple((name, Role(role)) for name, role in connection.execute("SELECT name, role FROM person"))

    def enter(self, name: str, password: str, now: float) -> str | None:
        """A new session, if the password is right; the same time is taken whether there is such a name or not."""
        with self._open() as connection:
            row = connection.execute("SELECT name, password FROM person WHERE name = ?", (name,)).fetchone()
        known = _verified(_nobody() if row is None else row[1], password[:LONGEST])
        if row is None or not known:
            return None
        session = secrets.token_urlsafe(32)
        with self._open() as connection:
            connection.execute("DELETE FROM session WHERE until < ?", (now,))
            connection.execute("INSERT INTO session VALUES (?, ?, ?)", (digest(session), row[0], now + SESSION))
        return session

    def leave(self, session: str) -> None:
        """End a session."""
        with self._open() as connection:
            connection.execute("DELETE FROM session WHERE digest = ?", (digest(session),))

    def of_session(self, session: str, now: float) -> Person | None:
        """Whose session this is, while it lasts."""
        asked = "SELECT p.name, p.role FROM session s JOIN person p ON p.name = s.person WHERE digest = ? AND until > ?"
        with self._open() as connection:
            row = connection.execute(asked, (digest(session), now)).fetchone()
        return None if row is None else Person(row[0], Role(row[1]), session)

    def token(self, person: str, label: str) -> str:
        """A token for programs that act for somebody; it is shown this once."""
        made = f"rash_{secrets.token_urlsafe(32)}"
        with self._open() as connection:
            connection.execute("INSERT INTO token VALUES (?, ?, ?)", (digest(made), person, label[:LONGEST]))
        return made

    def of_token(self, token: str) -> Person | None:
        """For whom a token acts."""
        asked = "SELECT p.name, p.role FROM token t JOIN person p ON p.name = t.person WHERE digest = ?"
        with self._open() as connection:
            row = connection.execute(asked, (digest(token),)).fetchone()
        return None if row is None else Person(row[0], Role(row[1]))

    def named(self, name: str) -> Person | None:
        """Somebody whom a proxy that checked them names."""
        with self._open() as connection:
            row = connection.execute("SELECT name, role FROM person WHERE name = ?", (name,)).fetchone()
        return None if row is None else Person(row[0], Role(row[1]), f"proxy {row[0]}")

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with self.lock, closing(sqlite3.connect(self.path, timeout=10)) as connection, connection:
            yield connection


def digest(secret: str) -> str:
    """What is kept of a session or a token."""
    return hashlib.sha256(secret.encode()).hexdigest()


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@cache
def _nobody() -> str:
    return _hasher().hash(secrets.token_urlsafe(16))


def _verified(hashed: str, password: str) -> bool:
    try:
        return _hasher().verify(hashed, password)
    except (VerificationError, InvalidHashError):
        return False
