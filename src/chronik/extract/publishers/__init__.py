"""What single newspapers do in their own way: one newspaper one file, and the three modules that read such files."""
