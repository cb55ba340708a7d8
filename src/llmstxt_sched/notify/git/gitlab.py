"""GitLab, by its REST API v4: all files in one commit of the commits API."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from urllib.parse import quote, urlencode

from llmstxt_sched.notify.git.change import Change, GitFile
from llmstxt_sched.notify.git.rest_api import Overtaken, Refused, Reply, RestApi

_RIGHTS = "give it the scope api and the role Developer, or Maintainer for a protected branch"
_PROTECTED = re.compile(r"not allowed to push|protected branch", re.IGNORECASE)
_NO_BRANCH = re.compile(
    r"when you are on a branch|branch .*(?:does not|doesn't) exist|invalid reference", re.IGNORECASE
)
_OVERTAKEN = re.compile(
    r"has changed since|already exists|could not update|doesn't exist|does not exist|please try again", re.IGNORECASE
)

Action = dict[str, str]


def headers(token: str) -> dict[str, str]:
    """The headers of each request."""
    return {"Accept": "application/json", "PRIVATE-TOKEN": token}


class GitLab:
    """One project.  Its methods raise Refused, and Overtaken if it is worth to look again."""

    def __init__(self, api: RestApi, change: Change) -> None:
        self._api = api
        self._change = change
        self._options = change.options
        self._project = f"projects/{_in_one(change.options.repository)}"

    async def commit(self) -> str:
        """Bring the branch up to date, and say what was done."""
        return await self._commit_to(self._options.branch)

    async def request(self) -> str:
        """Bring the one merge request up to date, and say what was done."""
        base, ours = self._options.branch, self._options.our_branch
        actions = await self._actions(base)
        number = await self._open_request()
        if not actions:
            return await self._close(number)
        if number:
            return f"{await self._commit_to(ours)}, in merge request !{number}"
        if not await self._holds(ours):
            await self._write(ours, actions, start=base)
        return await self._open()

    async def _commit_to(self, branch: str) -> str:
        actions = await self._actions(branch)
        if not actions:
            return f"{branch} holds these files already"
        await self._write(branch, actions)
        return f"a commit to {branch}"

    async def _actions(self, branch: str) -> list[Action]:
        """What a commit has to do for the files to be on `branch` as they should be."""
        found = [await self._action(file, branch) for file in self._change.files]
        return [action for action in found if action]

    async def _action(self, file: GitFile, branch: str) -> Action:
        path = f"repository/files/{_in_one(file.path)}?{urlencode({'ref': branch})}"
        reply = await self._api.ask("HEAD", f"{self._project}/{path}")
        action = {"file_path": file.path, "content": file.body.decode()}
        if reply.status == 404:
            # Or there is no such project or branch, which the request to write finds out.
            return {"action": "create", **action}
        self._check(reply)
        if reply.headers.get("x-gitlab-content-sha256") == file.sha256:
            return {}
        last = reply.headers.get("x-gitlab-last-commit-id")
        return {"action": "update", **action, **({"last_commit_id": last} if last else {})}

    async def _write(self, branch: str, actions: Sequence[Action], start: str = "") -> None:
        body = {"branch": branch, "commit_message": self._options.message, "actions": actions, "stats": False}
        await self._done("POST", "repository/commits", body | ({"start_branch": start} if start else {}))

    async def _holds(self, ours: str) -> bool:
        """Whether our branch has the files without a request, as after an attempt that was cut short.

        What else is left there of an earlier request is removed, so that it begins where the base is now; the commits
        of a request that was merged or closed stay with it.
        """
        branch = f"repository/branches/{_in_one(ours)}"
        reply = await self._api.ask("GET", f"{self._project}/{branch}")
        if reply.status == 404:
            return False
        self._check(reply)
        if not await self._actions(ours):
            return True
        await self._done("DELETE", branch)
        return False

    async def _open_request(self) -> int:
        """The number of our merge request if one is open, else 0."""
        between = {"source_branch": self._options.our_branch, "target_branch": self._options.branch}
        query = urlencode({"state": "opened", **between, "per_page": 1})
        found = (await self._done("GET", f"merge_requests?{query}")).each()
        return found[0].number("iid") if found else 0

    async def _open(self) -> str:
        body = {
            "source_branch": self._options.our_branch,
            "target_branch": self._options.branch,
            "title": self._options.message,
            "description": self._change.text,
            "remove_source_branch": True,
        }
        return f"merge request !{(await self._done('POST', 'merge_requests', body)).number('iid')} was opened"

    async def _close(self, number: int) -> str:
        """A request that would undo what the base holds is not left open."""
        if number:
            await self._done("PUT", f"merge_requests/{number}", {"state_event": "close"})
            return f"{self._options.branch} holds these files already: merge request !{number} was closed"
        return f"{self._options.branch} holds these files already"

    async def _done(self, method: str, path: str, body: Mapping[str, object] | None = None) -> Reply:
        reply = await self._api.ask(method, f"{self._project}/{path}", body)
        self._check(reply)
        return reply

    def _check(self, reply: Reply) -> None:
        status, reason, options = reply.status, reply.reason, self._options
        if status < 300:
            return
        if status == 405 and "moved" in reason:
            raise Refused(f"{options.repository} was renamed or moved: enter its new name", status, is_final=True)
        if _PROTECTED.search(reason):
            message = "the token may not push to the branch, or the project is archived"
            raise Refused(f"{message}: {_RIGHTS}, or choose the mode pull_request ({reason})", status, is_final=True)
        if status == 403:
            raise Refused(f"the token may not do this: {_RIGHTS} ({reason})", status, is_final=True)
        if status == 404:
            missing = f"there is no project {options.repository}, or the token may not see it"
            raise Refused(f"{missing}: {_RIGHTS}", status, is_final=True)
        if _NO_BRANCH.search(reason):
            message = f"there is no branch {options.branch}: create it, or name another ({reason})"
            raise Refused(message, status, is_final=True)
        if status == 409 or _OVERTAKEN.search(reason):
            raise Overtaken(f"the branch was changed by somebody else meanwhile ({reason})", status)
        # For a commit that failed for any other reason GitLab answers 400, and often says no more.
        raise Refused(f"GitLab refused it: HTTP {status} {reason}", status, is_final=status in {413, 422})


def _in_one(text: str) -> str:
    return quote(text, safe="")
