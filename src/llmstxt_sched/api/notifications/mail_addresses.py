"""What the reader of a mail may do by its links, without an account: confirm an address, and end what is sent to it."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Controller, MediaType, Request, Response, post, route
from litestar.exceptions import NotFoundException
from msgspec import Meta, Struct

from llmstxt_sched.api.frontend.assets import DIGEST, WEB
from llmstxt_sched.api.frontend.views import HEADERS
from llmstxt_sched.api.requests.methods import READ
from llmstxt_sched.errors import InvalidInput, NotFound
from llmstxt_sched.services.notifications.mail.addresses import MailAddresses

# Tokens have less, in letters and digits.
LinkToken = Annotated[str, Meta(min_length=1, max_length=200, pattern=r"^[A-Za-z0-9_-]*$")]
# The field that the provider of a mailbox sends for one click (RFC 8058, section 3.1), and our own page as well.
ONE_CLICK = ("List-Unsubscribe", "One-Click")
MAX_FORM_BYTES = 1000
_PAGES = {
    name: (WEB / f"{name}.html").read_text().replace("{digest}", DIGEST).encode()
    for name in ("unsubscribe", "unsubscribed", "not-subscribed")
}


class Confirmation(Struct, frozen=True, forbid_unknown_fields=True):
    """The token of the link that was sent to an address."""

    token: LinkToken


class ConfirmedWire(Struct, frozen=True):
    """An address that is confirmed; without a project it is told of all of them."""

    address: str
    project_name: str | None


class ConfirmController(Controller):
    """Confirming an address of mail."""

    path = "/api/notifications/confirm"
    tags = ("notifications",)

    @post(status_code=200, operation_id="confirm_address", raises=[NotFoundException])
    async def confirm(self, mail_addresses: MailAddresses, data: Confirmation) -> ConfirmedWire:
        """Confirm an address by the token of the link in its mail, which is valid for 7 days; no account is needed."""
        confirmed = await mail_addresses.confirm(data.token)
        return ConfirmedWire(confirmed.address, confirmed.project_name)


class UnsubscribeController(Controller):
    """Unsubscribing, for readers and the providers of their mailboxes: a form, so none of the calls of the API."""

    path = "/api/notifications/unsubscribe/{token:str}"
    include_in_schema = False

    @route(http_method=READ)
    async def ask(self, mail_addresses: MailAddresses, token: str) -> Response[bytes]:
        """A page with a button: following the link alone ends nothing, since scanners of mail follow links."""
        return _page("unsubscribe") if mail_addresses.knows(token) else _page("not-subscribed", 404)

    @post(status_code=200, request_max_body_size=MAX_FORM_BYTES)
    async def end(self, request: Request[Any, Any, Any], mail_addresses: MailAddresses, token: str) -> Response[bytes]:
        """End what is sent to the address of the mail that the link is from."""
        if ONE_CLICK not in await _fields(request):
            raise InvalidInput("", "the body must be the form List-Unsubscribe=One-Click")
        try:
            await mail_addresses.unsubscribe(token)
        except NotFound:
            return _page("not-subscribed", 404)
        return _page("unsubscribed")


async def _fields(request: Request[Any, Any, Any]) -> list[tuple[str, Any]]:
    return list((await request.form()).multi_items())


def _page(name: str, status: int = 200) -> Response[bytes]:
    return Response(_PAGES[name], status_code=status, media_type=MediaType.HTML, headers=HEADERS)
