"""Take in what others kept."""
