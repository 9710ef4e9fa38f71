"""Write the words that look like two but are one, out of large spelling lists.

    python training/whole_words.py american-english-huge british-english-huge > src/rashomon/reading/whole_words.txt

The lists are SCOWL's, size 80, as Debian packages them (wamerican-huge, wbritish-huge 2020.12.07). Only those words
are kept that the overlay would otherwise cut, which makes 4 MB of words 0.2 MB.
"""

from __future__ import annotations

import sys
from pathlib import Path

from rashomon.reading.overlay import POSSIBLE, costs, segment

HEADER = """\
# Words that could be taken for two fused ones and are not: those words of SCOWL that reading/overlay.py would cut.
# Made by training/whole_words.py from SCOWL 2020.12.07, size 80 (Debian packages wamerican-huge, wbritish-huge).
# Copyright 2000-2011 by Kevin Atkinson. Permission to use, copy, modify, distribute and sell these word lists, the
# associated scripts, the output created from the scripts, and its documentation for any purpose is hereby granted
# without fee, provided that the above copyright notice appears in all copies and that both that copyright notice and
# this permission notice appear in supporting documentation. Kevin Atkinson makes no representations about the
# suitability of this array for any purpose. It is provided "as is" without express or implied warranty.
# http://wordlist.aspell.net"""


def ambiguous(word: str) -> bool:
    """Whether the overlay would cut this word if it did not know it."""
    if not (word.isascii() and word.isalpha()) or len(word) < 4 or word in costs():
        return False
    found = segment(word, costs())
    return found is not None and found[0] >= POSSIBLE


def main() -> None:
    """Print the list for the spelling lists named on the command line."""
    words = {
        line.strip().lower() for name in sys.argv[1:] for line in Path(name).read_text(encoding="utf-8").splitlines()
    }
    print(HEADER)
    for word in sorted(filter(ambiguous, words)):
        print(word)


if __name__ == "__main__":
    main()
