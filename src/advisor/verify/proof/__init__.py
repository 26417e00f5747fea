"""Exact questions about all answers: days, a prover, examples, where a condition is decisive."""
