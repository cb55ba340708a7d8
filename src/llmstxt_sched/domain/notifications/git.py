"""Where a project's documents go in a Git repository, as a target's options say it.  Pure."""

from __future__ import annotations

import re
from typing import Literal

from msgspec import Struct

from llmstxt_sched.domain.notifications.target import TargetKind
from llmstxt_sched.errors import Faults, InvalidInput

MAX_REPOSITORY = 255
MAX_BRANCH = 200
MAX_PATH = 400
MAX_MESSAGE = 200

Mode = Literal["commit", "pull_request"]

_FULL = "llms-full.txt"

# GitHub: an owner and a name.  GitLab: a project, below up to 20 groups.
_OWNER = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?")
_NAME = re.compile(r"[A-Za-z0-9_.-]+")
_GROUP = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")
_MAX_GROUPS = 20
# git-check-ref-format(1), and what HTML and shells would read as their own.
_BRANCH = re.compile(r"[^\x00-\x20\x7f-\x9f~^:?*\[\\<>\"'`|;&$(){}!#%\ud800-\udfff]+")
# Characters that every file system takes to which a repository may be checked out.
_COMPONENT = re.compile(r"[^\x00-\x1f\x7f-\x9f\\:*?\"<>|\u200c-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff]+")
_LINE = re.compile(r"[^\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")


class GitOptions(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The options of a target of kind github or gitlab.

    `repository` is `owner/name`, on GitLab with all groups; `path` is that of llms.txt in it, and `full` puts
    llms-full.txt beside it.  `mode` is `commit` for commits to `branch` itself, `pull_request` for one open pull or
    merge request from a branch of ours.  `message` is that of the commits, and the request's title.
    """

    repository: str
    branch: str = "main"
    path: str = "llms.txt"
    full: bool = False
    mode: Mode = "commit"
    message: str = "Update llms.txt"

    @property
    def full_path(self) -> str:
        """The path of llms-full.txt."""
        folder, slash, _ = self.path.rpartition("/")
        return f"{folder}{slash}{_FULL}"

    @property
    def our_branch(self) -> str:
        """The branch that requests come from: the same for the same place, another for each other one."""
        plain = re.sub(r"[^A-Za-z0-9_]+", "-", f"{self.branch}-{self.path}").strip("-")
        return f"llmstxt-sched/{plain[:MAX_BRANCH]}"


def check_git_options(kind: TargetKind, options: GitOptions) -> None:
    """Raise InvalidInput for what names no repository, branch or file, or a file that nobody should let us write."""
    faults = Faults()
    if not _is_repository(kind, options.repository):
        form = "owner/name" if kind is TargetKind.GITHUB else "group/project, with all groups above it"
        faults.note("options.repository", f"a repository is written {form}, without the address of its server")
    if not _is_branch(options.branch):
        faults.note("options.branch", "this is no name of a branch (git-check-ref-format)")
    with faults:
        _check_path(options)
    if not (options.message.strip() and len(options.message) <= MAX_MESSAGE and _LINE.fullmatch(options.message)):
        faults.note("options.message", f"a message is one line of at most {MAX_MESSAGE} characters")
    faults.tell()


def check_git_target(options: GitOptions, address: str, *, has_token: bool) -> None:
    """Raise InvalidInput for an address that cannot be that of an API, and without a token."""
    faults = Faults()
    if "?" in address or "#" in address:
        faults.note("address", "the address of an API ends with its path, as https://gitlab.com/api/v4")
    if address.rstrip("/").endswith(options.repository):
        faults.note("address", "this is the repository; the API is at https://api.github.com or /api/v4")
    if not has_token:
        faults.note("token", "a repository needs a token that may write to it")
    faults.tell()


def _is_repository(kind: TargetKind, repository: str) -> bool:
    *above, name = repository.split("/")
    if len(repository) > MAX_REPOSITORY or not _NAME.fullmatch(name) or name in {".", ".."}:
        return False
    if name.lower().endswith((".git", ".atom")):
        return False
    if kind is TargetKind.GITHUB:
        return len(above) == 1 and _OWNER.fullmatch(above[0]) is not None
    return 1 <= len(above) <= _MAX_GROUPS and all(map(_GROUP.fullmatch, above))


def _is_branch(branch: str) -> bool:
    if len(branch) > MAX_BRANCH or not _BRANCH.fullmatch(branch) or branch in {"@", "HEAD"}:
        return False
    if ".." in branch or "@{" in branch or branch.startswith(("-", "refs/")) or branch.endswith("."):
        return False
    return all(part and not part.startswith(".") and not part.endswith(".lock") for part in branch.split("/"))


def _check_path(options: GitOptions) -> None:
    path = options.path
    if len(path) > MAX_PATH or not all(map(_is_component, path.split("/"))):
        message = "a path leads from the root of the repository to the file, as public/llms.txt does"
        raise InvalidInput("options.path", message)
    if not path.endswith((".txt", ".md")):
        # Strangers write what stands in the file: as a page, a script or a workflow it would be theirs.
        raise InvalidInput("options.path", "the file's name must end in .txt or .md")
    if options.full and path == options.full_path:
        raise InvalidInput("options.path", f"{_FULL} goes beside this file, which needs another name")


def _is_component(part: str) -> bool:
    if not _COMPONENT.fullmatch(part) or part.endswith((" ", ".")) or part.startswith(" "):
        return False
    # As file systems without case, and those with short names, read it (CVE-2014-9390, CVE-2019-1353).
    return part.lower() not in {".git", "git~1"}
