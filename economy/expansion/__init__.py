"""Real corridors from today's numbers: fitted flows, and how far beyond them an agreement holds."""
