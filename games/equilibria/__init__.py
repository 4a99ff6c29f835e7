"""Equilibria of bimatrix games: exact enumeration, Lemke-Howson paths, selection and security levels."""
