"""Counts what one crawl asks of the hosts that it reaches."""

from __future__ import annotations


class Traffic:
    """The requests of one crawl, redirects and robots.txt included; `bytes` are those of bodies, as they were sent.

    `bytes_saved` are those of bodies that were not sent again; `longest_wait` is in seconds.
    """

    def __init__(self) -> None:
        self.requests = 0
        self.not_modified = 0
        self.bytes = 0
        self.bytes_saved = 0
        self.longest_wait = 0.0
        self.retries = 0
