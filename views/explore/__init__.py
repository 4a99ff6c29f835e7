"""The parts of the page Explore: dials, link, view model, remedies and widgets."""
