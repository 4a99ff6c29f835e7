"""The result of a negotiation and its quality; checks of a case's design."""
