"""The tables of a scenario file as pydantic models."""
