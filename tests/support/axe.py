"""axe in a page: the barriers that it finds there."""

from __future__ import annotations

from importlib.resources import files

from playwright.sync_api import Page

AXE = (files("axe_playwright_python") / "axe.min.js").read_text()
# axe parses the colours of each element and of all that lie below it anew, which is a fifth of what a page costs.  A
# text names one colour, whoever has it.
PARSE_COLOURS_ONCE = """
(() => {
  const { prototype } = axe.commons.color.Color;
  const parse = prototype.parseString;
  const known = new Map();
  prototype.parseString = function (text) {
    if (!known.has(text)) {
      parse.call(this, text);
      known.set(text, [this.r, this.g, this.b, this.alpha]);
    }
    [this.r, this.g, this.b, this.alpha] = known.get(text);
    return this;
  };
})();
"""


def axe_violations(page: Page, rules: list[str] | None = None) -> list[str]:
    """What axe finds in the page as it stands; without `rules` by all of its rules, best practices included."""
    # By the driver, which the content security policy of the page does not stop.
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE + PARSE_COLOURS_ONCE)
    options = {"resultTypes": ["violations"], "preload": False, **({"runOnly": rules} if rules else {})}
    found = page.evaluate("options => axe.run(options)", options)["violations"]
    return [f"{rule['id']}: {node['target']} {node['failureSummary']}" for rule in found for node in rule["nodes"]]
