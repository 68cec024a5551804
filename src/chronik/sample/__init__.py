"""Our own small newsroom, and the server that plays it."""
