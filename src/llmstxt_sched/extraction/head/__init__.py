"""Reads what a page says of itself out of sight: its <head>, JSON-LD and the classes of its body."""
