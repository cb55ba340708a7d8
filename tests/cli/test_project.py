from __future__ import annotations

import json
import socket
import subprocess
import tarfile
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from tests.api.conftest import service, site
from tests.support.service import COMMAND, TOKEN, Service, Site

__all__ = ["service", "site"]


def run(service: Service, *arguments: str, given: str = "", token: str = TOKEN) -> subprocess.CompletedProcess[str]:
    environment = {"LLMSTXT_CLIENT__URL": f"{service.url}/", "LLMSTXT_CLIENT__TOKEN": token}
    return subprocess.run(
        [COMMAND, "project", *arguments], env=environment, input=given, capture_output=True, text=True, check=False
    )


def test_projects_are_made_listed_run_exported_and_imported(service: Service, site: Site, tmp_path: Path) -> None:
    made = run(service, "create", site.url, "--name", "Shell", "--label", "sh").stdout.strip()
    assert run(service, "create", site.url, "--unless-known").stdout.strip() == made
    done = run(service, "run", made, "--wait")
    assert (done.returncode, done.stdout) == (0, "COMPLETE_WITH_DIFFS: 4 pages, 4 added\n")
    assert run(service, "list", "--label", "sh").stdout == f"{made}  fresh     {site.url}  Shell\n"
    lines = run(service, "export", "--label", "sh").stdout
    assert json.loads(lines)["name"] == "Shell"
    archive = tmp_path / "documents.tar"
    assert run(service, "export", "--label", "sh", "--documents", str(archive)).returncode == 0
    with tarfile.open(archive) as documents:
        assert len(documents.getnames()) == 6
    taken = run(service, "import", "-", given=f'{lines}{{"url": "ftp://x"}}\n')
    assert (taken.returncode, taken.stdout) == (1, "0 created, 1 known already, 1 failed\n")
    assert taken.stderr == "line 2: url: the URL must begin with http:// or https://\n"


def test_what_the_service_refuses_is_said(service: Service) -> None:
    refused = run(service, "create", "ftp://x")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == "llmstxt-sched: url: the URL must begin with http:// or https://\n"


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({}, "set LLMSTXT_CLIENT__TOKEN: `llmstxt-sched token create NAME` makes a token"),
        (
            {"LLMSTXT_CLIENT__TOKEN": "x", "LLMSTXT_CLIENT__URL": "http://127.0.0.1:9"},
            "no service answers at http://127.0.0.1:9: Connection refused",
        ),
        ({"LLMSTXT_CLIENT__URL": "file:///etc"}, "LLMSTXT_CLIENT__URL='file:///etc' is no address such as"),
    ],
)
def test_without_a_service_or_a_token_the_command_says_so(environment: dict[str, str], sentence: str) -> None:
    done = subprocess.run([COMMAND, "project", "list"], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith(f"llmstxt-sched: {sentence}")


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (
            b"HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n<html>hello</h>",
            "what answers at URL is another service: set",
        ),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{", "no service answers at URL: IncompleteRead"),
        (b"-ERR unknown command 'GET'\r\n", "no service answers at URL: BadStatusLine: -ERR"),
        (b"", "no service answers at URL: RemoteDisconnected"),
    ],
)
def test_an_answer_of_something_else_is_said_to_be_one(answer: bytes, sentence: str) -> None:
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        client, _ = listener.accept()
        with client:
            client.recv(65_536)
            client.sendall(answer)

    Thread(target=serve, daemon=True).start()
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    environment = {"LLMSTXT_CLIENT__URL": url, "LLMSTXT_CLIENT__TOKEN": "secret"}
    done = subprocess.run([COMMAND, "project", "list"], env=environment, capture_output=True, text=True, check=False)
    listener.close()
    assert done.returncode == 1
    assert done.stderr.startswith(f"llmstxt-sched: {sentence.replace('URL', url)}")


def test_the_token_goes_to_no_other_address() -> None:
    asked: list[str | None] = []

    class Elsewhere(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.headers["Authorization"])
            self.send_response(302)
            self.send_header("Location", f"http://localhost:{server.server_port}/elsewhere")
            self.end_headers()

    server = HTTPServer(("127.0.0.1", 0), Elsewhere)
    Thread(target=server.serve_forever, daemon=True).start()
    environment = {"LLMSTXT_CLIENT__URL": f"http://127.0.0.1:{server.server_port}", "LLMSTXT_CLIENT__TOKEN": "secret"}
    done = subprocess.run([COMMAND, "project", "list"], env=environment, capture_output=True, text=True, check=False)
    server.shutdown()
    server.server_close()
    assert asked == ["Bearer secret"]
    assert done.stderr == "llmstxt-sched: the service answered 302 Found\n"
