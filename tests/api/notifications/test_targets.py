from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from tests.support.service import Service, until
from tests.support.visitors import Visitors


class Hook(BaseHTTPRequestHandler):
    """Takes everything, and answers with what it got."""

    got: list[dict[str, str]]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.got.append(dict(self.headers.items()))
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.path.encode() + b" " + body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  (the base class' name)
        return


@pytest.fixture(scope="module")
def hook() -> Iterator[tuple[str, list[dict[str, str]]]]:
    """The address of a receiver, and the headers that it got."""
    got: list[dict[str, str]] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("ThisHook", (Hook,), {"got": got}))
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/hook", got
    server.shutdown()
    server.server_close()


def webhook(address: str, **more: Any) -> dict[str, Any]:
    """What makes a webhook."""
    return {"kind": "webhook", "name": "Deploy", "address": address, **more}


def test_a_target_is_made_shown_changed_and_deleted(service: Service, project: dict[str, Any], hook: Any) -> None:
    address = f"{hook[0]}?key=s3cret-key"
    made = service.json("POST", "/api/targets", webhook(address, project_id=project["id"]), expect=201)
    assert made["secret"].startswith("whsec_")
    path = f"/api/targets/{made['id']}"
    shown = service.json("GET", path)
    assert shown == {name: value for name, value in made.items() if name != "secret"}
    assert (shown["address"], "test" in shown["events"]) == (f"{hook[0]}?key=…", False)
    changed = service.json("PATCH", path, {"name": "Other", "events": ["run.failed"], "is_enabled": False})
    assert (changed["name"], changed["events"], changed["is_enabled"]) == ("Other", ["run.failed"], False)
    listed = service.json("GET", f"/api/targets?project_id={project['id']}")["items"]
    assert [each["id"] for each in listed] == [made["id"]]
    service.json("DELETE", path, expect=204)
    service.json("GET", path, expect=404)
    actions = [row["action"] for row in service.json("GET", "/api/audit?action=target")["items"]]
    assert actions[:3] == ["target.delete", "target.edit", "target.create"]
    assert "s3cret-key" not in str(service.json("GET", "/api/audit")) + service.log


def test_a_test_tells_the_answer_at_once_and_is_in_the_log(service: Service, hook: Any) -> None:
    made = service.json("POST", "/api/targets", webhook(f"{hook[0]}?key=s3cret-key"), expect=201)
    answer = service.json("POST", f"/api/targets/{made['id']}/test")
    assert (answer["status_code"], answer["error"]) == (200, "")
    assert answer["body"].startswith('/hook?key=… {"type":"test"')
    path = f"/api/deliveries?target_id={made['id']}&status=DELIVERED"
    # Runs that other tests left may end meanwhile, and are told, too.
    (logged,) = [each for each in service.json("GET", path)["items"] if each["event"]["kind"] == "test"]
    assert (logged["status"], logged["event"]["kind"], logged["answer"]) == ("DELIVERED", "test", answer["body"])
    service.json("POST", f"/api/deliveries/{logged['id']}/resend", expect=204)

    def is_done() -> bool:
        return logged["id"] in {each["id"] for each in service.json("GET", path)["items"]}

    until(is_done, "the delivery to be made again")
    assert [request["webhook-id"] for request in hook[1]].count(logged["event"]["id"]) == 2
    service.json("DELETE", f"/api/targets/{made['id']}", expect=204)


def test_a_run_is_delivered_and_listed_as_an_event(service: Service, project: dict[str, Any], hook: Any) -> None:
    made = service.json("POST", "/api/targets", webhook(hook[0], project_id=project["id"]), expect=201)
    run = service.run_now(project["id"])
    path = f"/api/deliveries?target_id={made['id']}&status=DELIVERED"
    (delivery,) = until(lambda: service.json("GET", path)["items"], "the delivery")
    assert (delivery["target"]["id"], delivery["event"]["kind"]) == (made["id"], "run.completed")
    (event,) = service.json("GET", f"/api/events?project_id={project['id']}&kind=run.completed")["items"]
    assert (event["run_id"], event["id"]) == (run["id"], delivery["event"]["id"])


def test_a_secret_is_changed_and_both_sign_for_a_day(service: Service, hook: Any) -> None:
    made = service.json("POST", "/api/targets", webhook(hook[0]), expect=201)
    rotated = service.json("POST", f"/api/targets/{made['id']}/secret", {})
    assert rotated["secret"] not in {made["secret"], None}
    service.json("POST", f"/api/targets/{made['id']}/test")
    assert len(hook[1][-1]["webhook-signature"].split()) == 2
    service.json("DELETE", f"/api/targets/{made['id']}", expect=204)


def test_a_repeated_request_makes_one_target_and_tells_its_secret(service: Service, hook: Any) -> None:
    headers = {"Idempotency-Key": "a target once"}
    first, second = (
        service.client.post("/api/targets", json=webhook(hook[0]), headers=headers).json() for _ in range(2)
    )
    assert first == second
    service.json("DELETE", f"/api/targets/{first['id']}", expect=204)


def test_a_secret_is_changed_once_however_often_that_is_asked_for(service: Service, hook: Any) -> None:
    """Twice would end the secret that the receiver still knows."""
    made = service.json("POST", "/api/targets", webhook(hook[0]), expect=201)
    path, headers = f"/api/targets/{made['id']}/secret", {"Idempotency-Key": "a secret once"}
    first, second = (service.client.post(path, headers=headers) for _ in range(2))
    assert (first.status_code, first.content) == (200, second.content)
    assert first.json()["secret"] not in {made["secret"], None}
    other = service.client.post(path, headers=headers, json={"secret": made["secret"]})
    assert other.json()["errors"][0]["field"] == "Idempotency-Key"
    service.json("DELETE", f"/api/targets/{made['id']}", expect=204)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"address": "http://169.254.169.254/latest"}, "address"),
        ({"address": "ftp://example.com/"}, "address"),
        ({"address": "https://user:pass@example.com/"}, "address"),
        ({"secret": "whsec_short"}, "secret"),
        ({"events": ["test"]}, "events"),
        ({"events": []}, "events"),
        ({"options": {"priority": 3}}, "options"),
        ({"token": "abc"}, "token"),
        ({"name": "a\nb"}, "name"),
    ],
)
def test_what_cannot_be_is_refused_by_its_field(service: Service, more: dict[str, Any], field: str) -> None:
    body = webhook("https://example.com/hook") | more
    (error,) = service.json("POST", "/api/targets", body, expect=422)["errors"]
    assert error["field"] == field


def test_an_editor_has_targets_of_a_project_and_only_admins_those_of_all(
    service: Service, visitors: Visitors, project: dict[str, Any], hook: Any
) -> None:
    editor = visitors.signed_in("editor")
    assert editor.post("/api/targets", json=webhook(hook[0])).status_code == 403
    made = editor.post("/api/targets", json=webhook(hook[0], project_id=project["id"]))
    assert made.status_code == 201
    of_all = service.json("POST", "/api/targets", webhook(hook[0]), expect=201)
    path = f"/api/targets/{of_all['id']}"
    refused = [
        editor.patch(path, json={"name": "mine"}),
        editor.delete(path),
        editor.post(f"{path}/test"),
        editor.post(f"{path}/secret", json={}),
    ]
    assert [answer.status_code for answer in refused] == [403] * 4
    assert editor.delete(f"/api/targets/{made.json()['id']}").status_code == 204
    service.json("DELETE", path, expect=204)


def test_a_target_of_a_project_that_is_not_there_is_404(service: Service, hook: Any) -> None:
    body = webhook(hook[0], project_id="0f8fad5b-d9cb-469f-a165-70867728950e")
    service.json("POST", "/api/targets", body, expect=404)
