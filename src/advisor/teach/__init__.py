"""Teaching: a case as a lesson, step by step as the engine works, as plain data."""
