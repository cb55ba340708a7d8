from __future__ import annotations

import subprocess
import tarfile
from pathlib import Path

import pytest
from tests.cli.commands import run
from tests.support.service import COMMAND, Service


async def test_a_key_that_a_backup_does_not_hold_is_told_of(database_url: str, tmp_path: Path) -> None:
    for key in ("a key of the operator's own", ""):
        done = run(database_url, "backup", str(tmp_path / "backup.tar"), LLMSTXT_SECRETS__KEY=key)
        assert (done.returncode, "0 projects" in done.stdout) == (0, True), done.stderr
        assert ("it does not hold the key (LLMSTXT_SECRETS__KEY)" in done.stderr) is (key != "")
        assert "own" not in done.stderr


async def test_each_of_several_keys_is_told_of_since_what_the_older_one_sealed_may_still_be_there(
    database_url: str, tmp_path: Path
) -> None:
    keys = {"LLMSTXT_SECRETS__KEY": "a newer key of the operator", "LLMSTXT_SECRETS__OLD_KEY": "an older key of theirs"}
    done = run(database_url, "backup", str(tmp_path / "backup.tar"), **keys)
    assert done.returncode == 0, done.stderr
    assert "keep LLMSTXT_SECRETS__KEY and LLMSTXT_SECRETS__OLD_KEY as well" in done.stderr


@pytest.mark.slow
def test_a_key_of_the_data_folder_is_in_no_backup_and_is_told_of(tmp_path: Path) -> None:
    service, backup = Service(tmp_path), tmp_path / "backup.tar"
    try:
        service.start()
        command = [str(COMMAND), "backup", str(backup)]
        done = subprocess.run(command, env=service.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        [key] = tmp_path.rglob("secrets.key")
        assert f"keep {key} as well, and away from the backup" in done.stderr
        assert key.read_bytes() not in backup.read_bytes()
        with tarfile.open(backup) as packed:
            assert packed.getnames() == ["manifest.json", "database.dump"]
    finally:
        service.close()
