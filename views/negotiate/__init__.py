"""The parts of the page Negotiate: link, history, view model, board, debrief and widgets."""
