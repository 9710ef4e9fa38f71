"""Words to word pieces, as BERT's uncased WordPiece cuts them.

Written here, because the library that does it brings 40 MB of hub client along; a test holds it to that library's
published behaviour.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from pathlib import Path

UNKNOWN, BEGIN, END = 100, 101, 102
LONGEST = 100  # characters of a word, as in BERT; longer ones are unknown
MOST = 6  # pieces kept of one word: the rest of a long name or link adds cost and no meaning


class Pieces:
    """A WordPiece vocabulary with a memory for words already cut."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self._ids = {piece: i for i, piece in enumerate(vocabulary)}
        self._known: dict[str, tuple[int, ...]] = {}

    @classmethod
    def load(cls, path: Path) -> Pieces:
        """The vocabulary from a file with one piece a line."""
        return cls(path.read_text(encoding="utf-8").split("\n"))

    def of(self, form: str) -> tuple[int, ...]:
        """The ids of one word's pieces; at least one, at most six."""
        found = self._known.get(form)
        if found is None:
            if len(self._known) > 200_000:
                self._known.clear()
            found = self._known[form] = self._cut(form)
        return found

    def _cut(self, form: str) -> tuple[int, ...]:
        plain = "".join(c for c in unicodedata.normalize("NFD", form.lower()) if unicodedata.category(c) != "Mn")
        parts = [plain] if plain.isalnum() else list(plain)
        return tuple(i for part in parts for i in self._pieces(part))[:MOST] or (UNKNOWN,)

    def _pieces(self, word: str) -> list[int]:
        if len(word) > LONGEST:
            return [UNKNOWN]
        out: list[int] = []
        at = 0
        while at < len(word):
            end = len(word)
            while end > at:
                piece = word[at:end] if at == 0 else "##" + word[at:end]
                if (known := self._ids.get(piece)) is not None:
                    out.append(known)
                    break
                end -= 1
            else:
                return [UNKNOWN]
            at = end
        return out
