from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from msgspec import UNSET
from tests.support.engine import Engine
from tests.support.notifying import Notifying
from tests.support.receiver import Receiver

from llmstxt_sched.domain.notifications.event import EventKind
from llmstxt_sched.domain.notifications.target import TargetKind
from llmstxt_sched.domain.user import Role
from llmstxt_sched.errors import InvalidInput
from llmstxt_sched.services.idempotency import Once
from llmstxt_sched.services.notifications.wanted_targets import TargetPatch, WantedTarget
from llmstxt_sched.store.notifications.targets import Target

HOOK = "http://127.0.0.1:8080/build_hooks/1"
DISPATCHES = "http://127.0.0.1:8080/repos/acme/docs/dispatches"


async def make(notifying: Notifying, kind: TargetKind, project_id: UUID | None = None, **more: Any) -> Target:
    wanted = WantedTarget(**{"project_id": project_id, "kind": kind, "name": "it", "address": HOOK, **more})
    return (await notifying.targets.create(wanted, Role.ADMIN, Once())).target


async def refused_field(notifying: Notifying, kind: TargetKind, project_id: UUID | None, **more: Any) -> str:
    with pytest.raises(InvalidInput) as refused:
        await make(notifying, kind, project_id, **more)
    return refused.value.errors[0][0]


async def test_a_heartbeat_hears_of_each_success_and_of_failures_if_asked_to(
    notifying: Notifying, receiver: Receiver
) -> None:
    engine = notifying.engine
    project = await engine.create()
    target = await make(notifying, TargetKind.HEARTBEAT, project, address=receiver.url)
    await engine.finish(await engine.active(project))
    await notifying.deliver()
    assert [got.path for got in receiver.received] == ["/hook"]
    patch = TargetPatch(options={"on_failure": "/fail"})
    changed = await notifying.targets.edit(target.id, patch, Role.ADMIN)
    assert changed.events == (EventKind.RUN_COMPLETED, EventKind.RUN_FAILED)
    await engine.fail(await engine.trigger(project))
    await notifying.deliver()
    assert [got.path for got in receiver.received] == ["/hook", "/hook/fail"]


async def test_a_deploy_hook_hears_of_changes_alone(notifying: Notifying, receiver: Receiver, engine: Engine) -> None:
    project = await engine.create()
    target = await make(notifying, TargetKind.DEPLOY_HOOK, project, address=receiver.url)
    assert (target.events, target.only_changes, target.is_ordered) == ((EventKind.RUN_COMPLETED,), True, True)
    await engine.finish(await engine.active(project))
    await notifying.deliver()
    assert receiver.received == []
    edited = await notifying.targets.edit(target.id, TargetPatch(name="Netlify", is_ordered=False), Role.ADMIN)
    assert edited.is_ordered


async def test_what_these_kinds_do_not_take_is_refused(notifying: Notifying) -> None:
    project = await notifying.engine.create()
    for kind in (TargetKind.HEARTBEAT, TargetKind.DEPLOY_HOOK):
        assert await refused_field(notifying, kind, None) == "project_id"
        assert await refused_field(notifying, kind, project, events=(EventKind.RUN_FAILED,)) == "events"
        assert await refused_field(notifying, kind, project, only_changes=False) == "only_changes"
        assert await refused_field(notifying, kind, project, options={"unknown": 1}) == "options.unknown"
        assert await refused_field(notifying, kind, project, address="http://169.254.169.254/") == "address"
        assert await refused_field(notifying, kind, project, secret="whsec_x") == "secret"
    wrong = {"on_failure": "/../x"}
    assert await refused_field(notifying, TargetKind.HEARTBEAT, project, options=wrong) == "options.on_failure"
    assert await refused_field(notifying, TargetKind.HEARTBEAT, project, token="a-token") == "token"


async def test_an_address_that_is_sent_in_another_spelling_stays_secret(notifying: Notifying) -> None:
    project = await notifying.engine.create()
    nobody = "http://127.0.0.1:9"
    await make(notifying, TargetKind.WEBHOOK, project, address=f"{nobody}/hook?sig=ab%2bcd%3dEFGH")
    await make(notifying, TargetKind.TEAMS, project, address=f"{nobody}/%64oor-of-ours", only_changes=False)
    await notifying.engine.finish(await notifying.engine.active(project))
    await notifying.deliver()
    errors = sorted(row["error"].partition(": ")[0] for row in await notifying.log())
    assert errors == [f"{nobody}/hook?sig=…", f"{nobody}/…"]


async def test_a_failure_is_told_to_a_heartbeat_whose_address_had_a_fragment(
    notifying: Notifying, receiver: Receiver
) -> None:
    project, options = await notifying.engine.create(), {"on_failure": "/fail"}
    await make(notifying, TargetKind.HEARTBEAT, project, address=f"{receiver.url}#x", options=options)
    await notifying.engine.fail(await notifying.engine.active(project))
    await notifying.deliver()
    assert [got.path for got in receiver.received] == ["/hook/fail"]


async def test_a_dispatch_keeps_its_address_type_and_token_together(notifying: Notifying) -> None:
    kind, project = TargetKind.DEPLOY_HOOK, await notifying.engine.create()
    options = {"event_type": "docs"}
    assert await refused_field(notifying, kind, project, address=DISPATCHES) == "options.event_type"
    assert await refused_field(notifying, kind, project, address=DISPATCHES, options=options) == "token"
    target = await make(notifying, kind, project, address=DISPATCHES, options=options, token="github_pat_1")
    for patch in (TargetPatch(address=HOOK), TargetPatch(token=""), TargetPatch(options={})):
        with pytest.raises(InvalidInput):
            await notifying.targets.edit(target.id, patch, Role.ADMIN)
    assert patch.address is UNSET
    moved = TargetPatch(address=HOOK, token="", options={})
    assert (await notifying.targets.edit(target.id, moved, Role.ADMIN)).options == {}


@pytest.mark.parametrize("kind", [TargetKind.GITHUB, TargetKind.GITLAB])
async def test_a_repository_hears_of_changes_alone_and_shows_no_token(notifying: Notifying, kind: TargetKind) -> None:
    project, api = await notifying.engine.create(), "https://93.184.215.14/api"
    options = {"repository": "acme/docs", "path": "public/llms.txt"}
    made = await make(notifying, kind, project, address=api, token="a-secret-token", options=options)
    assert (made.events, made.only_changes, made.is_ordered) == ((EventKind.RUN_COMPLETED,), True, True)
    assert (made.shown_address, made.options) == (api, options)
    assert "a-secret-token" not in repr(made)
    assert await refused_field(notifying, kind, project, address=api, options=options) == "token"
    wrong = options | {"path": "../llms.txt"}
    assert await refused_field(notifying, kind, project, token="t", address=api, options=wrong) == "options.path"
    assert await refused_field(notifying, kind, None, token="t", address=api, options=options) == "project_id"
    with pytest.raises(InvalidInput):
        await notifying.targets.edit(made.id, TargetPatch(options=wrong), Role.ADMIN)


async def test_a_token_goes_to_no_other_address_unless_it_is_entered_again(notifying: Notifying) -> None:
    project, api = await notifying.engine.create(), "https://93.184.215.14/api"
    options = {"repository": "acme/docs"}
    made = await make(notifying, TargetKind.GITHUB, project, address=api, token="a-secret-token", options=options)
    elsewhere = "https://93.184.215.15/api"
    with pytest.raises(InvalidInput) as refused:
        await notifying.targets.edit(made.id, TargetPatch(address=elsewhere), Role.ADMIN)
    assert refused.value.errors[0][0] == "token"
    await notifying.targets.edit(made.id, TargetPatch(address=api, options=options), Role.ADMIN)
    patch = TargetPatch(address=elsewhere, token="another-token")
    assert (await notifying.targets.edit(made.id, patch, Role.ADMIN)).shown_address == elsewhere


async def test_all_that_is_wrong_with_a_target_is_told_at_once(notifying: Notifying) -> None:
    wrong = {"secret": "whsec_x", "token": "a b", "address": "ftp://x", "options": {"more": 1}}
    with pytest.raises(InvalidInput) as refused:
        await make(notifying, TargetKind.GITHUB, None, events=(EventKind.RUN_FAILED,), **wrong)
    assert [field for field, _ in refused.value.errors] == [
        "project_id",
        "secret",
        "address",
        "token",
        "events",
        "options.more",
        "options.repository",
    ]


async def test_all_that_is_wrong_with_a_change_of_a_target_is_told_at_once(notifying: Notifying) -> None:
    made = await make(notifying, TargetKind.WEBHOOK, await notifying.engine.create())
    patch = TargetPatch(events=(EventKind.TEST,), options={"more": 1}, address="ftp://x", token="t")
    with pytest.raises(InvalidInput) as refused:
        await notifying.targets.edit(made.id, patch, Role.ADMIN)
    assert [field for field, _ in refused.value.errors] == ["events", "options", "address", "token"]
