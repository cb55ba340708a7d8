"""Which sender tells which kind of target: a new kind is one line here."""

from __future__ import annotations

from functools import partial

from llmstxt_sched.domain.notifications.target import TargetKind
from llmstxt_sched.notify import chats, deploy_hook, heartbeat, webhook
from llmstxt_sched.notify.mail import tell
from llmstxt_sched.notify.mail.smtp import SmtpServer
from llmstxt_sched.notify.message import Sender
from llmstxt_sched.outbound.client import Client


def senders(client: Client, mail: SmtpServer | None = None) -> dict[TargetKind, Sender]:
    """The senders, by the kind of target that each is for; without a server for `mail` none is sent."""
    return {
        TargetKind.EMAIL: partial(tell.tell, mail) if mail else tell.refuse,
        TargetKind.WEBHOOK: partial(webhook.tell, client),
        TargetKind.SLACK: partial(chats.tell_slack, client),
        TargetKind.DISCORD: partial(chats.tell_discord, client),
        TargetKind.TEAMS: partial(chats.tell_teams, client),
        TargetKind.NTFY: partial(chats.tell_ntfy, client),
        TargetKind.HEARTBEAT: partial(heartbeat.tell, client),
        TargetKind.DEPLOY_HOOK: partial(deploy_hook.tell, client),
    }
