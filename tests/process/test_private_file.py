from __future__ import annotations

from pathlib import Path

from llmstxt_sched.process.private_file import write_private


def test_only_its_owner_can_read_it(tmp_path: Path) -> None:
    path = tmp_path / "secrets.key"
    write_private(path, "one")
    write_private(path, "two")
    assert (path.read_text(), path.stat().st_mode & 0o777) == ("two", 0o600)
    assert list(tmp_path.iterdir()) == [path]


def test_what_stands_in_its_place_is_not_written_into(tmp_path: Path) -> None:
    open_to_all = tmp_path / "open"
    open_to_all.touch(mode=0o666)
    (tmp_path / "secrets.key.new").symlink_to(open_to_all)
    write_private(tmp_path / "secrets.key", "secret")
    assert (tmp_path / "secrets.key").read_text() == "secret"
    assert not open_to_all.read_text()
