"""The advice: what is said about a case, with reasons."""
