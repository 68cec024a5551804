"""Find what the press has put out."""
