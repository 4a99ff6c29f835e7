"""The page Negotiate: link, board, debrief and widgets."""
