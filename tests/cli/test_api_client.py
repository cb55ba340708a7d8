from __future__ import annotations

from http.server import BaseHTTPRequestHandler, HTTPServer
from itertools import pairwise
from threading import Thread
from time import monotonic

import pytest

from llmstxt_sched.cli import api_client
from llmstxt_sched.cli.api_client import ApiClient
from llmstxt_sched.config import ClientSettings, Settings

ASKED_UNTIL_HERE = 4


@pytest.mark.slow
@pytest.mark.parametrize("after", ["0", "86400", "tomorrow"])
def test_a_service_that_is_away_is_asked_now_and_then_whatever_time_it_names(
    after: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api_client, "PAUSE_SECONDS", 0.3)
    monkeypatch.setattr(api_client, "LONGEST_WAIT", 0.6)
    asked: list[float] = []

    class Away(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(monotonic())
            self.send_response(503 if len(asked) < ASKED_UNTIL_HERE else 200)
            self.send_header("Retry-After", after)
            self.end_headers()
            self.wfile.write(b'"here"')

    server = HTTPServer(("127.0.0.1", 0), Away)
    Thread(target=server.serve_forever, daemon=True).start()
    client = ApiClient(Settings(client=ClientSettings(f"http://127.0.0.1:{server.server_port}", "secret")))
    try:
        assert client.json_at_last("/api/runs") == "here"
        assert len(asked) == ASKED_UNTIL_HERE
        assert min(later - earlier for earlier, later in pairwise(asked)) >= 0.3
        monkeypatch.setattr(api_client, "PATIENCE_SECONDS", 0.0)
        asked.clear()
        with pytest.raises(api_client.Later):
            client.json_at_last("/api/runs")
        assert len(asked) == 1
    finally:
        server.shutdown()
        server.server_close()
