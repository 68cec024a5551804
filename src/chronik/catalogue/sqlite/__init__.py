"""Django's SQLite backend, with an eye on the disk: named as ENGINE in the settings."""
