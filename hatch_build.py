"""Compiles the reader of pages with mypyc for a wheel, which halves the time that a page takes.

It is asked for by HATCH_BUILD_HOOK_ENABLE_CUSTOM=true, and needs a C compiler and what is in requirements-compile.txt.
OPT_LEVEL is what the compiler is told by -O: with 3, the default, it takes nearly twice as long as with 1.
Every other wheel, and an editable install, holds the same code as it is written.

hatch-mypyc would put what it compiles beside the sources, where Python takes it for them until it is removed.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PACKAGE, COMPILED = "llmstxt_sched", "extraction"
# Its metaclass makes a class what mypyc cannot compile; such modules are not where the time goes.
STRUCT = "(Struct"


class CompileHook(BuildHookInterface[Any]):
    """The hook `custom` of the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, and add what comes of it to the wheel."""
        if version == "editable":
            return
        self._folder = TemporaryDirectory(prefix="llmstxt-compiled-")
        library = self._compile(Path(self._folder.name))
        for file in library.rglob("*.so"):
            build_data["force_include"][str(file)] = str(file.relative_to(library))
        build_data["infer_tag"], build_data["pure_python"] = True, False

    def _compile(self, folder: Path) -> Path:
        from mypyc.build import mypycify
        from setuptools import Distribution

        root = Path(self.root)
        sources = (root / "src" / PACKAGE / COMPILED).rglob("*.py")
        names = [str(file) for file in sources if STRUCT not in file.read_text(encoding="utf-8")]
        options = ["--config-file", str(root / "pyproject.toml"), "--cache-dir", str(folder / "types")]
        level = os.environ.get("OPT_LEVEL", "3")
        extensions = mypycify([*options, *names], target_dir=str(folder / "c"), group_name=PACKAGE, opt_level=level)
        for source in (folder / "c").rglob("*.c"):
            _unindent(source)
        for extension in extensions:
            # Else each call from one function to another asks first whether another library has its like; what only a
            # debugger reads, which Python's own flags ask for, is half of the file and a third of the time it takes;
            # and to look for what to warn of in 20 MB of generated C takes longer than to compile it.
            extension.extra_compile_args = [*extension.extra_compile_args, "-fvisibility=hidden", "-g0", "-Wno-all"]
        build = Distribution({"ext_modules": extensions}).get_command_obj("build_ext")
        library = folder / "library"
        build.build_lib, build.build_temp = str(library), str(folder / "objects")
        build.ensure_finalized()
        build.run()
        return library

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove what was compiled, which is in the wheel."""
        if version != "editable":
            self._folder.cleanup()


def _unindent(source: Path) -> None:
    """Take the indentation out of generated C: mypyc's grows from function to function, to three quarters of all."""
    source.write_bytes(re.sub(rb"(?m)^ +", b"", source.read_bytes()))
