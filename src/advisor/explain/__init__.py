"""Explanations: how a conclusion comes about, why not another, what if, what would have to change, compared."""
