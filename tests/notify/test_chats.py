from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import msgspec
import pytest
from tests.support.receiver import Receiver, open_receiver

from llmstxt_sched.domain.notifications.event import EventKind
from llmstxt_sched.domain.notifications.target import TargetKind
from llmstxt_sched.notify.chats import discord, ntfy, slack, teams
from llmstxt_sched.notify.message import Destination, Message, Telling
from llmstxt_sched.notify.senders import senders
from llmstxt_sched.outbound.client import open_client
from llmstxt_sched.outbound.gate import Gate

HOSTILE = "<!channel> @everyone [free](https://evil.example) & *bold*"
MESSAGE = Message(
    id=uuid4(),
    kind=EventKind.RUN_FAILED,
    at=datetime(2026, 7, 1, tzinfo=UTC),
    body=b"{}",
    title=f"{HOSTILE}: run #2 failed",
    text="robots.txt forbids the start page\nsecond line",
    url="https://llms.example.com/projects/1",
)


def test_slack_gets_no_markup_from_a_site() -> None:
    (block,) = slack(MESSAGE)["blocks"]
    text = block["text"]["text"]
    assert "<!channel>" not in text
    assert "&lt;!channel&gt;" in text
    assert text.endswith("<https://llms.example.com/projects/1|More>")


def test_discord_mentions_nobody_and_links_nowhere_else() -> None:
    body = discord(MESSAGE)
    assert body["allowed_mentions"] == {"parse": []}
    assert r"\[free\]\(https\:" in body["embeds"][0]["title"]


def test_teams_gets_a_card_of_plain_texts() -> None:
    (attachment,) = teams(MESSAGE)["attachments"]
    card = attachment["content"]
    assert (card["type"], len(card["body"])) == ("AdaptiveCard", 3)
    assert card["body"][0]["inlines"][0]["text"] == MESSAGE.title
    assert card["actions"][0]["url"] == MESSAGE.url


def test_long_texts_are_cut_to_what_each_chat_takes() -> None:
    long = msgspec.structs.replace(MESSAGE, title="[" * 1000, text="*" * 10_000)
    assert len(slack(long)["blocks"][0]["text"]["text"]) <= 3000
    (embed,) = discord(long)["embeds"]
    assert (len(embed["title"]) <= 256, len(embed["description"]) <= 4096) == (True, True)
    assert len(msgspec.json.encode(ntfy(long, "docs"))) <= 4096


@pytest.mark.parametrize("each", ["&", "<", '"', "\n", "ß", "日", "🙂", "x"])
def test_texts_are_cut_to_what_each_chat_takes_as_it_counts_them(each: str) -> None:
    """What a page is called must not have a chat refuse what is told of its site."""
    long = msgspec.structs.replace(MESSAGE, title=each * 1000, text=each * 10_000)
    (block,) = slack(long)["blocks"]
    assert 2500 < len(block["text"]["text"]) <= 3000
    assert block["text"]["text"].endswith("…\n<https://llms.example.com/projects/1|More>")
    assert 2500 < len(msgspec.json.encode(ntfy(long, "docs"))) <= 4096
    assert ntfy(long, "docs")["message"].endswith("…")
    (embed,) = discord(long)["embeds"]
    assert (len(embed["title"]) <= 256, len(embed["description"]) <= 4096) == (True, True)


@pytest.mark.parametrize("before", ["", "x"])
def test_a_cut_leaves_no_half_of_an_escape(before: str) -> None:
    (embed,) = discord(msgspec.structs.replace(MESSAGE, title=before + "[" * 1000))["embeds"]
    assert embed["title"].replace("\\[", "") == f"{before}…"


@pytest.mark.parametrize("kind", [TargetKind.SLACK, TargetKind.DISCORD, TargetKind.TEAMS, TargetKind.NTFY])
async def test_a_chat_is_told_by_one_request(kind: TargetKind) -> None:
    async with open_receiver() as receiver, open_client(Gate("127.0.0.0/8"), "llmstxt-sched/test") as client:
        answer = await senders(client)[kind](telling(kind, receiver))
    (got,) = receiver.received
    assert (answer.status_code, answer.error) == (200, "")
    assert b"run #2 failed" in got.body.replace(b"\\\\", b"")
    expected = ("/", "Bearer tk_1") if kind is TargetKind.NTFY else ("/hook", None)
    assert (got.path, got.headers.get("authorization")) == expected


def telling(kind: TargetKind, receiver: Receiver) -> Telling:
    destination = Destination(kind=kind, address=receiver.url, shown="http://127.0.0.1/…", token="tk_1")
    return Telling(delivery_id=uuid4(), destination=destination, message=MESSAGE, now=MESSAGE.at)
