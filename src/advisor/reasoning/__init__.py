"""What follows from known answers, and why: the only room that asks the readers of the rule base."""
