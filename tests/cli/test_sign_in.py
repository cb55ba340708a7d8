from __future__ import annotations

from tests.cli.commands import add_users, run, sql


async def test_a_link_is_printed_for_the_first_admin_or_for_who_is_named(database_url: str) -> None:
    first = run(database_url, "sign-in")
    assert first.returncode == 0, first.stderr
    assert first.stdout.startswith("https://docs.example/login#")
    await add_users(database_url)
    for arguments, name in (((), "admin"), (("bob",), "Bob")):
        assert run(database_url, "sign-in", *arguments).stdout.startswith("https://docs.example/login#")
        (row,) = await sql(
            database_url,
            "SELECT user_name, action, object_name FROM audit WHERE action = 'user.link' ORDER BY at DESC LIMIT 1",
        )
        assert tuple(row) == ("command line", "user.link", name)


async def test_a_name_that_is_nobodys_gets_a_sentence_that_names_the_users(database_url: str) -> None:
    assert "no users yet" in run(database_url, "sign-in", "carol").stderr
    await add_users(database_url)
    done = run(database_url, "sign-in", "carol")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "llmstxt-sched: there is no user 'carol'; the users are: admin, Bob\n"


async def test_an_empty_name_is_nobodys_and_not_the_first_admins(database_url: str) -> None:
    """As that of a variable of a script which is not set."""
    await add_users(database_url)
    for command in (("sign-in", ""), ("token", "create", "ci", "--user", "")):
        done = run(database_url, *command)
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.startswith("llmstxt-sched: there is no user ''")
