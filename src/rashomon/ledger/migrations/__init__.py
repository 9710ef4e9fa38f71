"""How older ledgers are brought up to date. Scripts are history: added, never edited."""
