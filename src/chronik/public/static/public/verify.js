/* Chronik: checks a published dossier in the reader's browser. */
