"""How software negotiates: bidding, acceptance, and a model of the opponent."""
