"""What we know, in SQL (Django)."""
