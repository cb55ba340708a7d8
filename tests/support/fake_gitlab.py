"""The part of GitLab's REST API that publishing uses, by its documentation, over a repository in memory."""

from __future__ import annotations

import contextlib
import hashlib
import re
from collections.abc import AsyncIterator, Mapping
from typing import Any
from urllib.parse import unquote

from aiohttp import web
from tests.support.git_host import TOKEN, GitHost, Refusal, hosting

ROOT = "/api/v4"


class FakeGitLab(GitHost):
    """A project at `address`; what it refuses it refuses as GitLab does."""

    @property
    def address(self) -> str:
        return self.origin + ROOT

    def answer(self, request: web.BaseRequest, body: Any) -> web.Response:
        if request.headers.get("PRIVATE-TOKEN") != TOKEN:
            raise Refusal(401, "401 Unauthorized")
        found = re.fullmatch(rf"{ROOT}/projects/([^/]+)/([^?]*)(?:\?.*)?", request.raw_path)
        if found is None or unquote(found[1]) != self.name:
            raise Refusal(404, "404 Project Not Found")
        is_write = request.method not in {"GET", "HEAD"}
        if is_write and not self.may_write:
            raise Refusal(403, "403 Forbidden")
        for pattern, method, act in _ROUTES:
            fits = re.fullmatch(pattern, found[2])
            if fits and request.method == method:
                answer = act(self, unquote(fits[1]) if fits.groups() else "", request.query, body)
                return answer if isinstance(answer, web.Response) else web.json_response(answer[0], status=answer[1])
        raise Refusal(404, "404 Not Found")

    def head_file(self, path: str, query: Mapping[str, str], _: Any) -> web.Response:
        files = self.files(query["ref"]) if query["ref"] in self.branches else {}
        if path not in files:
            return web.Response(status=404)
        return web.Response(
            headers={
                "X-Gitlab-Content-Sha256": hashlib.sha256(files[path]).hexdigest(),
                "X-Gitlab-Last-Commit-Id": self.last_change(query["ref"], path),
            }
        )

    def post_commit(self, _: str, __: Mapping[str, str], body: Any) -> tuple[Any, int]:
        branch, start = body["branch"], body.get("start_branch")
        if branch in self.protected or self.is_secondaryd:
            raise Refusal(403, "You are not allowed to push into this branch")
        if start and branch in self.branches:
            raise Refusal(400, f"A branch called '{branch}' already exists. Switch to that branch to make changes")
        if (start or branch) not in self.branches:
            raise Refusal(400, "You can only create or edit files when you are on a branch")
        from_branch = start or branch
        files = dict(self.files(from_branch))
        for action in body["actions"]:
            path = action["file_path"]
            if action["action"] == "create" and path in files:
                raise Refusal(400, "A file with this name already exists")
            if action["action"] == "update" and path not in files:
                raise Refusal(400, "A file with this name doesn't exist")
            if action["action"] == "update" and action["last_commit_id"] != self.last_change(from_branch, path):
                message = f"You are attempting to update a file `{path}` that has changed since you started editing it."
                raise Refusal(400, message)
            files[path] = action["content"].encode()
        sha = self.add(branch, files, (self.branches[from_branch],), body["commit_message"])
        return {"id": sha}, 201

    def get_branch(self, name: str, _: Mapping[str, str], __: Any) -> tuple[Any, int]:
        if name not in self.branches:
            raise Refusal(404, "404 Branch Not Found")
        return {"name": name, "commit": {"id": self.branches[name]}}, 200

    def delete_branch(self, name: str, _: Mapping[str, str], __: Any) -> web.Response:
        del self.branches[name]
        return web.Response(status=204)

    def get_requests(self, _: str, query: Mapping[str, str], __: Any) -> tuple[Any, int]:
        wanted = {name: query[name] for name in ("state", "source_branch", "target_branch")}
        return [r for r in self.requests if wanted.items() <= r.items()][: int(query["per_page"])], 200

    def post_request(self, _: str, __: Mapping[str, str], body: Any) -> tuple[Any, int]:
        query = {"state": "opened", "per_page": "1", **{n: body[n] for n in ("source_branch", "target_branch")}}
        if self.get_requests("", query, None)[0]:
            raise Refusal(409, "Another open merge request already exists for this source branch: !1")
        self.requests.append({"iid": len(self.requests) + 1, "state": "opened", **body})
        return self.requests[-1], 201

    def put_request(self, number: str, _: Mapping[str, str], body: Any) -> tuple[Any, int]:
        assert body == {"state_event": "close"}
        self.requests[int(number) - 1]["state"] = "closed"
        return self.requests[int(number) - 1], 200


_ROUTES: list[tuple[str, str, Any]] = [
    ("repository/files/([^/]+)", "HEAD", FakeGitLab.head_file),
    ("repository/commits", "POST", FakeGitLab.post_commit),
    ("repository/branches/([^/]+)", "GET", FakeGitLab.get_branch),
    ("repository/branches/([^/]+)", "DELETE", FakeGitLab.delete_branch),
    ("merge_requests", "GET", FakeGitLab.get_requests),
    ("merge_requests", "POST", FakeGitLab.post_request),
    (r"merge_requests/(\d+)", "PUT", FakeGitLab.put_request),
]


@contextlib.asynccontextmanager
async def fake_gitlab(files: Mapping[str, bytes] | None = None) -> AsyncIterator[FakeGitLab]:
    """A project acme/web/docs whose branch main holds these files, or with none at all."""
    host = FakeGitLab(name="acme/web/docs")
    if files is not None:
        host.add("main", files, message="first")
    async with hosting(host, host.answer):
        yield host
