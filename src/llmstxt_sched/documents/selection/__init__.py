"""Chooses what `llms.txt` says of a site: which pages, under which titles and notes, in which sections."""
