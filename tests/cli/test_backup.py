from __future__ import annotations

import subprocess
from pathlib import Path

from tests.cli.commands import run
from tests.support.service import COMMAND, Service


async def test_a_key_that_a_backup_does_not_hold_is_told_of(database_url: str, tmp_path: Path) -> None:
    for key in ("a key of the operator's own", ""):
        done = run(database_url, "backup", str(tmp_path / "backup.tar"), LLMSTXT_SECRETS__KEY=key)
        assert (done.returncode, "0 projects" in done.stdout) == (0, True), done.stderr
        assert ("does not hold LLMSTXT_SECRETS__KEY" in done.stderr) is (key != "")
        assert "own" not in done.stderr


def test_a_key_that_a_backup_holds_is_told_of(tmp_path: Path) -> None:
    service, backup = Service(tmp_path), str(tmp_path / "backup.tar")
    try:
        service.start()
        command = [str(COMMAND), "backup", backup]
        done = subprocess.run(command, env=service.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert "it holds the key of the credentials" in done.stderr
    finally:
        service.close()
