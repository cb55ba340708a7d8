"""Follows redirects, hop by hop, past the gate."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import urljoin

from llmstxt_sched.domain import urls
from llmstxt_sched.domain.urls import Url
from llmstxt_sched.errors import AddressRefused, FetchFailed
from llmstxt_sched.outbound.gate import Gate
from llmstxt_sched.outbound.responses import Response

# Raises an error to stop a redirect to the given address from being followed.
Admit = Callable[[Url], Awaitable[None]]


class RedirectRefused(AddressRefused):
    """The gate refuses the target of a redirect; the address originally requested was allowed."""


async def follow(
    gate: Gate, response: Response, hops: int, admit: Admit | None, get: Callable[[Url], Awaitable[Response]]
) -> Response:
    """The answer at the end of the redirects that begin with `response`, each of which is fetched by `get`.

    Raises FetchFailed if they lead in a circle, further than `hops`, or to what is no address, and RedirectRefused.
    """
    start = response.url
    seen = {start}
    try:
        for _ in range(hops):
            address = gate.check_url(redirect_target(response.url, response.location), is_exact=True)
            if address in seen:
                raise FetchFailed("redirect_loop", f"{start} redirects back to {address}")
            seen.add(address)
            if admit:
                await admit(address)
            response = await get(address)
            if not response.location:
                return response
    except AddressRefused as refusal:
        raise _refused_redirect(response.url, refusal) from None
    raise FetchFailed("too_many_redirects", f"{start} redirects more than {hops} times")


def redirected_to(gate: Gate, url: Url, location: str) -> Url:
    """Where the Location header `location` in the response of `url` leads, without what identifies a visitor.

    Raises RedirectRefused, and FetchFailed as `redirect_target` does.
    """
    try:
        return gate.check_url(redirect_target(url, location))
    except AddressRefused as refusal:
        raise _refused_redirect(url, refusal) from None


def _refused_redirect(url: Url, refusal: AddressRefused) -> RedirectRefused:
    return RedirectRefused(refusal.code, f"{url} redirects to where this service does not go: {refusal.message}")


def redirect_target(url: Url, location: str) -> str:
    """The absolute URL of the Location header `location` in the response of `url`.

    Raises FetchFailed("bad_redirect") if it is not a URL, or leads from https to http.
    """
    try:
        # Bytes that are no UTF-8 mean themselves, as they do to browsers.
        target = urljoin(str(url), urls.escape_undecoded(location).strip())
    except ValueError:
        raise FetchFailed("bad_redirect", f"{url} redirects to what is no address") from None
    if url.scheme == "https" and target.lower().startswith("http:"):
        raise FetchFailed("bad_redirect", f"{url} redirects from https to http")
    return target
