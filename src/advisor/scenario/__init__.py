"""Scenarios: answers and what law or study says must follow from them; reading and running them."""
