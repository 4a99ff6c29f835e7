"""Checks between the tables of a scenario file."""
