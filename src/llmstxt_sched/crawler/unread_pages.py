"""What an answer that is no page says of the page that was at its address.  Pure."""

from __future__ import annotations

from llmstxt_sched.crawler.model import Outcome

# Outcomes that do not tell whether the page still exists.
_UNCERTAIN = frozenset(
    {
        Outcome.ROBOTS_UNREACHABLE,
        Outcome.TIMEOUT,
        Outcome.TOO_LARGE,
        Outcome.RATE_LIMITED,
        Outcome.PROTOCOL_ERROR,
        Outcome.CONNECT_ERROR,
        Outcome.DNS_ERROR,
        Outcome.TLS_ERROR,
        Outcome.DECODE_ERROR,
        Outcome.UNSUPPORTED_ENCODING,
        Outcome.PARSE_ERROR,
    }
)
_FIRST_SERVER_ERROR = 500
# Request Timeout and Too Early (RFC 9110, section 15.5.9; RFC 8470): the server did not look at the page.
_UNCERTAIN_STATUSES = frozenset({408, 425})
# Outcomes that may be a mistake and gone tomorrow: a login, an empty answer, another type.
_REFUSED = frozenset({Outcome.HTTP_ERROR, Outcome.EMPTY, Outcome.UNSUPPORTED_TYPE})


def is_uncertain(outcome: str, status: int | None) -> bool:
    """Whether the page may be there all the same."""
    is_unanswered = status is not None and (status >= _FIRST_SERVER_ERROR or status in _UNCERTAIN_STATUSES)
    return (outcome == Outcome.HTTP_ERROR and is_unanswered) or outcome in _UNCERTAIN


def is_refused(outcome: str) -> bool:
    """Whether there was an answer, but no page: with a 401, 403 or the like, or nothing to read in it."""
    return outcome in _REFUSED
