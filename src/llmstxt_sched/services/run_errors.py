"""The codes of a run's error, which scripts may rely on, and what each means."""

from __future__ import annotations

from collections.abc import Mapping

RUN_ERRORS: Mapping[str, str] = {
    "dns_error": "The name of the host was not found.",
    "connect_error": "The connection to the site failed or was cut.",
    "tls_error": "No safe connection to the site was possible: its certificate may be wrong or have run out.",
    "timeout": "The site did not answer in time, or the run's time left none for a page.",
    "rate_limited": "The site asked to be left alone for a while (429).",
    "http_error": "The site answered its start page, or nearly every page, with an error such as 404 or 500.",
    "protocol_error": "The site's answer was not valid HTTP.",
    "robots": "The site's robots.txt forbids the start page.",
    "robots_unreachable": "The site's robots.txt could not be had, so everything counts as forbidden.",
    "robots_blocked": "The site's robots.txt redirects to an address that this service may not reach.",
    "blocked_address": "The start page leads to an address that this service may not reach, such as a private network.",
    "bad_redirect": "The start page redirects to what is no address, or from https to http.",
    "too_many_redirects": "The start page redirects too often.",
    "redirect_loop": "The start page redirects in a circle.",
    "offsite": "The start page redirects out of the project's folder, to one above it.",
    "too_large": "The start page is larger than what is read of a page.",
    "unsupported_type": "The start page is a file of another kind, such as a picture or a PDF.",
    "unsupported_encoding": "The site packed its answer in a way that cannot be unpacked.",
    "decode_error": "The site's answer could not be unpacked.",
    "parse_error": "The HTML of the start page could not be read in time.",
    "no_pages": "The start page and what it links to hold no page.",
    "needs_rendering": "The pages hold nothing until their scripts run in a browser, which no crawl does.",
    "credentials": "The project's credentials cannot be read with the service's keys.",
    "draft_failed": "The documents could not be put together: the process that does it ended, or took too long.",
    "lease_lost": "The process that crawled it died or stood still; it is tried again.",
    "poison": "The process that crawled it died, time and again.",
}
