"""Receipts: an advice in one file with the answers and the knowledge it came from, and its replay."""
