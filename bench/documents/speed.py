"""Two pages of documentation to take the time on, the same in every run."""

from __future__ import annotations

from random import Random

# In KB: as large as the pages of most sites are, and as large as those of a reference.
SIZES = (14, 96)
_WORDS = """
    ferry copies folders between machines and tells what it did a plan says when the first crossing begins or ends
    harbour option value file folder state time rate never every line number name reads writes waits sends keeps
"""
_TOKENS = ("k", "n", "nf", "o", "p", "s1", "mi", "nb")


def page(size_kb: int) -> str:
    """A page of about so many KB, in the form that Sphinx gives it."""
    random = Random(size_kb)  # noqa: S311 - the same page in every run
    links = "".join(f'<li class="toctree-l1"><a href="page{n}.html">{_words(random, 3)}</a></li>' for n in range(20))
    parts: list[str] = []
    while sum(map(len, parts)) + len(links) < size_kb * 1024 - 500:
        parts.append(_section(random, len(parts)))
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Crossings - Ferry</title></head><body>'
        f'<div class="sphinxsidebar"><ul>{links}</ul></div><div class="body" role="main"><h1>Crossings</h1>'
        f'{"".join(parts)}</div><div class="footer">Built with Sphinx</div></body></html>'
    )


def _section(random: Random, number: int) -> str:
    name = f"section-{number}"
    code = "\n".join(" ".join(_token(random) for _ in range(6)) for _ in range(5))
    rows = "".join(
        f"<tr><td><code>--{_words(random, 1)}</code></td><td>{_words(random, 6)}</td></tr>" for _ in range(3)
    )
    items = "".join(f"<li><p>{_words(random, 9)}</p></li>" for _ in range(3))
    return (
        f'<section id="{name}"><h2>{_words(random, 3)}<a class="headerlink" href="#{name}">¶</a></h2>'
        f'<p>{_words(random, 40)}, <a href="page.html#{name}">{_words(random, 2)}</a> <em>{_words(random, 3)}</em>.</p>'
        f'<div class="highlight-python"><div class="highlight"><pre>{code}</pre></div></div>'
        f"<p>{_words(random, 30)} <code>{_words(random, 1)}</code>.</p><ul>{items}</ul>"
        f"<table><thead><tr><th>Option</th><th>Meaning</th></tr></thead><tbody>{rows}</tbody></table></section>"
    )


def _words(random: Random, count: int) -> str:
    return " ".join(random.choices(_WORDS.split(), k=count))


def _token(random: Random) -> str:
    return f'<span class="{random.choice(_TOKENS)}">{_words(random, 1)}</span>'
