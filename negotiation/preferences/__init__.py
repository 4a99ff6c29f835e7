"""The value of a package to a government and its groups, and what a mandate forbids."""
