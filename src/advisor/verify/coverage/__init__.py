"""Coverage: what the scenarios have tried."""
