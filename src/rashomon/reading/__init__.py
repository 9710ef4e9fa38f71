"""Documents to parses: words, sentences, quotations, attributions."""

from rashomon.reading.reader import Reader, parts

__all__ = ["Reader", "parts"]
