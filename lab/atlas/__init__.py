"""Maps of the model: one game solved at every point of a grid of parameter values."""
