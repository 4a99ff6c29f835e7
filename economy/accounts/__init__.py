"""The money accounts as they are printed: documents, and the rows of their table."""
