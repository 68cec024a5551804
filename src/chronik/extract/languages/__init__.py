"""What tells languages apart: the opinions of two libraries, letters, and words of near kin."""
