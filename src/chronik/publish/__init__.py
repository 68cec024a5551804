"""Give it back."""
