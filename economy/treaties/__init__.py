"""Treaties among N countries: graphs, pairwise stability, and diversion of migrants."""
