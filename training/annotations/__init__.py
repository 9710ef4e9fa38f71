"""Our own marks over news texts of public corpora: only places in the text are kept here, never the text."""
