"""Says in a sentence what the outcome of visiting an address means, and where it helps what to do about it."""

from __future__ import annotations

from collections.abc import Mapping

from llmstxt_sched.crawler.model import PAGES, Outcome

REASONS: Mapping[Outcome, str] = {
    Outcome.OK: "It was read and holds a page.",
    Outcome.NOT_MODIFIED: "The site says that it has not changed since it was read before.",
    Outcome.DUPLICATE: "It is the same page as another address, which stands in the documents instead.",
    Outcome.EMPTY: "It was read and holds no text, perhaps because scripts build the page in the browser.",
    Outcome.REDIRECTED: "It redirects to another address, which is a page of its own.",
    Outcome.NOINDEX: "The page asks not to be indexed, by a robots meta tag or an X-Robots-Tag header.",
    Outcome.ROBOTS: "The site's robots.txt forbids it, or could not be read.",
    Outcome.GONE: "The site says that there is no such page (404 or 410).",
    Outcome.HTTP_ERROR: "The site answered with an error instead of the page.",
    Outcome.RATE_LIMITED: "The site asked to be left alone for a while (429): a longer delay between requests helps.",
    Outcome.TIMEOUT: "The site did not answer in time.",
    Outcome.TOO_LARGE: "It is larger than what is read of a page.",
    Outcome.PROTOCOL_ERROR: "The site's answer was not valid HTTP.",
    Outcome.CONNECT_ERROR: "The connection to the site failed or was cut.",
    Outcome.DNS_ERROR: "The name of the host was not found.",
    Outcome.TLS_ERROR: "No safe connection to the site was possible: its certificate may be wrong or have run out.",
    Outcome.BLOCKED_ADDRESS: "It leads to an address that this service may not reach, such as a private network.",
    Outcome.BAD_REDIRECT: "It redirects to what is no address, or from https to http.",
    Outcome.TOO_MANY_REDIRECTS: "It redirects too often.",
    Outcome.REDIRECT_LOOP: "It redirects in a circle.",
    Outcome.OFFSITE: "It redirects to an address that does not belong to this site.",
    Outcome.UNSUPPORTED_TYPE: "It is a file of another kind, such as a picture or a PDF, and not a page.",
    Outcome.UNSUPPORTED_ENCODING: "The site packed its answer in a way that cannot be unpacked.",
    Outcome.DECODE_ERROR: "The site's answer could not be unpacked.",
    Outcome.PARSE_ERROR: "Its HTML could not be read in time.",
}
CARRIED_OVER = "It stays in the documents as it was read before."


def reason_of(outcome: str, *, is_listed: bool = False) -> str:
    """What an outcome means; for a page that is listed all the same, also that it stays."""
    known = Outcome(outcome)
    reason = REASONS[known]
    return f"{reason} {CARRIED_OVER}" if is_listed and known not in PAGES else reason
