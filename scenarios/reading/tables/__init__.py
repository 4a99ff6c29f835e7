"""The tables of a scenario file as pydantic models, and the types of their fields."""
