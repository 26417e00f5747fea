"""Mutants: rules changed on purpose, and whether a scenario notices."""
