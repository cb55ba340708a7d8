"""Compares two versions of the documents, by entries, pages, lines and words, and says what changed.  Pure."""
