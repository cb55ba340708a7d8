"""Decides which languages and which version of a site stand in its documents.  Pure."""
