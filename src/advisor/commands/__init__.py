"""The commands, one module each: `run(arguments, language)` does it and returns the exit status.

The command line imports only the one that was asked for, so that none waits for what it does not need.
"""
