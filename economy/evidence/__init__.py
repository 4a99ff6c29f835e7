"""How robust the model's results are: random economies, and stylised facts that were not fitted."""
