"""What the tests call of SALib: a judge of our own indices."""
