"""The picture of the rule base: what depends on what, the path of a case through it, and how both are drawn."""
