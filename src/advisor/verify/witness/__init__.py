"""Witnesses: cases that fire a rule or just miss it."""
