"""The part of GitHub's REST API that publishing uses, by its documentation, over a repository in memory."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import re
from collections.abc import AsyncIterator, Mapping
from typing import Any

from aiohttp import web
from tests.support.git_host import TOKEN, Commit, GitHost, Refusal, hosting

ROOT = "/api/v3"


def blob_sha(body: bytes) -> str:
    return hashlib.sha1(b"blob %d\0" % len(body) + body).hexdigest()


class FakeGitHub(GitHost):
    """A repository at `address`; what it refuses it refuses as GitHub does."""

    @property
    def address(self) -> str:
        return self.origin + ROOT

    def answer(self, request: web.BaseRequest, body: Any) -> web.Response:
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            raise Refusal(401, "Bad credentials")
        found = re.fullmatch(rf"{ROOT}/repos/([^/]+/[^/]+)/(.*)", request.path)
        if found is None or found[1] != self.name:
            raise Refusal(404, "Not Found")
        if request.method != "GET":
            if self.is_secondaryd:
                raise Refusal(403, "Repository was archived so is read-only.")
            if not self.may_write:
                raise Refusal(403, "Resource not accessible by personal access token")
        for pattern, method, act in _ROUTES:
            fits = re.fullmatch(pattern, found[2])
            if fits and request.method == method:
                data, status = act(self, fits[1] if fits.groups() else "", request.query, body)
                return web.json_response(data, status=status)
        raise Refusal(404, "Not Found")

    def get_contents(self, path: str, query: Mapping[str, str], _: Any) -> tuple[Any, int]:
        if not self.branches:
            raise Refusal(404, "This repository is empty.")
        if query["ref"] not in self.branches:
            raise Refusal(404, f"No commit found for the ref {query['ref']}")
        files = self.files(query["ref"])
        if any(name.startswith(f"{path}/") for name in files):
            return {"type": "dir", "entries": []}, 200
        if path not in files:
            raise Refusal(404, "Not Found")
        return {"type": "file", "path": path, "sha": blob_sha(files[path])}, 200

    def put_contents(self, path: str, _: Mapping[str, str], body: Any) -> tuple[Any, int]:
        branch = body.get("branch", "main")
        if branch in self.protected:
            raise Refusal(409, "Could not update file: Changes must be made through a pull request.")
        if self.branches and branch not in self.branches:
            raise Refusal(404, f"Branch {branch} not found")
        files = self.files(branch) if self.branches else {}
        before, given = files.get(path), body.get("sha")
        if before is not None and not given:
            raise Refusal(422, 'Invalid request.\n\n"sha" wasn\'t supplied.')
        if given and (before is None or blob_sha(before) != given):
            raise Refusal(409, f"{path} does not match {given}")
        parents = (self.branches[branch],) if self.branches else ()
        content = base64.b64decode(body["content"], validate=True)
        sha = self.add(branch, files | {path: content}, parents, body["message"])
        return {"content": {"path": path}, "commit": {"sha": sha}}, 201 if before is None else 200

    def get_branch(self, name: str, _: Mapping[str, str], __: Any) -> tuple[Any, int]:
        if name not in self.branches:
            raise Refusal(404, "Branch not found")
        sha = self.branches[name]
        return {"name": name, "commit": {"sha": sha, "commit": {"tree": {"sha": self._tree(sha)}}}}, 200

    def get_ref(self, name: str, _: Mapping[str, str], __: Any) -> tuple[Any, int]:
        if name not in self.branches:
            raise Refusal(404, "Not Found")
        return {"ref": f"refs/heads/{name}", "object": {"type": "commit", "sha": self.branches[name]}}, 200

    def post_tree(self, _: str, __: Mapping[str, str], body: Any) -> tuple[Any, int]:
        files = dict(self.commits[body["base_tree"].removeprefix("tree-")].files)
        files |= {entry["path"]: entry["content"].encode() for entry in body["tree"]}
        return {"sha": self._tree(self.store(Commit(files)))}, 201

    def post_commit(self, _: str, __: Mapping[str, str], body: Any) -> tuple[Any, int]:
        if any(parent not in self.commits for parent in body["parents"]):
            raise Refusal(422, "Parent SHA does not exist or is not a commit object")
        files = self.commits[body["tree"].removeprefix("tree-")].files
        return {"sha": self.store(Commit(files, tuple(body["parents"]), body["message"]))}, 201

    def post_ref(self, _: str, __: Mapping[str, str], body: Any) -> tuple[Any, int]:
        name = body["ref"].removeprefix("refs/heads/")
        if name in self.branches:
            raise Refusal(422, "Reference already exists")
        self.branches[name] = body["sha"]
        return {"ref": body["ref"]}, 201

    def patch_ref(self, name: str, _: Mapping[str, str], body: Any) -> tuple[Any, int]:
        if name in self.protected:
            raise Refusal(422, "Changes must be made through a pull request.")
        if name not in self.branches:
            raise Refusal(422, "Reference does not exist")
        if not self.holds(body["sha"], self.branches[name]) and not body["force"]:
            raise Refusal(422, "Update is not a fast forward")
        self.branches[name] = body["sha"]
        return {"ref": f"refs/heads/{name}"}, 200

    def get_pulls(self, _: str, query: Mapping[str, str], __: Any) -> tuple[Any, int]:
        wanted = {name: query[name] for name in ("state", "head", "base")}
        return [p for p in self.requests if wanted.items() <= p.items()][: int(query["per_page"])], 200

    def post_pull(self, _: str, __: Mapping[str, str], body: Any) -> tuple[Any, int]:
        head = f"{self.name.partition('/')[0]}:{body['head']}"
        if self.get_pulls("", {"state": "open", "head": head, "base": body["base"], "per_page": "1"}, None)[0]:
            raise Refusal(422, "Validation Failed", None, f"A pull request already exists for {head}.")
        if self.holds(self.branches[body["base"]], self.branches[body["head"]]):
            raise Refusal(422, "Validation Failed", None, f"No commits between {body['base']} and {body['head']}")
        pull = {"number": len(self.requests) + 1, "state": "open", **body, "head": head}
        self.requests.append(pull)
        return pull, 201

    def patch_pull(self, number: str, _: Mapping[str, str], body: Any) -> tuple[Any, int]:
        self.requests[int(number) - 1] |= body
        return self.requests[int(number) - 1], 200

    @staticmethod
    def _tree(sha: str) -> str:
        return f"tree-{sha}"


_ROUTES: list[tuple[str, str, Any]] = [
    ("contents/(.+)", "GET", FakeGitHub.get_contents),
    ("contents/(.+)", "PUT", FakeGitHub.put_contents),
    ("branches/(.+)", "GET", FakeGitHub.get_branch),
    ("git/ref/heads/(.+)", "GET", FakeGitHub.get_ref),
    ("git/refs/heads/(.+)", "PATCH", FakeGitHub.patch_ref),
    ("git/refs", "POST", FakeGitHub.post_ref),
    ("git/trees", "POST", FakeGitHub.post_tree),
    ("git/commits", "POST", FakeGitHub.post_commit),
    ("pulls", "GET", FakeGitHub.get_pulls),
    ("pulls", "POST", FakeGitHub.post_pull),
    (r"pulls/(\d+)", "PATCH", FakeGitHub.patch_pull),
]


@contextlib.asynccontextmanager
async def fake_github(files: Mapping[str, bytes] | None = None) -> AsyncIterator[FakeGitHub]:
    """A repository acme/docs whose branch main holds these files, or with none at all."""
    host = FakeGitHub()
    if files is not None:
        host.add("main", files, message="first")
    async with hosting(host, host.answer):
        yield host
