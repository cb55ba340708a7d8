"""Users over HTTP."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Controller, Request, delete, get, patch, post
from litestar.params import QueryParameter
from msgspec import Struct

from llmstxt_sched.api.middleware.access import once, secret_of
from llmstxt_sched.api.middleware.session_cookie import SessionCookie
from llmstxt_sched.api.requests.calls import TAKES_KEY
from llmstxt_sched.api.requests.paging import Cursor, Listing, PagedList, PageSize
from llmstxt_sched.domain.times import Time
from llmstxt_sched.domain.user import Identity, Role
from llmstxt_sched.services.people.users import Invitation, Users
from llmstxt_sched.store.idempotency import StoredResponse
from llmstxt_sched.store.people.users import User


class UserCreate(Struct, frozen=True, forbid_unknown_fields=True):
    """A user to invite."""

    name: str
    role: Role


class UserPatch(Struct, frozen=True, forbid_unknown_fields=True):
    """The fields of a user to change."""

    name: str | None = None
    role: Role | None = None


class UserWire(Struct, frozen=True):
    """One user; without a password they sign in by links only."""

    id: UUID
    name: str
    role: Role
    has_password: bool
    created_at: Time
    last_seen_at: Time | None


class InvitationWire(Struct, frozen=True):
    """A new user, and the link by which they sign in once; it is never shown again."""

    user: UserWire
    link: str
    expires_at: Time


class LinkWire(Struct, frozen=True):
    """A link by which a user signs in once; it is never shown again."""

    link: str
    expires_at: Time


class UsersController(Controller):
    """The people who use this service."""

    path = "/api/users"
    tags = ("users",)

    @get(operation_id="list_users")
    async def many(self, users: Users, limit: PageSize = 50, cursor: Cursor = None) -> Listing[UserWire]:
        """All users by name."""
        listed = PagedList(tuple[str, UUID], "users")
        found = await users.page(listed.read(cursor), limit + 1)
        return listed.page(found, limit, _show, lambda user: (user.name, user.id))

    @post(opt={TAKES_KEY: True}, operation_id="invite_user")
    async def invite(
        self, request: Request[Any, Identity, Any], users: Users, session_cookie: SessionCookie, data: UserCreate
    ) -> InvitationWire:
        """Create a user; the link to give to them is valid once, for seven days."""
        asker = secret_of(request, session_cookie)
        made = await users.invite(data.name, data.role, asker, await once(request, _kept))
        return InvitationWire(_show(made.user), made.link, made.expires_at)

    @patch("/{user_id:uuid}", operation_id="edit_user")
    async def edit(self, users: Users, user_id: UUID, data: UserPatch) -> UserWire:
        """Change a user's name or role."""
        return _show(await users.edit(user_id, data.name, data.role))

    @delete("/{user_id:uuid}", operation_id="delete_user")
    async def remove(self, users: Users, user_id: UUID) -> None:
        """Delete a user with their tokens and sessions."""
        await users.delete(user_id)

    @delete("/{user_id:uuid}/sessions", operation_id="sign_out_user")
    async def sign_out(
        self, users: Users, user_id: UUID, with_tokens: Annotated[bool, QueryParameter(name="tokens")] = False
    ) -> None:
        """End all sessions of a user, and the links that were not used; with `tokens` revoke their tokens, too."""
        await users.sign_out(user_id, with_tokens=with_tokens)

    @delete("/{user_id:uuid}/tokens", operation_id="revoke_tokens_of_user")
    async def revoke_tokens(self, users: Users, user_id: UUID) -> None:
        """Revoke all tokens of a user; their other sessions remain."""
        await users.revoke_tokens(user_id)

    @post("/{user_id:uuid}/link", opt={TAKES_KEY: True}, operation_id="renew_link")
    async def renew_link(
        self, request: Request[Any, Identity, Any], users: Users, session_cookie: SessionCookie, user_id: UUID
    ) -> LinkWire:
        """Make a new link for a user, valid once, for 24 hours; those that were not used end."""
        made = await users.renew_link(user_id, secret_of(request, session_cookie), await once(request, _kept))
        return LinkWire(made.link, made.expires_at)


def _show(user: User) -> UserWire:
    return UserWire(**{name: getattr(user, name) for name in UserWire.__struct_fields__})


def _kept(invitation: Invitation) -> StoredResponse:
    """The response to store: without the link, which must not be in the database."""
    return StoredResponse(201, msgspec.json.encode(invitation))
