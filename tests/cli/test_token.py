from __future__ import annotations

from tests.cli.commands import add_users, run


async def test_a_token_is_the_first_admins_or_that_of_who_is_named(database_url: str) -> None:
    assert run(database_url, "token", "create", "before").returncode == 0
    await add_users(database_url)
    for arguments in (["mine"], ["bobs", "--user", "bob"], ["all", "--scope", "admin"]):
        done = run(database_url, "token", "create", *arguments)
        assert done.stdout.startswith("llms_"), done.stderr
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
    token_id = run(database_url, "token", "list").stdout.split()[0]
    assert run(database_url, "token", "revoke", token_id).returncode == 0
    assert run(database_url, "token", "revoke", token_id).returncode == 1
