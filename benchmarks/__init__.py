"""Winset beside its peers: how many times as fast, on the same games, in the same run."""
