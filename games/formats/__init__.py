"""Games as files and arguments: `.nfg`, TOML and JSON, with the labels that they hold."""
