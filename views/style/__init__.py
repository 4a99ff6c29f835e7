"""Colours, fonts and sizes, accessible HTML, and the style sheet."""
