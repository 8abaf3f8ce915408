"""One module per kind of work: ask, judge, append."""
