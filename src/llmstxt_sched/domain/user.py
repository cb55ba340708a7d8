"""Users: what their roles and the scopes of their tokens allow, and how they may be named."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from enum import StrEnum
from typing import Literal
from uuid import UUID

from msgspec import Struct

from llmstxt_sched.errors import InvalidInput

MAX_NAME = 100
BegunWith = Literal["link", "password", "token"]


class Role(StrEnum):
    """What a user may do, each more than the one before: read, change projects, manage users."""

    VIEWER = "viewer"
    EDITOR = "editor"
    ADMIN = "admin"

    def allows(self, needed: Role) -> bool:
        """Whether this role may do what `needed` may."""
        return _ORDER.index(self) >= _ORDER.index(needed)


class TokenScope(StrEnum):
    """What a token may do, at most: as much as a viewer, an editor, an admin."""

    READ = "read"
    WRITE = "write"
    ADMIN = "admin"


_ORDER = (Role.VIEWER, Role.EDITOR, Role.ADMIN)
_ROLES = dict(zip(TokenScope, _ORDER, strict=True))
_SCOPES = dict(zip(_ORDER, TokenScope, strict=True))


def lesser(one: Role, other: Role) -> Role:
    """The role that may do less."""
    return min(one, other, key=_ORDER.index)


def role_of(scope: TokenScope) -> Role:
    """The role that may do as much as a token of this scope."""
    return _ROLES[scope]


def scope_of(role: Role) -> TokenScope:
    """The scope of a token that may do as much as this role."""
    return _SCOPES[role]


class Identity(Struct, frozen=True, kw_only=True):
    """Who asks: a user by one of their tokens or in a session, or a token that is nobody's.

    A session that was begun with a token has a `session_id` and a `token_id`.  `was_let_in_by_link` is true for the
    first hour of one that was begun with a link.
    """

    user_id: UUID | None = None
    user_name: str | None = None
    user_role: Role | None = None
    token_id: UUID | None = None
    token_name: str | None = None
    scope: TokenScope | None = None
    token_expires_at: datetime | None = None
    session_id: UUID | None = None
    session_expires_at: datetime | None = None
    was_let_in_by_link: bool = False

    @property
    def role(self) -> Role:
        """What may be done: the lesser of the user's role and the token's scope.

        Tokens that are nobody's are limited by their scope alone.
        """
        return lesser(self.user_role or Role.ADMIN, role_of(self.scope) if self.scope else Role.ADMIN)

    @property
    def name(self) -> str:
        """The name of the user, or of a token that is nobody's."""
        return self.user_name or self.token_name or ""

    @property
    def person_id(self) -> UUID | None:
        """Whose share is used up, however many tokens they have: the user, or a token that is nobody's."""
        return self.user_id or self.token_id

    @property
    def is_read_only(self) -> bool:
        """Whether nothing may be changed, not even what is the user's own."""
        return self.scope is TokenScope.READ

    @property
    def owns_account(self) -> bool:
        """Whether the user's account may be changed.

        Not by a token: with a password or a session of its own, whoever found it would stay when it is revoked.
        """
        return self.user_id is not None and self.token_id is None

    @property
    def owner_id(self) -> UUID | None:
        """What an Idempotency-Key belongs to: the token of a request; in a session the user, if there is one."""
        return self.user_id if self.session_id and self.user_id else self.token_id


def refusal(identity: Identity, needed: Role) -> str | None:
    """Why `identity` may not do what needs the role `needed`; None if it may."""
    if identity.role.allows(needed):
        return None
    if identity.scope and not role_of(identity.scope).allows(needed):
        may = "only read" if identity.is_read_only else "not administer"
        return f"this token may {may}: use one with the scope '{scope_of(needed)}'"
    return f"your role is {identity.role}, and this needs an {needed}: ask an admin"


def normalise_name(name: str) -> str:
    """The name as it is stored: without white space around it, and in one of the ways to write it."""
    return unicodedata.normalize("NFC", name).strip()


def check_user_name(name: str) -> str:
    """The name as it is stored.  Raises InvalidInput."""
    name = normalise_name(name)
    if not name or not name.isprintable() or len(name) > MAX_NAME:
        raise InvalidInput("name", f"must be one line of 1 to {MAX_NAME} characters")
    return name
