"""Tells what is no content by its class, its id or its role, unless what it holds speaks against that.  Pure."""
