"""Bargaining solutions, side payments, coalitions and repeated play."""
