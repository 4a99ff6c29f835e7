"""The design of a sweep: factors, sampling, measures, and the designs that ship."""
