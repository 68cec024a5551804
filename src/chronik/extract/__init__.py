"""Read it."""
