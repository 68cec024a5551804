"""Measurements of speed, each as a ratio against a peer in the same run. Not tests: nothing here fails."""
