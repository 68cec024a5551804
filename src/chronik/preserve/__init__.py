"""Keep it, byte for byte, and prove it."""
