"""Clauses of an agreement, quotas, treasury costs, shocks, and the remedies that make opening hold."""
