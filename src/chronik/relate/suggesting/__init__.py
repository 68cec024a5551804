"""What suggesting knows of articles, of the corpus and of a dossier, and how it weighs them."""
