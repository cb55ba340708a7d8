from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from tests.cli.commands import add_users, run
from tests.support.service import COMMAND


async def test_a_token_is_the_first_admins_or_that_of_who_is_named(database_url: str) -> None:
    assert run(database_url, "token", "create", "before").returncode == 0
    await add_users(database_url)
    for arguments in (["mine"], ["bobs", "--user", "bob"], ["all", "--scope", "admin"]):
        done = run(database_url, "token", "create", *arguments)
        assert done.stdout.startswith("llms_"), done.stderr
        assert run(database_url, "token", "list").stdout.startswith(done.stderr.split()[-1])
    refused = run(database_url, "token", "create", "too much", "--user", "bob", "--scope", "write")
    assert refused.returncode == 1
    assert "'read' is the most" in refused.stderr
    assert "there is no user 'carol'" in run(database_url, "token", "create", "x", "--user", "carol").stderr
    listed = [line.split()[-3:] for line in run(database_url, "token", "list").stdout.splitlines()]
    assert listed == [
        ["admin", '"admin"', '"all"'],
        ["read", '"Bob"', '"bobs"'],
        ["write", '"admin"', '"mine"'],
        ["write", "null", '"before"'],
    ]
    assert (
        run(database_url, "token", "create", "").stderr
        == "llmstxt-sched: name: must be one line of 1 to 200 characters\n"
    )
    token_id = run(database_url, "token", "list").stdout.split()[0]
    assert run(database_url, "token", "revoke", token_id).returncode == 0
    assert run(database_url, "token", "revoke", token_id).returncode == 1


@pytest.mark.slow
@pytest.mark.parametrize("arguments", [["list"], ["revoke", "00000000-0000-4000-8000-00000000000f"]])
def test_where_no_service_has_data_that_is_said_and_nothing_is_started(tmp_path: Path, arguments: list[str]) -> None:
    data = tmp_path / "data"
    environment = {"LLMSTXT_DATA__DIR": str(data)}
    done = subprocess.run([COMMAND, "token", *arguments], env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        f"llmstxt-sched: no service has data in {data}: set DATABASE_URL or LLMSTXT_DATA__DIR to what `serve` uses\n"
    )
    assert not data.exists()


@pytest.mark.slow
def test_a_token_where_no_service_had_data_says_which_service_will_know_it(tmp_path: Path) -> None:
    # Its servers run as another user, where root starts them.
    tmp_path.chmod(0o755)
    environment = {"LLMSTXT_DATA__DIR": str(tmp_path / "data"), "PATH": os.environ["PATH"]}
    for is_new in (True, False):
        done = subprocess.run(
            [COMMAND, "token", "create", "first"], env=environment, capture_output=True, text=True, check=True
        )
        assert done.stdout.startswith("llms_")
        assert ("only a service with LLMSTXT_DATA__DIR=" in done.stderr) is is_new
