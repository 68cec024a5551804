"""See what tells the same story, in any language, and which dossier it belongs to."""
