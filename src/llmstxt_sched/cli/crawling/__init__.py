"""The arguments of a crawl from the command line, and what it writes."""
