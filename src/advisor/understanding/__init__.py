"""Understanding: what a person means by what was typed or written, in either language; never a guess."""
