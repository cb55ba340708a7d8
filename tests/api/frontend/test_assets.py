from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from tests.support.service import Service

from llmstxt_sched.api.frontend.assets import ASSETS, DIGEST, digest_of, read_assets


def test_what_is_no_script_style_or_picture_is_not_served(tmp_path: Path) -> None:
    for name in ("a.js", "b.css", "c.svg", "index.html", "notes.txt", "key.pem"):
        (tmp_path / name).write_text("")
    assert read_assets(tmp_path).keys() == {"a.js", "b.css", "c.svg"}


def test_another_byte_or_name_is_another_digest(tmp_path: Path) -> None:
    seen = set()
    for name, text in [("a.js", "f()"), ("a.js", "g()"), ("b.js", "g()")]:
        (tmp_path / name).write_text(text)
        seen.add(digest_of(read_assets(tmp_path)))
    assert len(seen) == 3


def test_comments_go_and_text_stays(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text('/** Why. */\nconst a = "/* text */", b = `x  // ${a}\n  y`; // end\n')
    body = read_assets(tmp_path)["a.js"].body.decode()
    assert "Why" not in body
    assert "end" not in body
    assert '"/* text */"' in body
    assert "`x  // ${a}\n  y`" in body


@pytest.mark.parametrize("accepts", ["gzip, br", "identity", ""])
def test_an_asset_is_compressed_for_who_accepts_it(service: Service, accepts: str) -> None:
    path = f"{service.client.base_url}/assets/{DIGEST}/app.css"
    answer = httpx.get(path, headers={"Accept-Encoding": accepts})
    assert answer.headers.get("content-encoding", "") == ("gzip" if "gzip" in accepts else "")
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.content == ASSETS["app.css"].body


@pytest.mark.parametrize(("digest", "kept"), [(DIGEST, "immutable"), ("0123456789abcdef", "no-cache")])
def test_only_the_assets_of_this_release_are_kept_for_good(service: Service, digest: str, kept: str) -> None:
    answer = service.client.get(f"/assets/{digest}/main.js")
    assert answer.status_code == 200
    assert kept in answer.headers["cache-control"]


@pytest.mark.parametrize("path", ["../pages.py", "..%2Fpages.py", "index.html", "none.js", "/etc/passwd"])
def test_nothing_else_can_be_requested(service: Service, path: str) -> None:
    answer = httpx.get(f"{service.client.base_url}/assets/{DIGEST}/{path}")
    assert answer.status_code == 404
