"""Money and places of movers: their surplus, today's status quo, places as people, and what migrants get."""
