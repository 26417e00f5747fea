"""Checking the knowledge: every kind of finding."""
