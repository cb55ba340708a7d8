"""The script of the documentation, with a client that is generated from the description."""

from __future__ import annotations

import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from tests.support.service import TOKEN, Service, Site

SCRIPT = Path(__file__).parents[2] / "docs" / "scripts" / "fleet.py"
GENERATOR = Path(sys.executable).with_name("openapi-python-client")

# A tenth of what the script is for.
OTHERS = 28


@pytest.fixture(scope="module")
def client(service: Service, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the package of the client; nothing of the description was skipped for it."""
    folder = tmp_path_factory.mktemp("client")
    source = folder / "openapi.json"
    source.write_bytes(service.client.get("/api/openapi.json").content)
    options = ["--path", str(source), "--output-path", str(folder / "llmstxt_sched_client"), "--meta", "none"]
    done = subprocess.run([GENERATOR, "generate", *options], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert "WARNING" not in done.stdout
    assert "Unsupported" not in done.stdout
    return folder


def test_the_script_is_short() -> None:
    assert len(SCRIPT.read_text().splitlines()) <= 40


def test_projects_of_a_table_are_made_run_paused_exported_and_moved(
    service: Service, site: Site, client: Path, tmp_path: Path
) -> None:
    rows = [("Works", site.url, "docs"), ("Fails", f"{site.url}nothing.html", "docs")]
    rows += [(f"Site {number}", f"https://example.com/{number}/", "other") for number in range(OTHERS)]
    (tmp_path / "projects.csv").write_text("\n".join(",".join(row) for row in [("name", "url", "label"), *rows]))
    empty = Service(tmp_path)
    empty.start()
    try:
        before = empty.json("GET", "/api/projects")["counts"]["all"]
        done = subprocess.run(
            [sys.executable, SCRIPT, service.url, TOKEN, "projects.csv", empty.url, TOKEN],
            env={"PYTHONPATH": str(client)},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        lines = done.stdout.splitlines()
        assert lines[:2] == ["Works COMPLETE_WITH_DIFFS", "Fails FAILED"]
        assert any("http_error" in line and f"{site.url}nothing.html answered 404" in line for line in lines)
        assert "paused: 2 of 2" in lines
        moved = empty.json("GET", "/api/projects?label=other")["counts"]["all"]
        assert (before, moved) == (0, OTHERS)
    finally:
        empty.close()
    with tarfile.open(tmp_path / "documents.tar") as archive:
        assert any(name.endswith("/llms.txt") for name in archive.getnames())
    names = [project["id"] for project in service.json("GET", "/api/projects?label=other&limit=200")["items"]]
    service.json("POST", "/api/projects/bulk", {"action": "delete", "ids": names})
