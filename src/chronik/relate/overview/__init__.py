"""What stands in a dossier and around it, counted: by time, language, kind, country, side, origin (decides)."""
