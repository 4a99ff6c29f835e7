"""The bilateral model, equations 1 to 9: from the fundamentals of two countries to payoffs."""
