from __future__ import annotations

import os
import pwd
from pathlib import Path

import pytest

from llmstxt_sched.embedded.system_user import NAME, SystemUser, servers_user, take_over
from llmstxt_sched.errors import StartError

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can change to another user")


def test_the_servers_run_as_this_user_or_as_one_that_root_makes_for_them() -> None:
    user = servers_user()
    assert pwd.getpwuid(user.uid).pw_name == (pwd.getpwuid(os.geteuid()).pw_name if os.geteuid() else NAME)
    assert user.uid != 0


@pytest.mark.parametrize(("name", "reason"), [("no-such-user", "no such user"), ("root", "refuses to run as root")])
def test_a_name_that_cannot_be_used_is_refused_in_one_sentence(name: str, reason: str) -> None:
    with pytest.raises(StartError, match=f"LLMSTXT_DATA__USER={name}: .*{reason}"):
        servers_user(name)


@as_root
def test_a_named_user_is_taken() -> None:
    assert servers_user("nobody").uid == pwd.getpwnam("nobody").pw_uid


@as_root
def test_what_the_former_user_owns_is_taken_over_and_nothing_else(tmp_path: Path) -> None:
    folder, other = tmp_path / "postgres", tmp_path / "other"
    (folder / "data").mkdir(parents=True)
    for path in (folder / "data/base", other):
        path.touch()
    (folder / "data/link").symlink_to(other)
    (folder / "data/hard").hardlink_to(other)
    for path in (folder, folder / "data", folder / "data/base"):
        os.chown(path, 40_001, 40_001)
    os.lchown(folder / "data/link", 40_001, 40_001)
    take_over(folder, SystemUser(40_002, 40_002))
    owners = {path.name: path.lstat().st_uid for path in (folder, *folder.rglob("*"))}
    assert owners == {"postgres": 40_002, "data": 40_002, "base": 40_002, "link": 40_002, "hard": 0}
    assert other.stat().st_uid == 0
