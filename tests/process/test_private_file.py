from __future__ import annotations

import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from llmstxt_sched.process.private_file import write_private


def test_only_its_owner_can_read_it(tmp_path: Path) -> None:
    path = tmp_path / "secrets.key"
    write_private(path, "one")
    write_private(path, "two")
    assert (path.read_text(), path.stat().st_mode & 0o777) == ("two", 0o600)
    assert list(tmp_path.iterdir()) == [path]


def test_processes_that_write_it_at_once_each_do_and_leave_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "sign-in-link"
    texts = {f"link {number}" for number in range(200)}
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda text: write_private(path, text), texts))
    assert path.read_text() in texts
    assert list(tmp_path.iterdir()) == [path]


def test_a_write_that_fails_leaves_what_was_there_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "secrets.key"
    write_private(path, "one")
    with pytest.raises(UnicodeEncodeError):
        write_private(path, "\ud800")
    assert path.read_text() == "one"
    assert list(tmp_path.iterdir()) == [path]


def test_what_a_killed_process_left_goes_later_and_nothing_else(tmp_path: Path) -> None:
    names = ("secrets.key.1234.new", "secrets.key.new", "secrets.key.old", "other.key.1234.new", "secrets.key.5678.new")
    for name in names:
        (tmp_path / name).touch()
    day_before = time.time() - 24 * 3600
    for name in names[:-1]:
        os.utime(tmp_path / name, (day_before, day_before))
    write_private(tmp_path / "secrets.key", "secret")
    assert {path.name for path in tmp_path.iterdir()} == {"secrets.key", *names[2:]}


def test_what_stands_in_its_place_is_not_written_into(tmp_path: Path) -> None:
    open_to_all = tmp_path / "open"
    open_to_all.touch(mode=0o666)
    (tmp_path / "secrets.key.new").symlink_to(open_to_all)
    write_private(tmp_path / "secrets.key", "secret")
    assert (tmp_path / "secrets.key").read_text() == "secret"
    assert not open_to_all.read_text()
