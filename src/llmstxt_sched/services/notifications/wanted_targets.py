"""Targets as somebody wants them: what is checked before one is stored."""

from __future__ import annotations

import secrets as random_secrets
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from msgspec import UNSET, Struct, UnsetType, structs

from llmstxt_sched.domain.notifications.addresses import shown_address
from llmstxt_sched.domain.notifications.event import EventKind
from llmstxt_sched.domain.notifications.signing import KEY_BYTES, key_of, secret_of
from llmstxt_sched.domain.notifications.target import TargetKind
from llmstxt_sched.domain.notifications.target_kinds import KindRules, rules_of
from llmstxt_sched.errors import AddressRefused, Faults, InvalidInput
from llmstxt_sched.outbound.gate import Gate
from llmstxt_sched.services.notifications.sealing import TargetSecrets, seal, unseal
from llmstxt_sched.services.secrets import Secrets
from llmstxt_sched.store.notifications.targets import Target, TargetDetails


class WantedTarget(Struct, frozen=True, kw_only=True):
    """A target that somebody wants; None stands for what its kind has if nothing is said."""

    project_id: UUID | None
    kind: TargetKind
    name: str
    address: str
    events: tuple[EventKind, ...] | None = None
    only_changes: bool | None = None
    is_ordered: bool = False
    options: dict[str, Any] = {}
    secret: str | None = None
    token: str | None = None
    is_enabled: bool = True

    def __repr__(self) -> str:
        return f"WantedTarget({self.kind}, {self.name!r})"


class TargetPatch(Struct, frozen=True, kw_only=True):
    """The fields of a target that somebody changes."""

    name: str | UnsetType = UNSET
    address: str | UnsetType = UNSET
    events: tuple[EventKind, ...] | UnsetType = UNSET
    only_changes: bool | UnsetType = UNSET
    is_ordered: bool | UnsetType = UNSET
    options: dict[str, Any] | UnsetType = UNSET
    token: str | UnsetType = UNSET
    is_enabled: bool | UnsetType = UNSET

    @property
    def given(self) -> dict[str, Any]:
        """The fields that are to change."""
        return {name: value for name, value in structs.asdict(self).items() if value is not UNSET}


class TargetChecks:
    """Checks what is wanted against the rules of its kind and the gate, and seals what is secret."""

    def __init__(self, secrets: Secrets, gate: Gate) -> None:
        self._secrets = secrets
        self._gate = gate

    def new(self, target_id: UUID, wanted: WantedTarget, rules: KindRules, faults: Faults) -> tuple[TargetDetails, str]:
        """The target as it is stored first, and its secret: a new one if it needs one and none is given.

        Raises InvalidInput with all that is wrong, and with `faults`, and Conflict where there is no key to seal with.
        """
        address, secret, token = wanted.address, "", ""
        options, events = wanted.options, wanted.events
        if rules.of_one_project and wanted.project_id is None:
            faults.note("project_id", "is needed: such a target is of one project")
        if wanted.secret is not None and not rules.signs:
            faults.note("secret", "must be left out: this kind of target signs nothing")
        with faults:
            address = self._checked_address(rules, address)
        with faults:
            secret = new_secret(wanted.secret) if rules.signs else ""
        with faults:
            token = _token(wanted.token or "", rules)
        with faults:
            _check_choice(rules, {"events": events, "only_changes": wanted.only_changes})
            events = _events(events) if events is not None else None
        with faults:
            options = rules.check_options(options)
        faults.tell()
        if rules.check:
            rules.check(options, address, token)
        opened = TargetSecrets(address=address, secret=secret, token=token)
        details = TargetDetails(
            id=target_id,
            project_id=wanted.project_id,
            kind=wanted.kind,
            name=wanted.name,
            events=events if events is not None else rules.events_of(options),
            only_changes=rules.only_changes if wanted.only_changes is None else wanted.only_changes,
            is_ordered=wanted.is_ordered or rules.is_ordered,
            options=options,
            shown_address=shown_address(wanted.kind, address),
            sealed=seal(self._secrets, target_id, opened),
            is_enabled=wanted.is_enabled,
        )
        return details, secret

    def changed(self, target: Target, patch: TargetPatch, faults: Faults) -> Target:
        """The target with the patch.

        Raises InvalidInput, also with `faults`, and Conflict where there is no key to seal with.
        """
        rules, given = rules_of(target.kind), patch.given
        secret_fields = {name: given.pop(name) for name in ("address", "token") if name in given}
        with faults:
            _check_choice(rules, given)
            if "events" in given:
                given["events"] = _events(given["events"])
        if "options" in given:
            with faults:
                given["options"] = rules.check_options(given["options"])
                if rules.is_fixed:
                    given["events"] = rules.events_of(given["options"])
        if "is_ordered" in given:
            given["is_ordered"] |= rules.is_ordered
        if secret_fields or ("options" in given and rules.check):
            opened, _ = unseal(self._secrets, target.id, target.sealed)
            address, token = opened.address, opened.token
            with faults:
                address = self._checked_address(rules, secret_fields.get("address", address))
            if token and address != opened.address and "token" not in secret_fields:
                # Whoever may change the address must not learn the token by it.
                faults.note("token", "must be entered again, because it would go to another address")
            with faults:
                token = _token(secret_fields.get("token", token), rules)
            faults.tell()
            if rules.check:
                rules.check(given.get("options", target.options), address, token)
            if address != opened.address:
                # Another receiver begins anew.
                given["failing_since"] = None
            opened = structs.replace(opened, address=address, token=token)
            given |= {
                "sealed": seal(self._secrets, target.id, opened),
                "shown_address": shown_address(target.kind, address),
            }
        faults.tell()
        return structs.replace(target, **given)

    def _checked_address(self, rules: KindRules, address: str) -> str:
        address = rules.check_address(address)
        if rules.is_mail:
            return address
        try:
            # As the client spells it, so that its errors name nothing else, and without a fragment.
            return str(self._gate.check_url(address, is_exact=True))
        except AddressRefused as refusal:
            raise InvalidInput("address", refusal.message) from None


def _check_choice(rules: KindRules, given: Mapping[str, Any]) -> None:
    for field in ("events", "only_changes") if rules.is_fixed else ():
        if given.get(field) is not None:
            raise InvalidInput(field, "must be left out: what this kind of target is told of is fixed")


def _events(wanted: tuple[EventKind, ...]) -> tuple[EventKind, ...]:
    if not wanted or EventKind.TEST in wanted:
        raise InvalidInput("events", "must name at least one kind of event, and not `test`, which is asked for")
    return tuple(kind for kind in EventKind if kind in wanted)


def new_secret(wanted: str | None) -> str:
    """The secret that is wanted, or a random one.  Raises InvalidInput for one of another form."""
    if wanted is None:
        return secret_of(random_secrets.token_bytes(KEY_BYTES))
    key_of(wanted)
    return wanted


def _token(wanted: str, rules: KindRules) -> str:
    if wanted and not rules.takes_token:
        raise InvalidInput("token", "must be left out: this kind of target takes none")
    if not wanted.isascii() or not wanted.isprintable() or " " in wanted:
        raise InvalidInput("token", "must be printable ASCII without spaces")
    return wanted
