from __future__ import annotations

from tests.cli.commands import add_users, run, sql


async def test_users_are_listed_and_signed_out_by_name(database_url: str) -> None:
    assert run(database_url, "user", "list").stdout == ""
    await add_users(database_url)
    assert run(database_url, "token", "create", "hers", "--user", "bob").returncode == 0
    await sql(
        database_url,
        "INSERT INTO sessions (id, sha256, user_id, begun_with, address, user_agent)"
        " SELECT gen_random_uuid(), sha256(name::bytea), id, 'link', '', '' FROM users",
    )
    listed = [line.split()[1:] for line in run(database_url, "user", "list").stdout.splitlines()]
    assert listed == [["admin", "never", "seen", '"admin"'], ["viewer", "never", "seen", '"Bob"']]
    assert run(database_url, "user", "sign-out", "BOB").returncode == 0
    left = await sql(database_url, "SELECT name FROM sessions JOIN users ON users.id = user_id")
    assert [row["name"] for row in left] == ["admin"]
    assert len(await sql(database_url, "SELECT FROM tokens")) == 1
    assert run(database_url, "user", "sign-out", "bob", "--tokens").returncode == 0
    assert await sql(database_url, "SELECT FROM tokens") == []
    noted = await sql(database_url, "SELECT user_name, action, object_name FROM audit ORDER BY at DESC LIMIT 2")
    assert [tuple(row) for row in noted] == [
        ("command line", "token.revoke", "hers"),
        ("command line", "user.signout", "Bob"),
    ]
    refused = run(database_url, "user", "sign-out", "carol")
    assert (refused.returncode, refused.stderr) == (1, "llmstxt-sched: there is no user 'carol'\n")
