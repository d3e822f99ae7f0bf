"""How a file becomes an item of the library."""
