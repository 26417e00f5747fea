"""The interview: a session as plain data, what to ask next, and keeping sessions on disk. No terminal in it."""
