"""Reports: the advice and the case library written for people."""
