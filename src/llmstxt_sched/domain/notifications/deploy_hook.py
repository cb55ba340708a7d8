"""What starts a deployment of a site elsewhere.  Pure."""

from __future__ import annotations

import re

from msgspec import Struct

from llmstxt_sched.errors import InvalidInput

# GitHub, "Create a repository dispatch event".
MAX_EVENT_TYPE = 100
_DISPATCHES = re.compile(r"https?://[^?#]+/repos/[^/?#]+/[^/?#]+/dispatches")
_LINE = re.compile(r"[^\x00-\x1f\x7f-\x9f\ud800-\udfff]+")


class DeployHookOptions(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The options of a target of kind deploy_hook.

    `event_type` is that of a `repository_dispatch` of GitHub; without it the address alone starts the deployment.
    """

    event_type: str = ""


def check_deploy_hook(options: DeployHookOptions, address: str, *, has_token: bool) -> None:
    """Raise InvalidInput unless address, event type and token are all of one kind of hook."""
    is_dispatch = _DISPATCHES.fullmatch(address) is not None
    if not options.event_type:
        if is_dispatch:
            raise InvalidInput("options.event_type", "a repository_dispatch needs the type of its event")
        if has_token:
            raise InvalidInput("token", "only a repository_dispatch has a token: a hook's address is its secret")
        return
    if len(options.event_type) > MAX_EVENT_TYPE or not _LINE.fullmatch(options.event_type):
        raise InvalidInput("options.event_type", f"it is one line of at most {MAX_EVENT_TYPE} characters")
    if not is_dispatch:
        message = "a repository_dispatch is sent to https://api.github.com/repos/OWNER/NAME/dispatches"
        raise InvalidInput("address", message)
    if not has_token:
        raise InvalidInput("token", "a repository_dispatch needs a token with Contents: read and write")
