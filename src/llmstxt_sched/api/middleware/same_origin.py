"""Tells whether a request came from our own pages (cross-site request forgery).

Browsers say so themselves in Sec-Fetch-Site, but only where they trust the connection: on https and on this machine.
Elsewhere Origin tells it, which they send with every request that may change something.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from litestar.datastructures import Headers


def is_same_origin(headers: Headers, public_url: str) -> bool:
    """Whether a browser says that the request came from a page of this service."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    ours = urlsplit(public_url)
    # Users who reach the service by another name than PUBLIC_URL are known by the Host that their browser sends.
    return headers.get("origin") in {f"{ours.scheme}://{ours.netloc}", f"{ours.scheme}://{headers.get('host')}"}


def is_cross_origin(headers: Headers, public_url: str) -> bool:
    """Whether a browser says that the request came from elsewhere; what is no browser says nothing."""
    says = "sec-fetch-site" in headers or "origin" in headers
    return says and not is_same_origin(headers, public_url)
