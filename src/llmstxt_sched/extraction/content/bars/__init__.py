"""Drops bars that lead from a page to others: links, rows of pictures, the trail from the home page.  Pure."""
