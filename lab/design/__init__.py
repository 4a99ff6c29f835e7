"""The design of a sweep: factors, sampling methods, measures, and the designs that come with Winset."""
