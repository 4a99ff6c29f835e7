"""Colours, fonts and sizes; accessible HTML; the style sheet."""
