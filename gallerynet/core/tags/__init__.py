"""The user's own words for pictures: given by hand, learned, and taken back."""
