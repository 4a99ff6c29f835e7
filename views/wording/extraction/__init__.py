"""Collects the texts that people read from our files; Babel calls these functions (pyproject.toml, `tool.babel`)."""
