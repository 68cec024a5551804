"""Find it again."""
