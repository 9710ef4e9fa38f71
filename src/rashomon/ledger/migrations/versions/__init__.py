"""One script a schema revision."""
