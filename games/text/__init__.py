"""TOML with helpful error messages, and suggestions for misspelt words."""
