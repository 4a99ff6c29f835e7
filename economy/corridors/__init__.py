"""Real corridors: their data, the flows fitted to them, and how far beyond today's numbers an agreement holds."""
