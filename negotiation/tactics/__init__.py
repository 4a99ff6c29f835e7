"""The tactics of software: bidding, acceptance, and a model of the opponent."""
