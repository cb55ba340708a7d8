"""A site's robots.txt: what it says, and the copies of it that a crawl and the next ones use."""
