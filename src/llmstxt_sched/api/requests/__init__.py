"""Reads requests: their bodies, parameters and cursors, and what is wrong with them."""
