"""What is secret of a target: stored sealed, and opened for its deliveries alone."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct, structs

from llmstxt_sched.domain.notifications.target import TargetKind
from llmstxt_sched.notify.message import Destination
from llmstxt_sched.services.secrets import Secrets

# Each signs, so that a header holds no more than receivers take.
MAX_OLDER = 3


class OlderSecret(Struct, frozen=True):
    """A secret before the one before the present one; `repr` shows nothing of it."""

    secret: str
    until: datetime

    def __repr__(self) -> str:
        return "OlderSecret(…)"


class TargetSecrets(Struct, frozen=True, omit_defaults=True):
    """The address, the secret that signs, the one before it and until when that signs too, `older` ones, and a token.

    `repr` shows none of them.
    """

    address: str
    secret: str = ""
    old_secret: str = ""
    old_secret_until: datetime | None = None
    older: tuple[OlderSecret, ...] = ()
    token: str = ""

    def __repr__(self) -> str:
        return "TargetSecrets(…)"

    def old_secret_at(self, now: datetime) -> str:
        """The secret before the present one, as long as it signs too; else empty."""
        return self.old_secret if self.old_secret_until and now < self.old_secret_until else ""

    def older_at(self, now: datetime) -> tuple[OlderSecret, ...]:
        """The secrets before that one, as long as they sign too."""
        return tuple(each for each in self.older if now < each.until)

    def rotated(self, secret: str, now: datetime, until: datetime) -> TargetSecrets:
        """With `secret` as the present one; the one before signs `until` then, and what else signs `now` does so on."""
        older = self.older_at(now)
        if self.old_secret_until and self.old_secret_at(now):
            older = (OlderSecret(self.old_secret, self.old_secret_until), *older)[:MAX_OLDER]
        return structs.replace(self, secret=secret, old_secret=self.secret, old_secret_until=until, older=older)


def seal(secrets: Secrets, target_id: UUID, opened: TargetSecrets) -> bytes:
    """Seal them for the target alone.  Raises Conflict without a key."""
    return secrets.seal(target_id, msgspec.json.encode(opened))


def unseal(secrets: Secrets, target_id: UUID, sealed: bytes) -> tuple[TargetSecrets, bool]:
    """The secrets, and whether they were sealed with the newest key.  Raises UnreadableSecret."""
    opened, is_newest = secrets.open(target_id, sealed)
    return msgspec.json.decode(opened, type=TargetSecrets), is_newest


def destination_of(
    kind: TargetKind, shown: str, options: dict[str, Any], opened: TargetSecrets, now: datetime
) -> Destination:
    """The target as its sender needs it."""
    return Destination(
        kind=kind,
        address=opened.address,
        shown=shown,
        options=options,
        secret=opened.secret,
        old_secret=opened.old_secret_at(now),
        older_secrets=tuple(each.secret for each in opened.older_at(now)),
        token=opened.token,
    )
