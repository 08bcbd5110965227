"""What is accepted has an effect: the names of everything that is accepted, and for each what shows its effect from outside."""
