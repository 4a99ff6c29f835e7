"""Money of the second version: a mover's surplus, today's status quo, places as people, and what migrants get."""
