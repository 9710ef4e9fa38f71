"""Documents to parses: words, sentences, attributions, names."""
