"""The sentences that people read, by subject."""
