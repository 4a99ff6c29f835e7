"""Treaties among N countries: the graph, which ones are stable, and whom they divert."""
