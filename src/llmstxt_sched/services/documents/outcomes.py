"""Says in a sentence what the outcome of visiting an address means, and if that helps what to do about it."""

from __future__ import annotations

from collections.abc import Mapping

from llmstxt_sched.crawler.model import PAGES, Outcome

REASONS: Mapping[Outcome, str] = {
    Outcome.OK: "It was read and holds a page.",
    Outcome.NOT_MODIFIED: "The site says that it has not changed since it was read before.",
    Outcome.DUPLICATE: "It repeats another page, which stands in the documents instead.",
    Outcome.EMPTY: "It was read and holds no text, perhaps because scripts build the page in the browser.",
    Outcome.REDIRECTED: "It redirects to another address, of which its own entry tells.",
    Outcome.NOINDEX: "The page asks not to be indexed, by a robots meta tag or an X-Robots-Tag header.",
    Outcome.ROBOTS: "The site's robots.txt forbids it, or keeps it from models.",
    Outcome.ROBOTS_UNREACHABLE: "The robots.txt of its host could not be had, so it was not asked for.",
    Outcome.GONE: "The site says that there is no such page, by 404 or 410, or as it does for a made-up address.",
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


LEFT_OUT = (
    "It is in a language, or of a version, that the documents of this project do not hold, or shows another page for "
    "printing."
)


def reason_of(outcome: str, *, is_listed: bool | None = None) -> str:
    """What an outcome means; if it is known whether the page is listed, also why it is or is not."""
    known = Outcome(outcome)
    reason = REASONS[known]
    if is_listed is None or is_listed == (known in PAGES):
        return reason
    return f"{reason} {CARRIED_OVER if is_listed else LEFT_OUT}"
