"""The protocols: alternating offers, and requests and offers."""
