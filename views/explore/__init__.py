"""The page Explore: dials, view model, remedies and widgets."""
