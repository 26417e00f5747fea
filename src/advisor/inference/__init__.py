"""Inference: one rule base and its three readers."""
