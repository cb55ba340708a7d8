"""Builds the site with each generator, all from PyPI, in a process of its own."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from bench.documents.markup import ADMONITIONS, DEFINITIONS, MATH, TABS, asciidoc, markdown, restructured_text
from bench.documents.pages import PAGES
from bench.documents.source import Page

_MKDOCS = """
site_name: Ferry
site_url: https://ferry.example/
use_directory_urls: false
theme: {theme}
markdown_extensions:
  - admonition
  - def_list
  - tables
  - pymdownx.superfences
  - pymdownx.tabbed: {{alternate_style: true}}
  - pymdownx.arithmatex: {{generic: true}}
"""
_SPHINX = """
project = "Ferry"
extensions = ["sphinx.ext.mathjax", "sphinx_design"]
html_theme = "{theme}"
"""
_BOOK = '[book]\ntitle = "Ferry"\nsrc = "."\n'


@dataclass(frozen=True)
class Generator:
    """A generator: how a page is written for it, in which file, what else it reads, and the command that runs it.

    `{name}` stands for the name of a page.  A command with it is run for each page.
    """

    name: str
    write: Callable[[Page, frozenset[str]], str]
    source: str
    command: str
    extensions: frozenset[str] = frozenset()
    files: dict[str, str] = field(default_factory=dict)
    page: str = "built/{name}.html"


def build(generator: Generator, folder: Path, path: str) -> list[Path]:
    """Build the site in `folder` by commands found in `path`; the built pages, in the order of PAGES."""
    (folder / "built").mkdir(parents=True)
    files = generator.files | {
        generator.source.format(name=page.name): generator.write(page, generator.extensions) for page in PAGES
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text)
    commands = {generator.command.format(name=page.name): None for page in PAGES}
    for command in commands:
        subprocess.run(shlex.split(command), cwd=folder, env=_environment(path), check=True, capture_output=True)  # noqa: S603
    return [folder / generator.page.format(name=page.name) for page in PAGES]


def _environment(path: str) -> dict[str, str]:
    return {**os.environ, "PATH": path + os.pathsep + os.environ["PATH"], "PYTHONUTF8": "1"}


def _mkdocs(theme: str) -> Generator:
    return Generator(
        name=f"MkDocs, {theme}",
        write=markdown,
        source="docs/{name}.md",
        command="mkdocs build --quiet --site-dir built",
        extensions=frozenset([ADMONITIONS, TABS, DEFINITIONS, MATH]),
        files={"mkdocs.yml": _MKDOCS.format(theme=theme)},
    )


def _sphinx(theme: str) -> Generator:
    return Generator(
        name=f"Sphinx, {theme}",
        write=_with_contents,
        source="{name}.rst",
        command="sphinx-build -q . built",
        extensions=frozenset([TABS]),
        files={"conf.py": _SPHINX.format(theme=theme)},
    )


def _with_contents(page: Page, extensions: frozenset[str]) -> str:
    """The page, the first one with the site's contents, which Sphinx leaves out of it and shows beside every page."""
    contents = "\n.. toctree::\n   :hidden:\n\n" + "".join(f"   {other.name}\n" for other in PAGES[1:])
    return restructured_text(page, extensions) + (contents if page is PAGES[0] else "")


def _docstring(page: Page, extensions: frozenset[str]) -> str:
    return f"r'''\n{markdown(page, extensions)}'''\n"


GENERATORS = (
    *map(_mkdocs, ("mkdocs", "readthedocs", "material")),
    *map(_sphinx, ("alabaster", "furo", "sphinx_rtd_theme", "pydata_sphinx_theme")),
    Generator("docutils", restructured_text, "{name}.rst", "docutils --writer html5 {name}.rst built/{name}.html"),
    Generator(
        name="pandoc",
        write=markdown,
        source="{name}.md",
        command="pandoc --standalone --mathjax --toc --metadata pagetitle={name} {name}.md --output built/{name}.html",
        extensions=frozenset([DEFINITIONS, MATH]),
    ),
    Generator(
        name="mdBook",
        write=markdown,
        source="{name}.md",
        command="mdbook build --dest-dir built",
        files={"book.toml": _BOOK, "SUMMARY.md": "".join(f"- [{page.title}]({page.name}.md)\n" for page in PAGES)},
    ),
    Generator(
        name="pdoc",
        write=_docstring,
        source="ferry_{name}.py",
        command=f"pdoc {' '.join(f'./ferry_{page.name}.py' for page in PAGES)} --output-directory built",
        page="built/ferry_{name}.html",
    ),
    Generator("AsciiDoc", asciidoc, "{name}.txt", "asciidoc --backend html5 --out-file built/{name}.html {name}.txt"),
)
