"""What each kind of target takes when somebody makes or changes one: a new kind is one entry here.  Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Literal, TypeVar, get_args, get_origin
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct

from llmstxt_sched.domain.notifications.deploy_hook import DeployHookOptions, check_deploy_hook
from llmstxt_sched.domain.notifications.event import EventKind
from llmstxt_sched.domain.notifications.git import GitOptions, check_git_options, check_git_target
from llmstxt_sched.domain.notifications.heartbeat import HeartbeatOptions
from llmstxt_sched.domain.notifications.mail_address import check_mail_address
from llmstxt_sched.domain.notifications.mail_options import read_mail_options
from llmstxt_sched.domain.notifications.target import TargetKind
from llmstxt_sched.errors import Faults, InvalidInput
from llmstxt_sched.value_words import in_words

# A test is asked for, not chosen.
CHOSEN = tuple(kind for kind in EventKind if kind is not EventKind.TEST)

# As ntfy's server has it.
_TOPIC = re.compile(r"[-_A-Za-z0-9]{1,64}")

Options = dict[str, Any]

T = TypeVar("T", bound=Struct)


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
    be, and `events_by` may say by the options what.  With `is_ordered` deliveries are always made in their order.
    `of_one_project` says that it cannot be one of all projects; `signs` that it has a secret, `takes_token` that it may
    have a token.  `check_options` returns the options as they are stored, `check_address` the address, or they raise
    InvalidInput, as `check` does of options, address and token together.  An address passes the gate as well, unless it
    `is_mail`.
    """

    events: tuple[EventKind, ...] = CHOSEN
    only_changes: bool = True
    is_fixed: bool = False
    of_one_project: bool = False
    signs: bool = False
    takes_token: bool = False
    is_mail: bool = False
    is_ordered: bool = False
    check_options: Callable[[Options], Options] = no_options
    check_address: Callable[[str], str] = str
    check: Callable[[Options, str, str], None] | None = None
    events_by: Callable[[Options], tuple[EventKind, ...]] | None = None

    def events_of(self, options: Options) -> tuple[EventKind, ...]:
        """What a target with these options is told of if nothing else is asked for."""
        return self.events_by(options) if self.events_by else self.events


def read_options(options: Options, kind: type[T]) -> T:
    """The options as a struct.  Raises InvalidInput."""
    known = {field.encode_name: field for field in msgspec.structs.fields(kind)}
    faults = Faults()
    for name, value in options.items():
        if name not in known:
            message = f"is no option of this kind of target, which are {', '.join(known)}"
            faults.note(f"options.{name[:100]}", message)
        else:
            with faults:
                _check_option(f"options.{name}", value, known[name].type)
    for name, field in known.items():
        if field.required and name not in options:
            faults.note(f"options.{name}", "is needed")
    faults.tell()
    return msgspec.convert(options, kind)


def _check_option(name: str, value: Any, kind: Any) -> None:
    if get_origin(kind) is Literal and value not in get_args(kind):
        raise InvalidInput(name, f"must be one of {', '.join(map(repr, get_args(kind)))}")
    try:
        msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        raise InvalidInput(name, in_words(str(error))) from None


def _heartbeat_options(options: Options) -> Options:
    read_options(options, HeartbeatOptions)
    return options


def _heartbeat_events(options: Options) -> tuple[EventKind, ...]:
    return read_options(options, HeartbeatOptions).events


def _deploy_hook_options(options: Options) -> Options:
    read_options(options, DeployHookOptions)
    return options


def _deploy_hook(options: Options, address: str, token: str) -> None:
    check_deploy_hook(read_options(options, DeployHookOptions), address, has_token=bool(token))


def _git(kind: TargetKind) -> KindRules:
    def checked(options: Options) -> Options:
        check_git_options(kind, read_options(options, GitOptions))
        return options

    return KindRules(
        events=(EventKind.RUN_COMPLETED,),
        is_fixed=True,
        of_one_project=True,
        takes_token=True,
        is_ordered=True,
        check_options=checked,
        check=_git_target,
    )


def _git_target(options: Options, address: str, token: str) -> None:
    check_git_target(read_options(options, GitOptions), address, has_token=bool(token))


KINDS: Mapping[TargetKind, KindRules] = {
    TargetKind.WEBHOOK: KindRules(only_changes=False, signs=True),
    TargetKind.SLACK: KindRules(),
    TargetKind.DISCORD: KindRules(),
    TargetKind.TEAMS: KindRules(),
    TargetKind.NTFY: KindRules(takes_token=True, check_address=address_of_topic),
    TargetKind.EMAIL: KindRules(is_mail=True, check_address=check_mail_address, check_options=read_mail_options),
    TargetKind.HEARTBEAT: KindRules(
        only_changes=False,
        is_fixed=True,
        of_one_project=True,
        check_options=_heartbeat_options,
        events_by=_heartbeat_events,
    ),
    TargetKind.DEPLOY_HOOK: KindRules(
        events=(EventKind.RUN_COMPLETED,),
        is_fixed=True,
        of_one_project=True,
        takes_token=True,
        is_ordered=True,
        check_options=_deploy_hook_options,
        check=_deploy_hook,
    ),
    TargetKind.GITHUB: _git(TargetKind.GITHUB),
    TargetKind.GITLAB: _git(TargetKind.GITLAB),
}


def rules_of(kind: TargetKind) -> KindRules:
    """What this kind takes.  Raises InvalidInput for one that cannot be made."""
    rules = KINDS.get(kind)
    if rules is None:
        raise InvalidInput("kind", f"must be one of {', '.join(KINDS)}")
    return rules
