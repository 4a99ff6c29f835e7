"""The bilateral model, equations 1 to 9: from the parameters of two countries to the payoffs of their governments."""
