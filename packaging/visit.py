"""Run an installed Rashomon as a newcomer would: the demo, then every kind of page, over the wire.

`unshare -rn VENV/bin/python packaging/visit.py FOLDER` does so where there is no network but this machine's own. It
needs only the standard library, because it is run by the Python that was installed into. Prints one line of JSON.
"""

from __future__ import annotations

import fcntl
import json
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

PROGRAM = Path(sys.executable).with_name("rashomon")
PATIENCE = 60.0  # seconds until pages are there; they are in two on a machine that is not busy
PAGES = (
    "/", "/incidents.json", "/incidents.atom", "/incidents.geojson", "/documents", "/document/demo-raid-kyiv",
    "/sources.csv", "/search?q=bridge", "/changes.json", "/review", "/schema.json", "/version.json",
    "/static/style.css", "/static/map.js", "/static/outlines.json", "/static/vendor/leaflet/leaflet.js",
)  # fmt: skip
GET_FLAGS, SET_FLAGS, UP = 0x8913, 0x8914, 0x1  # linux/sockios.h, linux/if.h
NOBODY = ("192.0.2.1", 80)  # RFC 5737: an address for documents, which no machine has


def loopback() -> None:
    """Switch on this machine's own interface, which a new network namespace has switched off."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as wire:
        asked = struct.pack("16sh14x", b"lo", 0)
        (flags,) = struct.unpack("16xh14x", fcntl.ioctl(wire, GET_FLAGS, asked))
        if not flags & UP:
            fcntl.ioctl(wire, SET_FLAGS, struct.pack("16sh14x", b"lo", flags | UP))


def cut() -> bool:
    """Whether there is no way out of this machine. Asks the table of routes and sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as wire:
        try:
            wire.connect(NOBODY)
        except OSError:
            return True
    return False


@contextmanager
def served(ledger: Path) -> Iterator[str]:
    """The address of the ledger's pages, while they are served."""
    with socket.socket() as wire:
        wire.bind(("127.0.0.1", 0))
        port = wire.getsockname()[1]
    server = subprocess.Popen([PROGRAM, "serve", "--ledger", ledger, "--port", str(port)], stderr=subprocess.DEVNULL)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(PATIENCE)


def fetched(address: str) -> bytes:
    """What an address answers, asked again until somebody listens there. Raises URLError for an error page."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            with urlopen(address, timeout=PATIENCE) as answer:
                return bytes(answer.read())
        except URLError as error:
            if not isinstance(error.reason, ConnectionRefusedError) or time.monotonic() > until:
                raise
            time.sleep(0.1)


def visit(folder: Path) -> dict[str, object]:
    """What was seen: whether the network was cut, what the demo told, the bytes of every page."""
    loopback()
    ledger = folder / "demo.db"
    told = subprocess.run(
        [PROGRAM, "demo", "--json", "--ledger", ledger], check=True, stdout=subprocess.PIPE, text=True
    )
    with served(ledger) as site:
        sizes = {page: len(fetched(site + page)) for page in PAGES}
        incidents = json.loads(fetched(f"{site}/incidents.json"))["incidents"]
        for incident in incidents:
            sizes[f"/incident/{incident['id']}"] = len(fetched(f"{site}/incident/{incident['id']}"))
    return {"cut": cut(), "demo": json.loads(told.stdout), "pages": sizes}


if __name__ == "__main__":
    print(json.dumps(visit(Path(sys.argv[1]))))
