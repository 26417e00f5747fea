"""Very many cases: from Python (`bulk`), and as lines of a file (`lines`) over several processes (`pool`)."""
