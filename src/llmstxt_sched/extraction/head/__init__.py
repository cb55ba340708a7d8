"""Reads what a page says of itself where no reader sees it: its <head>, JSON-LD and the classes of its body."""
