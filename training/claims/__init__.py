"""Training and evaluation of the claim scorer on the hand-labelled stories."""
