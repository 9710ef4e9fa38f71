"""A PostgreSQL server of the tests' own: in a folder and on a socket there, run by a user who is not root."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import psycopg

from rashomon import ledger
from rashomon.ledger.tables import VERSIONS

MISSING = "PostgreSQL's programs are not installed. On Debian: apt install postgresql"
# What is lost by a power cut does not matter here. Connections are many: eight writers, a pool each.
SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "60"}


def binaries() -> Path | None:
    """Where the programs of the newest PostgreSQL are."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


@dataclass(slots=True)
class Server:
    """A server whose databases anybody on this machine may use as ``rashomon``."""

    folder: Path
    programs: Path
    user: str | None
    settings: dict[str, str]
    named: Iterator[int] = field(default_factory=count)
    free: list[str] = field(default_factory=list)

    def url(self, database: str) -> str:
        """The address of a database."""
        return f"postgresql://rashomon@/{database}?host={self.folder}"

    def made(self, *options: str) -> str:
        """The address of a new database."""
        name = f"book_{next(self.named)}"
        self.run("createdb", "-h", str(self.folder), "-U", "rashomon", *options, name)
        return self.url(name)

    @contextmanager
    def lent(self) -> Iterator[Callable[[], str]]:
        """Addresses of empty ledgers, taken back when it is left; to empty one is much quicker than to make one."""
        out: list[str] = []

        def take() -> str:
            out.append(self.free.pop() if self.free else self.made())
            ledger.open(out[-1], create=True).close()
            return out[-1]

        yield take
        for address in out:
            emptied(address)
        self.free += out

    def start(self) -> None:
        """Start it and wait until it answers."""
        said = " ".join(f"-c {name}={value}" for name, value in self.settings.items())
        said += f" -c unix_socket_directories={self.folder}"
        log = str(self.folder / "log")
        self.run("pg_ctl", "-D", str(self.folder / "cluster"), "-w", "-s", "-l", log, "-o", said, "start")

    def stop(self, mode: str = "fast") -> None:
        """Stop it: ``fast`` ends what is being done, ``immediate`` is as if its machine failed."""
        self.run("pg_ctl", "-D", str(self.folder / "cluster"), "-w", "-s", "-m", mode, "stop")

    def run(self, program: str, *words: str) -> str:
        """What one of PostgreSQL's programs prints."""
        done = subprocess.run(
            [self.programs / program, *words],
            user=self.user,
            group=None if self.user is None else pwd.getpwnam(self.user).pw_gid,
            extra_groups=None if self.user is None else [],
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{program}: {done.stderr}{done.stdout}"
        return done.stdout


def emptied(address: str) -> None:
    """Take everything out of a ledger that nobody has open; its numbers begin at 1 again."""
    with psycopg.connect(address) as connection:
        connection.execute("SET lock_timeout = '5s'")
        names = "SELECT string_agg(tablename, ', ') FROM pg_tables WHERE schemaname = 'public' AND tablename <> %s"
        found = connection.execute(names, (VERSIONS,)).fetchone()
        assert found is not None
        connection.execute(f"TRUNCATE {found[0]} RESTART IDENTITY".encode())
        connection.execute("INSERT INTO meta VALUES ('documents', 0), ('claims', 0), ('incidents', 0)")


@contextmanager
def serving(programs: Path, **settings: str) -> Iterator[Server]:
    """A server that runs until it is left; nothing of it stays."""
    # Not among pytest's folders: those are root's alone, and a socket's path must be short.
    folder = Path(tempfile.mkdtemp(prefix="rashomon-pg-"))
    server = Server(folder, programs, _user(), {**SETTINGS, "listen_addresses": "''", **settings})
    try:
        folder.chmod(0o755)
        if server.user is not None:
            shutil.chown(folder, server.user)
        initdb: Sequence[str] = ("-D", str(folder / "cluster"), "-U", "rashomon", "--auth=trust", "-N", "-E", "UTF8")
        server.run("initdb", *initdb, "--locale=C.UTF-8")
        server.start()
        try:
            yield server
        finally:
            if (folder / "cluster" / "postmaster.pid").exists():
                server.stop("immediate")
    finally:
        shutil.rmtree(folder)


def _user() -> str | None:
    """Who runs it: PostgreSQL refuses root. None is whoever we are."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"
