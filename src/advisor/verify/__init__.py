"""Proving the rule base: findings, coverage, mutants, witnesses, differences."""
