"""The items of the library: what is known of each, lists of them, changes to them."""
