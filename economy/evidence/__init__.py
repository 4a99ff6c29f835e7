"""Robustness of the results: random economies, and stylised facts to which nothing was fitted."""
