"""Finds the element that holds a page's main content, with its title, sections and posts.  Pure."""
