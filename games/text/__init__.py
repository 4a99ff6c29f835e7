"""TOML with helpful errors, near spellings, and foreign text made visible."""
