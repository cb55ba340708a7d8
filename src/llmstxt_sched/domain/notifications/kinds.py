"""What each kind of target takes when somebody makes or changes one: a new kind is one entry here.  Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from msgspec import Struct

from llmstxt_sched.domain.notifications.event import EventKind
from llmstxt_sched.domain.notifications.target import TargetKind
from llmstxt_sched.errors import InvalidInput

# A test is asked for, not chosen.
CHOSEN = tuple(kind for kind in EventKind if kind is not EventKind.TEST)

# As ntfy's server has it.
_TOPIC = re.compile(r"[-_A-Za-z0-9]{1,64}")

Options = dict[str, Any]


def no_options(options: Options) -> Options:
    """The options of a kind that has none.  Raises InvalidInput."""
    if options:
        raise InvalidInput("options", "must be empty: this kind of target has none")
    return options


def address_of_topic(address: str) -> str:
    """The address of a topic of ntfy: its server, and the topic as the last part of the path.  Raises InvalidInput."""
    parts = urlsplit(address)
    if parts.query or not _TOPIC.fullmatch(parts.path.rpartition("/")[2]):
        raise InvalidInput("address", "must end in the name of a topic, as in https://ntfy.sh/our-docs")
    return address


class KindRules(Struct, frozen=True, kw_only=True):
    """What a kind of target takes.

    `events` and `only_changes` are what one is told of if nothing else is asked for; with `is_fixed` nothing else can
    be.  `of_one_project` says that it cannot be one of all projects; `signs` that it has a secret, `takes_token` that
    it may have a token.  `check_options` returns the options as they are stored, `check_address` the address, or they
    raise InvalidInput.  An address passes the gate as well, unless it `is_mail`.
    """

    events: tuple[EventKind, ...] = CHOSEN
    only_changes: bool = True
    is_fixed: bool = False
    of_one_project: bool = False
    signs: bool = False
    takes_token: bool = False
    is_mail: bool = False
    check_options: Callable[[Options], Options] = no_options
    check_address: Callable[[str], str] = str


KINDS: Mapping[TargetKind, KindRules] = {
    TargetKind.WEBHOOK: KindRules(only_changes=False, signs=True),
    TargetKind.SLACK: KindRules(),
    TargetKind.DISCORD: KindRules(),
    TargetKind.TEAMS: KindRules(),
    TargetKind.NTFY: KindRules(takes_token=True, check_address=address_of_topic),
}


def rules_of(kind: TargetKind) -> KindRules:
    """What this kind takes.  Raises InvalidInput for one that cannot be made."""
    rules = KINDS.get(kind)
    if rules is None:
        raise InvalidInput("kind", f"must be one of {', '.join(KINDS)}")
    return rules
