"""Which addresses of a site are fetched, and in which order.  Pure."""
