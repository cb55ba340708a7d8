"""Signing in and out, one's own account and its sessions, over HTTP."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, Request, Response, delete, get, patch, post
from msgspec import UNSET, Meta, Struct, UnsetType

from llmstxt_sched.api.middleware.client_address import client_address
from llmstxt_sched.api.middleware.session_cookie import SessionCookie
from llmstxt_sched.api.requests.paging import Cursor, Listing, PagedList, PageSize
from llmstxt_sched.domain.times import Time
from llmstxt_sched.domain.user import Identity, Role
from llmstxt_sched.errors import InvalidInput
from llmstxt_sched.services.people.sessions import BegunSession, Guest, Sessions
from llmstxt_sched.services.people.users import Account, AccountPatch, Users
from llmstxt_sched.services.rate_limits import RateLimits
from llmstxt_sched.store.people.sessions import Session

Short = Annotated[str, Meta(min_length=1, max_length=200)]
# An operator may choose a longer one than we make.
Token = Annotated[str, Meta(min_length=1, max_length=4096)]
# The upper bound is generous: passwords are hashed, so their length costs nothing more.
Password = Annotated[str, Meta(max_length=1000)]


class SignIn(Struct, frozen=True, forbid_unknown_fields=True):
    """By what to sign in: a link's secret, a token, or name and password."""

    link: Short | None = None
    token: Token | None = None
    name: Short | None = None
    password: Password | None = None


class AccountPatchWire(Struct, frozen=True, forbid_unknown_fields=True):
    """What to change of one's own account; a new password needs the current one, if there is one."""

    name: str | UnsetType = UNSET
    password: Password | UnsetType = UNSET
    current_password: Password | UnsetType = UNSET


class MyselfWire(Struct, frozen=True):
    """Who asks: a user, or a token that is nobody's, which has no id.

    `role` is what this request may do: the lesser of the user's role and the token's scope.
    """

    id: UUID | None
    name: str
    role: Role
    has_password: bool


class MySessionWire(Struct, frozen=True):
    """The session of this request, and when it ends if it is used until then."""

    id: UUID
    expires_at: Time


class MeWire(Struct, frozen=True):
    """Who asks; `session` is null for a token.

    `needs_current_password` says whether a new password needs the current one; `owns_account`, whether name and
    password can be changed here at all; `is_first_start`, that there is no project yet; `sends_mail`, whether the
    service has a mail server.
    """

    user: MyselfWire
    session: MySessionWire | None
    owns_account: bool
    needs_current_password: bool
    is_first_start: bool
    version: str
    sends_mail: bool


class SessionWire(Struct, frozen=True):
    """A session of who asks."""

    id: UUID
    created_at: Time
    last_used_at: Time
    address: str
    user_agent: str
    is_current: bool


class MeController(Controller):
    """Who asks, and their account."""

    path = "/api/me"
    tags = ("sessions",)

    @get(operation_id="get_me")
    async def me(self, request: Request[Any, Identity, Any], users: Users, version: str, sends_mail: bool) -> MeWire:
        """Who asks."""
        return show_me(await users.account(request.auth), version, sends_mail=sends_mail)

    @patch(operation_id="edit_me")
    async def edit(
        self,
        request: Request[Any, Identity, Any],
        users: Users,
        limits: RateLimits,
        version: str,
        sends_mail: bool,
        data: AccountPatchWire,
    ) -> MeWire:
        """Change one's own name or password; a new password ends all other sessions."""
        given = {name: value for name in data.__struct_fields__ if (value := getattr(data, name)) is not UNSET}
        if "current_password" in given:
            # Counted as an attempt to sign in: whoever took over a session could otherwise try passwords here.
            await limits.sign_in(_address(request), request.auth.name)
        return show_me(await users.edit_account(request.auth, AccountPatch(**given)), version, sends_mail=sends_mail)


class SessionsController(Controller):
    """Signing in and out."""

    path = "/api/sessions"
    tags = ("sessions",)

    # Open to all, also in the description of the API.
    @post(security=[{}], operation_id="sign_in")
    async def begin(
        self,
        request: Request[Any, None, Any],
        sessions: Sessions,
        users: Users,
        limits: RateLimits,
        session_cookie: SessionCookie,
        version: str,
        sends_mail: bool,
        data: SignIn,
    ) -> Response[MeWire]:
        """Sign in by a link, by a token, or by name and password; the answer sets the cookie."""
        guest = Guest(_address(request), request.headers.get("user-agent", ""), session_cookie.read(request))
        await limits.sign_in(guest.address, data.name)
        begun = await _begin(sessions, data, guest)
        account = await users.account(begun.identity)
        me = show_me(account, version, sends_mail=sends_mail)
        return Response(me, status_code=201, cookies=[session_cookie.holding(begun.secret)])

    @get(operation_id="list_sessions")
    async def many(
        self, request: Request[Any, Identity, Any], sessions: Sessions, limit: PageSize = 50, cursor: Cursor = None
    ) -> Listing[SessionWire]:
        """One's own sessions, newest first."""
        identity = request.auth
        listed = PagedList(tuple[datetime, UUID], "sessions", identity.person_id)
        found = await sessions.page(identity, listed.read(cursor), limit + 1)
        return listed.page(
            found, limit, lambda each: _show(each, identity.session_id), lambda each: (each.created_at, each.id)
        )

    @delete("/current", status_code=204, security=[{}], operation_id="sign_out")
    async def sign_out(
        self, request: Request[Any, None, Any], sessions: Sessions, session_cookie: SessionCookie
    ) -> Response[None]:
        """Sign out; the answer removes the cookie, also if its session has ended before."""
        if secret := session_cookie.read(request):
            await sessions.sign_out(secret)
        return Response(None, status_code=204, cookies=[session_cookie.cleared()])

    @delete("/{session_id:uuid}", operation_id="end_session")
    async def end(self, request: Request[Any, Identity, Any], sessions: Sessions, session_id: UUID) -> None:
        """End one of one's own sessions."""
        await sessions.end(request.auth, session_id)


def show_me(account: Account, version: str, *, sends_mail: bool) -> MeWire:
    """Convert who asks to the wire struct."""
    identity = account.identity
    ends = identity.session_expires_at
    return MeWire(
        user=MyselfWire(identity.user_id, identity.name, identity.role, account.has_password),
        session=MySessionWire(identity.session_id, ends) if identity.session_id and ends else None,
        owns_account=identity.owns_account,
        needs_current_password=account.needs_current_password,
        is_first_start=account.is_first_start,
        version=version,
        sends_mail=sends_mail,
    )


async def _begin(sessions: Sessions, data: SignIn, guest: Guest) -> BegunSession:
    match data:
        case SignIn(link=str(link), token=None, name=None, password=None):
            return await sessions.begin_by_link(link, guest)
        case SignIn(link=None, token=str(token), name=None, password=None):
            return await sessions.begin_by_token(token, guest)
        case SignIn(link=None, token=None, name=str(name), password=str(password)):
            return await sessions.begin_by_password(name, password, guest)
    raise InvalidInput("", "send one of: a link, a token, or a name with a password")


def _address(request: Request[Any, Any, Any]) -> str:
    return client_address(request, request.app.state.trusted_proxies)


def _show(session: Session, current: UUID | None) -> SessionWire:
    return SessionWire(
        id=session.id,
        created_at=session.created_at,
        last_used_at=session.last_used_at,
        address=session.address,
        user_agent=session.user_agent,
        is_current=session.id == current,
    )
