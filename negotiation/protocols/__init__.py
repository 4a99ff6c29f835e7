"""The rules of a negotiation: moves, state, protocols, and talks played to their end."""
