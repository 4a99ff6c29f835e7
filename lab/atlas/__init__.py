"""Maps of the model: one game at every point of a grid."""
