"""Policy: clauses of an agreement, quotas, treasury costs, shocks, remedies, and the largest openness that holds."""
