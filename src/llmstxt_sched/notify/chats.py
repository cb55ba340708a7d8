"""Chats, each told in its own form: Slack, Discord, Teams and ntfy.

Names and titles come from sites.  They are sent as plain text where there is such a thing, else escaped, so that none
of them mentions everybody, or dresses an address up as another.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

import msgspec

from llmstxt_sched.notify.http import JSON, ask
from llmstxt_sched.notify.message import Answer, Message, Telling
from llmstxt_sched.outbound.client import Client

# The least that any of them takes: Slack's header, and the text of a section of it.
TITLE_CHARACTERS = 150
TEXT_CHARACTERS = 2500
# The longest text of a section that Slack takes, counted as it is sent: escaped.
SLACK_CHARACTERS = 3000
# ntfy makes a file of a longer message, and most of its servers take no files.
NTFY_BYTES = 4096
# Half of what Discord takes, because each of them may be escaped; a cut afterwards could leave half an escape.
DISCORD_TITLE_CHARACTERS = 128

_DISCORD_MARKUP = re.compile(r"([\\`*_~|>#\[\]()<:@-])")


async def tell_slack(client: Client, telling: Telling) -> Answer:
    """An incoming webhook of Slack, whose form Mattermost and Rocket.Chat take too."""
    return await ask(client, telling.destination, body=msgspec.json.encode(slack(telling.message)), headers=JSON)


async def tell_discord(client: Client, telling: Telling) -> Answer:
    """A webhook of a Discord channel."""
    return await ask(client, telling.destination, body=msgspec.json.encode(discord(telling.message)), headers=JSON)


async def tell_teams(client: Client, telling: Telling) -> Answer:
    """A webhook that a workflow of Microsoft Teams begins with."""
    return await ask(client, telling.destination, body=msgspec.json.encode(teams(telling.message)), headers=JSON)


async def tell_ntfy(client: Client, telling: Telling) -> Answer:
    """A topic of an ntfy server, with its token if it has one."""
    destination = telling.destination
    server, _, topic = destination.address.rpartition("/")
    body = msgspec.json.encode(ntfy(telling.message, unquote(topic)))
    headers = JSON | ({"Authorization": f"Bearer {destination.token}"} if destination.token else {})
    # Its JSON goes to the server, not to the topic (https://docs.ntfy.sh/publish/#publish-as-json).
    return await ask(client, msgspec.structs.replace(destination, address=f"{server}/"), body=body, headers=headers)


def slack(message: Message) -> dict[str, Any]:
    """As Slack's blocks; `text` is what a notification shows."""
    title = _slack_text(_cut(message.title, TITLE_CHARACTERS))
    link = f"\n<{message.url}|More>" if message.url else ""

    def whole(text: str) -> str:
        return f"*{title}*\n{_slack_text(text)}{link}"

    text = _fitting(_cut(message.text, TEXT_CHARACTERS), SLACK_CHARACTERS, lambda text: len(whole(text)))
    return {"text": title, "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": whole(text)}}]}


def discord(message: Message) -> dict[str, Any]:
    """As one embed of Discord, which mentions nobody."""
    embed = {
        "title": _discord_text(_cut(message.title, DISCORD_TITLE_CHARACTERS)),
        "description": _discord_text(_cut(message.text, TEXT_CHARACTERS // 2)),
    }
    return {"embeds": [embed | ({"url": message.url} if message.url else {})], "allowed_mentions": {"parse": []}}


def teams(message: Message) -> dict[str, Any]:
    """As an adaptive card, whose rich texts know no markup."""
    card = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": [
            _rich(_cut(message.title, TITLE_CHARACTERS), weight="Bolder"),
            *(_rich(line) for line in _cut(message.text, TEXT_CHARACTERS).split("\n")),
        ],
        "actions": [{"type": "Action.OpenUrl", "title": "More", "url": message.url}] if message.url else [],
    }
    attachment = {"contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": None, "content": card}
    return {"type": "message", "attachments": [attachment]}


def ntfy(message: Message, topic: str) -> dict[str, Any]:
    """As a message of ntfy."""
    click = {"click": message.url} if message.url else {}

    def whole(text: str) -> dict[str, Any]:
        return {"topic": topic, "title": _cut(message.title, TITLE_CHARACTERS), "message": text, **click}

    text = _cut(message.text, TEXT_CHARACTERS)
    return whole(_fitting(text, NTFY_BYTES, lambda text: len(msgspec.json.encode(whole(text)))))


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _fitting(text: str, most: int, size: Callable[[str], int]) -> str:
    """As much of `text` as has a `size` of at most `most`: escaped, or in bytes, it may be several times as long."""
    if size(text) <= most:
        return text
    kept = bisect_right(range(len(text)), most, key=lambda length: size(f"{text[:length]}…"))
    return f"{text[: max(0, kept - 1)]}…"


def _slack_text(text: str) -> str:
    # https://api.slack.com/reference/surfaces/formatting#escaping
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _discord_text(text: str) -> str:
    return _DISCORD_MARKUP.sub(r"\\\1", text)


def _rich(text: str, **run: str) -> dict[str, Any]:
    return {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": text, **run}]}
