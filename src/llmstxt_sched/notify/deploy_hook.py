"""Deploy hooks: a POST to an address of Netlify, Vercel or Cloudflare Pages, or a repository_dispatch of GitHub."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from llmstxt_sched.domain.notifications.deploy_hook import DeployHookOptions
from llmstxt_sched.notify.git import github
from llmstxt_sched.notify.git.rest_api import Refused, RestApi, answer_of
from llmstxt_sched.notify.http import SECONDS, ask
from llmstxt_sched.notify.message import Answer, Message, Telling
from llmstxt_sched.outbound.client import Client

_GONE = "there is no such hook (any more): make a new one, and enter its address"


async def tell(client: Client, telling: Telling) -> Answer:
    """Start the deployment."""
    destination, message = telling.destination, telling.message
    options = msgspec.convert(destination.options, DeployHookOptions)
    if options.event_type:
        root = destination.address.removesuffix("/dispatches")
        api = RestApi(client, root, github.headers(destination.token), destination.token)
        return await answer_of(api, lambda: _dispatch(api, options, message), SECONDS)
    answer = await ask(client, destination)
    return replace(answer, error=_GONE, is_final=True) if answer.status_code in {401, 403, 404} else answer


async def _dispatch(api: RestApi, options: DeployHookOptions, message: Message) -> str:
    told = {"id": str(message.id), "type": message.kind, "timestamp": message.at.isoformat(), "url": message.url}
    reply = await api.ask("POST", "dispatches", {"event_type": options.event_type, "client_payload": told})
    if reply.status in {403, 404}:
        missing = "there is no such repository, or the token may not write to it"
        raise Refused(f"{missing}: give it Contents: read and write ({reply.reason})", reply.status, is_final=True)
    if reply.status >= 300:
        raise Refused(f"GitHub refused it: HTTP {reply.status} {reply.reason}", reply.status, is_final=True)
    return f"a repository_dispatch of type {options.event_type}"
