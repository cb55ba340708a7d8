"""Writes what stands in a line: text, links, pictures, emphasis, code and formulas.  Pure."""
