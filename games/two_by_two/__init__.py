"""2x2 games: classes, topology, dynamics, basins, promises, and millions of them in arrays."""
