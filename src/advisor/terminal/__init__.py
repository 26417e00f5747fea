"""The interview and the lesson in a terminal: one shell under both, and plain mode."""
