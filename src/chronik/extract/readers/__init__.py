"""Readers: each gives candidate fields of an article, and none decides."""
