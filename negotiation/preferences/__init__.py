"""What a package is worth to a government and its groups, and what a mandate forbids."""
