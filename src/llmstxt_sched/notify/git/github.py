"""GitHub, by its REST API of 2022-11-28: one file by the contents API, several in one commit by the Git database."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from urllib.parse import quote, urlencode

from llmstxt_sched.notify.git.change import Change, GitFile
from llmstxt_sched.notify.git.rest_api import Overtaken, Refused, Reply, RestApi

_PROTECTED = re.compile(
    r"protected branch|rule violation|through a pull request|required status check|approving review"
    r"|not authorized to push",
    re.IGNORECASE,
)
_RIGHTS = {
    "commit": "give it the repository's permission Contents: read and write",
    "pull_request": "give it the repository's permissions Contents and Pull requests: read and write",
}


def headers(token: str) -> dict[str, str]:
    """The headers of each request."""
    return {
        "Accept": "application/vnd.github.object+json",
        "Authorization": f"Bearer {token}",
        "X-GitHub-Api-Version": "2022-11-28",
    }


class GitHub:
    """One repository.  Its methods raise Refused, and Overtaken if it is worth to look again."""

    def __init__(self, api: RestApi, change: Change) -> None:
        self._api = api
        self._change = change
        self._options = change.options
        self._repository = f"repos/{change.options.repository}"

    async def commit(self) -> str:
        """Bring the branch up to date, and say what was done."""
        return await self._commit_to(self._options.branch)

    async def request(self) -> str:
        """Bring the one pull request up to date, and say what was done."""
        base, ours = self._options.branch, self._options.our_branch
        stale = await self._stale(base)
        number = await self._open_request()
        if not stale:
            return await self._close(number)
        if number:
            return f"{await self._commit_to(ours)}, in pull request #{number}"
        tip = await self._tip_of_ours()
        if tip is None or await self._stale(ours):
            await self._renew(tip)
        return await self._open()

    async def _commit_to(self, branch: str) -> str:
        stale = await self._stale(branch)
        if not stale:
            return f"{branch} holds these files already"
        if len(stale) == 1:
            ((file, sha),) = stale
            body = {"message": self._options.message, "content": b64encode(file.body).decode(), "branch": branch}
            await self._done("PUT", self._contents(file), body | ({"sha": sha} if sha else {}))
        else:
            commit, tree = await self._branch(branch)
            made = await self._write(tree, (commit,), [file for file, _ in stale])
            await self._done("PATCH", f"git/refs/heads/{_in_path(branch)}", {"sha": made, "force": False})
        return f"a commit to {branch}"

    async def _stale(self, branch: str) -> list[tuple[GitFile, str]]:
        """The files that are not on `branch` as they should be, each with the hash of what is there, or ''."""
        found = [(file, await self._blob(file, branch)) for file in self._change.files]
        return [(file, sha) for file, sha in found if sha != file.blob_sha]

    async def _blob(self, file: GitFile, branch: str) -> str:
        reply = await self._api.ask("GET", self._path(f"{self._contents(file)}?{urlencode({'ref': branch})}"))
        if reply.status == 404:
            if "no commit found" in reply.reason.lower():
                raise Refused(f"there is no branch {branch}: create it, or name another", 404, is_final=True)
            # Or there is no such repository, which the next request to write something finds out.
            return ""
        self._check(reply)
        kind = reply.text("type")
        if kind != "file":
            message = f"{file.path} is a {'folder' if kind == 'dir' else kind} in the repository: name another path"
            raise Refused(message, reply.status, is_final=True)
        return reply.text("sha")

    async def _branch(self, branch: str) -> tuple[str, str]:
        """The commit and the tree at the tip of a branch."""
        reply = await self._done("GET", f"branches/{_in_path(branch)}")
        return reply.text("commit", "sha"), reply.text("commit", "commit", "tree", "sha")

    async def _write(self, tree: str, parents: Sequence[str], files: Sequence[GitFile]) -> str:
        """A commit that no branch has yet."""
        entries = [{"path": f.path, "mode": "100644", "type": "blob", "content": f.body.decode()} for f in files]
        made = await self._done("POST", "git/trees", {"base_tree": tree, "tree": entries})
        commit = {"message": self._options.message, "tree": made.text("sha"), "parents": list(dict.fromkeys(parents))}
        return (await self._done("POST", "git/commits", commit)).text("sha")

    async def _tip_of_ours(self) -> str | None:
        reply = await self._api.ask("GET", self._path(f"git/ref/heads/{_in_path(self._options.our_branch)}"))
        if reply.status == 404:
            return None
        self._check(reply)
        return reply.text("object", "sha")

    async def _renew(self, tip: str | None) -> None:
        """Have our branch hold what the base holds now, with the files.

        A branch that is left from an earlier request is merged into: it moves forward, and never conflicts.
        """
        ours = self._options.our_branch
        commit, tree = await self._branch(self._options.branch)
        made = await self._write(tree, (tip, commit) if tip else (commit,), self._change.files)
        if tip:
            await self._done("PATCH", f"git/refs/heads/{_in_path(ours)}", {"sha": made, "force": False})
        else:
            await self._done("POST", "git/refs", {"ref": f"refs/heads/{ours}", "sha": made})

    async def _open_request(self) -> int:
        """The number of our pull request if one is open, else 0."""
        owner = self._options.repository.partition("/")[0]
        ours = f"{owner}:{self._options.our_branch}"
        query = urlencode({"state": "open", "head": ours, "base": self._options.branch, "per_page": 1})
        found = (await self._done("GET", f"pulls?{query}")).each()
        return found[0].number("number") if found else 0

    async def _open(self) -> str:
        body = {
            "title": self._options.message,
            "body": self._change.text,
            "head": self._options.our_branch,
            "base": self._options.branch,
        }
        return f"pull request #{(await self._done('POST', 'pulls', body)).number('number')} was opened"

    async def _close(self, number: int) -> str:
        """A request that would undo what the base holds is not left open."""
        if number:
            await self._done("PATCH", f"pulls/{number}", {"state": "closed"})
            return f"{self._options.branch} holds these files already: pull request #{number} was closed"
        return f"{self._options.branch} holds these files already"

    def _contents(self, file: GitFile) -> str:
        return f"contents/{_in_path(file.path)}"

    def _path(self, path: str) -> str:
        return f"{self._repository}/{path}"

    async def _done(self, method: str, path: str, body: Mapping[str, object] | None = None) -> Reply:
        reply = await self._api.ask(method, self._path(path), body)
        self._check(reply)
        return reply

    def _check(self, reply: Reply) -> None:
        status, reason, options = reply.status, reply.reason, self._options
        if status < 300:
            return
        if _PROTECTED.search(reason):
            message = "the branch is protected: let the token pass its rules, or choose the mode pull_request"
            raise Refused(f"{message} ({reason})", status, is_final=True)
        if status == 403:
            if "archived" in reason:
                raise Refused(f"{options.repository} is archived: unarchive it, or name another", status, is_final=True)
            raise Refused(f"the token may not do this: {_RIGHTS[options.mode]} ({reason})", status, is_final=True)
        if status == 404:
            missing = (
                f"there is no {options.repository} with a branch {options.branch}, or the token may not write to it"
            )
            raise Refused(f"{missing}: {_RIGHTS[options.mode]}", status, is_final=True)
        if status == 409 and "empty" in reason:
            raise Refused("the repository is empty: make its first commit", status, is_final=True)
        if status == 409 or "fast forward" in reason or "already exists" in reason:
            raise Overtaken(f"the branch was changed by somebody else meanwhile ({reason})", status)
        raise Refused(f"GitHub refused it: HTTP {status} {reason}", status, is_final=status in {400, 422, 451})


def _in_path(text: str) -> str:
    return quote(text, safe="/")
