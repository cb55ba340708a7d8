"""The pages' own sources: what no module may do, which may do what others may not, and how much a page loads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from llmstxt_sched.api.frontend.assets import ASSETS, WEB, modules_of
from llmstxt_sched.api.frontend.views import VIEWS

# JavaScript and CSS of one page, each file compressed by itself, as it is sent.
BUDGET_BYTES = 35_000
SCRIPTS = {path.relative_to(WEB).as_posix(): path.read_text() for path in sorted(WEB.rglob("*.js"))}
PAGES = {path.name: path.read_text() for path in sorted(WEB.glob("*.html"))}
STYLES = {path.name: path.read_text() for path in sorted(WEB.glob("*.css"))}

STATIC_IMPORT = re.compile(
    r"""^(?:import|export)\s+(?:(\*[^;'"]*|\{[^}]*\}|\w+)\s+from\s+)?["']([^"']+)["'];""", re.MULTILINE
)
EXPORT = re.compile(r"^export (?:default )?(?:async )?(?:function\*?|const|let|class) (\w+)", re.MULTILINE)
NO_MODULE_MAY = {
    "make markup of text": (
        r"\b(?:inner|outer)HTML\b|insertAdjacentHTML|document\.write|createContextualFragment|DOMParser|setHTML"
    ),
    "run text as code": r"\beval\s*\(|new Function\b|\bset(?:Timeout|Interval)\(\s*[\"'`]",
    "set a style attribute": r"\bstyle\s*:|setAttribute\(\s*[\"']style|\.cssText\b",
    "set a handler as an attribute": r"setAttribute\(\s*[\"']on|^\s*on[a-z]+\s*:\s*[\"']",
    "ask the server in ways that skip api.js": r"XMLHttpRequest|sendBeacon|new WebSocket",
    "leave a trace of debugging": r"\bconsole\.\w+\(|\bdebugger\b",
}
ONLY_ONE_MAY = {
    "make nodes": (r"createElement(?:NS)?\(|cloneNode\(|importNode\(", "dom.js"),
    # Not the recipe for a Cloudflare Worker, which is a text to show.
    "ask the server": (r"(?<![.\w])fetch\((?!\"\$\{)", "api.js"),
    "follow events": (r"\bEventSource\(", "parts/events.js"),
}


def imports_of(name: str) -> Iterator[tuple[str, str]]:
    """What a module imports before it runs: the names as they are written, and the module."""
    for names, specifier in STATIC_IMPORT.findall(SCRIPTS[name]):
        yield names, resolve(name, specifier)


def later_imports_of(name: str) -> set[str]:
    """The modules that a module may load later; of a template, all that fit."""
    found: set[str] = set()
    for specifier in re.findall(r"import\([`\"']([^`\"']+)[`\"']\)", SCRIPTS[name]):
        pattern = re.sub(r"\\\$\\\{\w+\\\}", "[^/]+", re.escape(resolve(name, specifier)))
        found |= {each for each in SCRIPTS if re.fullmatch(pattern, each)}
    return found


def resolve(name: str, specifier: str) -> str:
    """The module that `specifier` means in the module `name`, by its path below the folder."""
    assert specifier.startswith((".", "./", "../")), f"{name} imports {specifier}, which is no file of ours"
    return (WEB / name).parent.joinpath(specifier).resolve().relative_to(WEB.resolve()).as_posix()


def graph_of(*names: str) -> set[str]:
    """The modules and all that they import."""
    found, ahead = set[str](), set(names)
    while ahead:
        name = ahead.pop()
        found.add(name)
        ahead |= {module for _, module in imports_of(name)} - found
    return found


def assets_of(page: str) -> set[str]:
    """The files that a page of HTML names."""
    return set(re.findall(r"/assets/\{digest\}/([^\"]+)", PAGES[page]))


@pytest.mark.parametrize("what", NO_MODULE_MAY)
def test_no_module_may(what: str) -> None:
    pattern = re.compile(NO_MODULE_MAY[what], re.MULTILINE)
    assert {name: found for name, text in SCRIPTS.items() if (found := pattern.findall(text))} == {}


def test_no_template_with_spaces_stands_within_another() -> None:
    """The minifier would take them out."""
    nested = re.compile(r"\$\{[^`}\n]*`[^`\n]* [^`\n]*`")
    assert {name: found for name, text in SCRIPTS.items() if (found := nested.findall(text))} == {}


@pytest.mark.parametrize("what", ONLY_ONE_MAY)
def test_only_one_module_may(what: str) -> None:
    pattern, one = ONLY_ONE_MAY[what]
    assert [name for name, text in SCRIPTS.items() if re.search(pattern, text)] == [one]


def test_no_rule_tells_narrow_windows_apart() -> None:
    """At 390 pixels a page is laid out as at 320, the width at which axe looks at it."""
    sources = [*STYLES.values(), *SCRIPTS.values()]
    bounds = {int(width) for text in sources for width in re.findall(r"\b(?:m..-)?width *[:<>=]+ *(\d+)px\)", text)}
    assert {480, 760} <= bounds
    assert not bounds.intersection(range(320, 391))


@pytest.mark.parametrize("page", PAGES)
def test_a_page_has_no_inline_script_style_or_handler(page: str) -> None:
    text = PAGES[page]
    assert not re.search(r"<style\b|\sstyle=|\son[a-z]+=|javascript:", text)
    assert all(re.search(r"\ssrc=", tag) for tag in re.findall(r"<script\b[^>]*>", text))
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", text)


def test_everything_that_is_named_exists() -> None:
    for page in PAGES:
        assert {name for name in assets_of(page) if not (WEB / name).is_file()} == set()
    for name in SCRIPTS:
        assert {module for _, module in imports_of(name)} - SCRIPTS.keys() == set(), name
    for name, text in STYLES.items():
        urls = re.findall(r"url\(\"?(?!data:)([^)\"]*)\"?\)", text)
        assert [url for url in urls if not (WEB / url).is_file()] == [], name


def test_every_name_that_is_imported_is_exported() -> None:
    for name in SCRIPTS:
        for names, module in imports_of(name):
            wanted = {each.split(" as ")[0].strip() for each in names.strip("{} ").split(",") if each.strip()}
            if names.startswith("{"):
                assert wanted - exports_of(module) == set(), f"{name} imports from {module}"


def exports_of(module: str) -> set[str]:
    """The names that a module exports."""
    listed = re.findall(r"^export \{([^}]*)\}", SCRIPTS[module], re.MULTILINE)
    return set(EXPORT.findall(SCRIPTS[module])) | {
        each.split(" as ")[-1].strip() for some in listed for each in some.split(",")
    }


def test_every_module_is_used() -> None:
    known = graph_of(*(name for page in PAGES for name in assets_of(page) if name.endswith(".js")))
    while more := {each for name in known for each in later_imports_of(name)} - known:
        known |= graph_of(*more)
    assert SCRIPTS.keys() - known == set()


def test_the_routers_addresses_are_the_ones_that_are_served() -> None:
    routes = set(re.findall(r"^\s*at\(\"([^\"]+)\"", SCRIPTS["main.js"], re.MULTILINE)) - {"/404"}
    served = {re.sub(r"\{[^}]*\}", "{}", path) for path in VIEWS}
    assert {re.sub(r":\w+", "{}", path) for path in routes} == served


def test_what_a_page_preloads_is_what_it_imports() -> None:
    routes = dict(re.findall(r"^\s*at\(\"([^\"]+)\", \"([^\"]+)\"", SCRIPTS["main.js"], re.MULTILINE))
    views = {re.sub(r":\w+", "{}", path): f"views/{view}.js" for path, view in routes.items()}
    for path, modules in VIEWS.items():
        assert modules[0] == views[re.sub(r"\{[^}]*\}", "{}", path)]
        assert set(modules_of("main.js", *modules)) == graph_of("main.js", *modules)


def views_with_tabs() -> Iterator[tuple[str, ...]]:
    """The modules that an address loads one after the other: its view and, of a project, its tab."""
    for view in sorted(later_imports_of("main.js")):
        tabs = sorted(later_imports_of(view))
        yield from ((view, tab) for tab in tabs) if tabs else [(view,)]


@pytest.mark.parametrize("view", list(views_with_tabs()), ids=lambda view: Path(view[-1]).with_suffix("").as_posix())
def test_a_page_loads_little(view: tuple[str, ...]) -> None:
    of_page = assets_of("index.html")
    scripts = graph_of(*(name for name in of_page if name.endswith(".js")), *view)
    files = scripts | {name for name in of_page if name.endswith(".css")}
    size = sum(len(ASSETS[name].gzipped) for name in files)
    assert size <= BUDGET_BYTES, f"{len(files)} files"
