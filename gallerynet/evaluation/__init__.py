"""How good search, sameness and learned tags are, measured on pictures."""
