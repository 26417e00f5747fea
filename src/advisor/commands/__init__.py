"""The commands, one module each, of which only the one that was asked for is loaded."""
