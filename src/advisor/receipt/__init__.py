"""Receipts: on what an advice stood, and whether today's knowledge still gives the same."""
