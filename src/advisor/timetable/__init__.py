"""When what is still to do must be done: working days, the order of steps, the cycle of the budget."""
