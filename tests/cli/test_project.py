from __future__ import annotations

import json
import signal
import socket
import subprocess
import tarfile
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from tests.api.conftest import service, site
from tests.support.docs_site import serve_docs
from tests.support.service import COMMAND, PATIENCE_SECONDS, TOKEN, Service, Site, until

__all__ = ["service", "site"]


def environment_of(service: Service, token: str = TOKEN) -> dict[str, str]:
    return {"LLMSTXT_CLIENT__URL": f"{service.url}/", "LLMSTXT_CLIENT__TOKEN": token}


def run(service: Service, *arguments: str, given: str = "", token: str = TOKEN) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [COMMAND, "project", *arguments],
        env=environment_of(service, token),
        input=given,
        capture_output=True,
        text=True,
        check=False,
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


def test_an_archive_of_documents_is_replaced_only_by_a_whole_one(service: Service, tmp_path: Path) -> None:
    archive = tmp_path / "documents.tar"
    archive.write_bytes(b"of yesterday")
    link = tmp_path / "newest.tar"
    link.symlink_to(archive)
    refused = run(service, "export", "--documents", str(link), token="none")
    assert (refused.returncode, archive.read_bytes()) == (1, b"of yesterday")
    assert run(service, "export", "--label", "none of them", "--documents", str(link)).returncode == 0
    with tarfile.open(archive) as documents:
        assert documents.getnames() == []
    assert link.is_symlink()
    assert sorted(tmp_path.iterdir()) == [archive, link]
    # What is no file is written to: a pipe leads on.
    piped = run(service, "export", "--label", "none of them", "--documents", "/dev/stdout")
    assert (piped.returncode, len(piped.stdout)) == (0, archive.stat().st_size)


def test_more_lines_than_a_service_takes_at_once_are_imported_in_parts(service: Service) -> None:
    lines = [
        json.dumps({"url": f"http://127.0.0.1:9/many/{at}/", "labels": ["many"], "description": "x" * 1500})
        for at in range(800)
    ]
    lines[790] = "no JSON"
    done = run(service, "import", "-", given="\n".join(lines))
    assert (done.returncode, done.stdout) == (1, "799 created, 0 known already, 1 failed\n")
    assert done.stderr == "line 791: is not valid JSON\n"
    # Of one that is too large for the service, it is said where it stands.
    lines = [json.dumps({"url": "http://127.0.0.1:9/many/1/"}), json.dumps({"url": "x" * 2_000_000})]
    done = run(service, "import", "-", given="\n".join(lines))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "llmstxt-sched: line 2 and those after it: the body is too large: send less at once; "
        "0 of those before were created\n"
    )
    # What was wrong with the lines before it is not lost.
    done = run(service, "import", "-", given="\n".join(["no JSON", *lines]))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "line 1: is not valid JSON\n"
        "llmstxt-sched: line 3 and those after it: the body is too large: send less at once; "
        "0 of those before were created\n"
    )
    service.json("POST", "/api/projects/bulk", {"action": "delete", "filter": {"label": "many"}, "expected": 799})


def test_a_filter_that_is_empty_is_no_filter_for_all(service: Service, site: Site) -> None:
    made = run(service, "create", site.url, "--name", "Without a label").stdout.strip()
    assert run(service, "export", "--label", "").stdout == ""
    assert run(service, "list", "--status", "").returncode == 1
    assert made in run(service, "list").stdout


@pytest.mark.slow
def test_a_run_is_waited_for_through_a_restart_and_ctrl_c_ends_the_wait(tmp_path: Path) -> None:
    service = Service(tmp_path, {"LLMSTXT_RUNS__LEASE_SECONDS": "2"})
    try:
        service.start()
        with serve_docs() as docs:
            docs.hold()
            made = run(service, "create", docs.url).stdout.strip()

            def wait() -> subprocess.Popen[str]:
                command = [str(COMMAND), "project", "run", made, "--wait"]
                # Tests in the background ignore Ctrl-C, and so would what they start.
                before = signal.signal(signal.SIGINT, signal.default_int_handler)
                try:
                    return subprocess.Popen(command, env=environment_of(service), stdout=subprocess.PIPE, text=True)
                finally:
                    signal.signal(signal.SIGINT, before)

            waiting = wait()
            until(lambda: service.json("GET", f"/api/projects/{made}")["status"] == "running", "the run to begin")
            # Until it has asked for the end of the run.
            time.sleep(1)
            service.end()
            service.start()
            docs.release()
            assert waiting.communicate(timeout=PATIENCE_SECONDS)[0].startswith("COMPLETE_WITH_DIFFS")
            assert waiting.returncode == 0
            docs.hold()
            waiting = wait()
            until(lambda: service.json("GET", f"/api/projects/{made}")["status"] == "running", "the next one to begin")
            time.sleep(1)
            waiting.send_signal(signal.SIGINT)
            waiting.communicate(timeout=10)
            assert waiting.returncode == 130
    finally:
        service.close()


def test_a_run_that_is_cancelled_while_it_is_waited_for_is_no_success(service: Service) -> None:
    with serve_docs() as docs:
        docs.hold()
        made = run(service, "create", docs.url).stdout.strip()
        command = [str(COMMAND), "project", "run", made, "--wait"]
        waiting = subprocess.Popen(command, env=environment_of(service), stdout=subprocess.PIPE, text=True)
        until(lambda: service.json("GET", f"/api/projects/{made}")["status"] == "running", "the run to begin")
        active = service.json("GET", f"/api/projects/{made}")["active_run"]["id"]
        service.json("POST", f"/api/runs/{active}/cancel", expect=202)
        assert waiting.communicate(timeout=PATIENCE_SECONDS)[0].startswith("CANCELED")
        assert waiting.returncode == 1
        docs.release()


def test_what_the_service_refuses_is_said(service: Service) -> None:
    refused = run(service, "create", "ftp://x")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == "llmstxt-sched: url: the URL must begin with http:// or https://\n"
    # As of a script's variable that is not set.
    for name in ("", "../tokens", "Docs"):
        refused = run(service, "run", name)
        assert refused.returncode == 1
        assert refused.stderr == (
            f"llmstxt-sched: {name!r} is not the id of a project: see `llmstxt-sched project list`\n"
        )


@pytest.mark.slow
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


@pytest.mark.slow
@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (
            b"HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n<html>hello</h>",
            "what answers at URL is another service: set",
        ),
        (
            b"HTTP/1.1 404 Not Found\r\nContent-Length: 15\r\n\r\n<html>hello</h>",
            "URL answered 404 Not Found: see that",
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


@pytest.mark.slow
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
    url = environment["LLMSTXT_CLIENT__URL"]
    said = f"llmstxt-sched: {url} answered 302 Found: see that LLMSTXT_CLIENT__URL is the service's address\n"
    assert done.stderr == said
