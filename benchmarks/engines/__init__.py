"""The rules of one day translated for other engines, so that all decide the same cases by the same rules."""
