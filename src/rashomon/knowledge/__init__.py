"""The shelves: word lists, kinds, units, actors, places, each with its source."""
