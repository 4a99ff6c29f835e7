"""The parts of the page Negotiate: link, replay, view model, board, debrief and widgets."""
