"""What is the same on GitHub and GitLab."""

from __future__ import annotations

import pytest
from tests.support.git_host import Refusal
from tests.support.publishing import KINDS, publishing

from llmstxt_sched.domain.notifications.target import TargetKind
from llmstxt_sched.notify.git import publish as module
from llmstxt_sched.outbound.client import Client

both = pytest.mark.parametrize("kind", KINDS)


@both
@pytest.mark.parametrize("before", [{"README": b"x"}, {"llms.txt": b"# Old\n"}])
async def test_a_change_is_one_commit_and_no_change_is_none(
    client: Client, kind: TargetKind, before: dict[str, bytes]
) -> None:
    async with publishing(client, kind, before) as publish:
        answer = await publish(b"# New\n", message="Take over the new index")
        assert (answer.error, answer.body) == ("", "a commit to main")
        assert publish.host.files("main") == before | {"llms.txt": b"# New\n"}
        assert publish.host.log("main") == ["Take over the new index", "first"]
        again = await publish(b"# New\n")
        assert (again.error, again.body) == ("", "main holds these files already")
        assert len(publish.host.log("main")) == 2
        assert len(publish.host.asked) == 3


@both
async def test_both_files_are_one_commit(client: Client, kind: TargetKind) -> None:
    async with publishing(client, kind, {"public/llms.txt": b"old", "README": b"x"}) as publish:
        answer = await publish(b"# N\xc3\xa9w\n", full=b"all\n", path="public/llms.txt")
        assert answer.error == ""
        expected = {"public/llms.txt": b"# N\xc3\xa9w\n", "public/llms-full.txt": b"all\n", "README": b"x"}
        assert publish.host.files("main") == expected
        assert publish.host.log("main") == ["Update llms.txt", "first"]
        await publish(b"# N\xc3\xa9w\n", full=b"all, and more\n", path="public/llms.txt")
        assert publish.host.files("main") == expected | {"public/llms-full.txt": b"all, and more\n"}


@pytest.mark.slow
@both
async def test_a_commit_whose_answer_was_lost_is_not_made_again(client: Client, kind: TargetKind) -> None:
    async with publishing(client, kind, {"llms.txt": b"old"}) as publish:
        publish.host.cut = 1
        lost = await publish(b"new")
        assert not lost.is_final
        assert (await publish(b"new")).error == ""
        assert publish.host.log("main") == ["Update llms.txt", "first"]


@both
async def test_a_branch_that_moved_meanwhile_is_looked_at_again(
    client: Client, kind: TargetKind, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_PAUSES", (0, 0))
    async with publishing(client, kind, {"llms.txt": b"old", "llms-full.txt": b"old"}) as publish:
        for body, full in ((b"v1", None), (b"v2", b"all")):
            publish.host.meanwhile = lambda: publish.host.change("main", {"llms.txt": b"by hand", "b": b"2"})
            assert (await publish(body, full=full)).error == ""
            assert publish.host.files("main")["llms.txt"] == body
            assert publish.host.files("main")["b"] == b"2"
        assert publish.host.log("main") == ["Update llms.txt", "by hand"] * 2 + ["first"]


@both
async def test_a_branch_that_moves_each_time_is_left_to_a_later_attempt(
    client: Client, kind: TargetKind, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_PAUSES", (0, 0))
    async with publishing(client, kind, {"llms.txt": b"old"}) as publish:
        host = publish.host
        tries: list[str] = []

        def move() -> None:
            tries.append(host.change("main", {"llms.txt": b"by hand %d" % len(tries)}))
            host.meanwhile = move

        host.meanwhile = move
        answer = await publish(b"new")
        assert len(tries) == 3
        assert "changed by somebody else" in answer.error
        assert not answer.is_final
        assert host.files("main")["llms.txt"].startswith(b"by hand")


@both
async def test_a_request_is_opened_once_then_brought_up_to_date(client: Client, kind: TargetKind) -> None:
    async with publishing(client, kind, {"llms.txt": b"old"}) as publish:
        host, ours = publish.host, "llmstxt-sched/main-llms-txt"
        for body in (b"v1", b"v2", b"v2"):
            assert (await publish(body, mode="pull_request")).error == ""
        (request,) = host.requests
        assert (request["title"], len(host.open_requests())) == ("Update llms.txt", 1)
        assert host.files("main") == {"llms.txt": b"old"}
        assert host.files(ours) == {"llms.txt": b"v2"}
        assert host.log(ours) == ["Update llms.txt", "Update llms.txt", "first"]


@both
async def test_a_request_that_somebody_else_opens_meanwhile_is_the_only_one(
    client: Client, kind: TargetKind, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_PAUSES", (0, 0))
    async with publishing(client, kind, {"llms.txt": b"old"}) as publish:
        host, ours = publish.host, "llmstxt-sched/main-llms-txt"
        between = {
            TargetKind.GITHUB: {"state": "open", "head": f"acme:{ours}", "base": "main"},
            TargetKind.GITLAB: {"state": "opened", "source_branch": ours, "target_branch": "main"},
        }
        number = {"number": 1, "iid": 1}
        host.meanwhile = lambda: host.requests.append(number | between[kind])
        assert (await publish(b"new", mode="pull_request")).error == ""
        assert len(host.requests) == 1
        assert host.log(ours) == ["Update llms.txt", "first"]


@both
async def test_a_request_that_would_undo_what_was_written_by_hand_is_closed(client: Client, kind: TargetKind) -> None:
    async with publishing(client, kind, {"llms.txt": b"old"}) as publish:
        await publish(b"v1", mode="pull_request")
        answer = await publish(b"old", mode="pull_request")
        assert "was closed" in answer.body
        assert publish.host.open_requests() == []
        assert (await publish(b"old", mode="pull_request")).body == "main holds these files already"


@both
@pytest.mark.parametrize("cut", [1, 2, 3, 4])
async def test_a_request_cut_short_at_any_point_is_completed_without_doubles(
    client: Client, kind: TargetKind, cut: int
) -> None:
    async with publishing(client, kind, {"llms.txt": b"old"}) as publish:
        host, writes = publish.host, 0

        async def lose_one() -> None:
            nonlocal writes
            writes += 1
            host.cut = int(writes == cut)

        host.after_write = lose_one
        first = await publish(b"new", mode="pull_request")
        assert bool(first.error) == (writes == cut)
        host.after_write = None
        assert (await publish(b"new", mode="pull_request")).error == ""
        assert len(host.requests) == 1
        assert host.log("llmstxt-sched/main-llms-txt") == ["Update llms.txt", "first"]


@both
async def test_after_a_request_was_merged_or_turned_down_the_next_begins_at_the_base(
    client: Client, kind: TargetKind
) -> None:
    async with publishing(client, kind, {"llms.txt": b"old"}) as publish:
        host, ours = publish.host, "llmstxt-sched/main-llms-txt"
        await publish(b"v1", mode="pull_request")
        # Squashed, and our branch was not removed.
        host.change("main", {"llms.txt": b"v1", "other": b"1"}, "squashed")
        host.requests[0]["state"] = "merged"
        assert (await publish(b"v2", mode="pull_request")).error == ""
        host.requests[1]["state"] = "closed"
        assert (await publish(b"v3", mode="pull_request")).error == ""
        assert len(host.open_requests()) == 1
        assert host.files(ours) == {"llms.txt": b"v3", "other": b"1"}
        assert host.holds(host.branches[ours], host.branches["main"])


@both
async def test_what_it_may_not_do_is_said_with_what_to_do(client: Client, kind: TargetKind) -> None:
    async with publishing(client, kind, {"llms.txt": b"old"}) as publish:
        refused = await publish(b"new", token="wrong-token")
        assert (refused.status_code, refused.is_final) == (401, True)
        assert "enter a new one" in refused.error
        assert "wrong-token" not in refused.error
        missing = await publish(b"new", repository="acme/missing")
        assert (missing.status_code, missing.is_final) == (404, True)
        assert "acme/missing" in missing.error
        branchless = await publish(b"new", branch="missing")
        assert branchless.is_final
        assert "missing: create it, or name another" in branchless.error
        publish.host.may_write = False
        assert (await publish(b"new")).error.startswith("the token may not do this: give it")
        publish.host.may_write, publish.host.is_secondaryd = True, True
        archived = await publish(b"new")
        assert archived.is_final
        assert "is archived" in archived.error
        publish.host.is_secondaryd, publish.host.protected = False, frozenset({"main"})
        for full in (None, b"all"):
            protected = await publish(b"new", full=full)
            assert protected.is_final
            assert "pull_request" in protected.error
        assert publish.host.log("main") == ["first"]


@both
@pytest.mark.parametrize("status", [403, 429])
async def test_a_rate_limit_is_waited_for(
    client: Client, kind: TargetKind, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.time", lambda: 1_800_000_000.0)
    reset = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1800000090"}
    async with publishing(client, kind, {"llms.txt": b"old"}) as publish:
        said = [({"Retry-After": "7"}, 7.0), (reset, 90.0), ({}, 60.0)]
        for headers, seconds in said:
            publish.host.refusal = Refusal(status, "You have exceeded a secondary rate limit", headers)
            answer = await publish(b"new")
            if kind is TargetKind.GITLAB and status == 403 and not headers:
                # Only GitHub says a limit by a 403, and an answer to HEAD has no text.
                continue
            assert (answer.status_code, answer.retry_after, answer.is_final) == (status, seconds, False)
        assert publish.host.log("main") == ["first"]


@both
async def test_a_renamed_repository_is_not_followed(client: Client, kind: TargetKind) -> None:
    async with publishing(client, kind, {"llms.txt": b"old"}) as publish:
        elsewhere = {"Location": f"{publish.host.origin}/elsewhere"}
        for status in (301, 302, 307, 308):
            publish.host.refusal = Refusal(status, "Moved Permanently", elsewhere)
            answer = await publish(b"new")
            assert (answer.status_code, answer.is_final) == (status, True)
            assert "renamed or moved" in answer.error
        assert not any("elsewhere" in asked for asked in publish.host.asked)


@both
async def test_all_requests_together_have_a_limit_of_time(
    client: Client, kind: TargetKind, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SECONDS", 0.3)
    monkeypatch.setattr(module, "_PAUSES", (30, 30))
    async with publishing(client, kind, {"llms.txt": b"old"}) as publish:
        publish.host.meanwhile = lambda: publish.host.change("main", {"llms.txt": b"by hand"})
        answer = await publish(b"new")
        assert "was not done within" in answer.error
        assert not answer.is_final
