"""The nouns: small frozen records, standard library only."""
