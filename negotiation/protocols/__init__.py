"""The rules of a negotiation: moves, state, protocols, and talks run to their end."""
