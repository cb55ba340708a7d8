"""Gives elements the tags that they mean, where a generator writes others: code, lines, headings.  Pure."""
