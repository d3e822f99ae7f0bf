"""Files that lie on the server's disks, on their way into the library."""
