"""The result of a negotiation and how good it is; checks of a case's design."""
