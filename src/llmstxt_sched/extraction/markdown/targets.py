"""Where the links and pictures of a page lead to."""

from __future__ import annotations

from llmstxt_sched.documents.text import safe_url
from llmstxt_sched.extraction.content.images import source_of
from llmstxt_sched.extraction.dom.tree import Element
from llmstxt_sched.extraction.links import Addresses
from llmstxt_sched.extraction.normalise import stable_asset, stable_target


class LinkTargets:
    """Tells where links lead to, each address once."""

    def __init__(self, addresses: Addresses) -> None:
        self._addresses, self._page = addresses, addresses[""]
        self._targets: dict[str, str] = {}
        # What the page's own host is called in links from the time before it had HTTPS; '' where it has not.
        origin = self._page[: self._page.find("/", 8) + 1]
        self._insecure = f"http{origin[5:]}" if origin.startswith("https://") and ":" not in origin[8:] else ""

    def link(self, href: str) -> str:
        """`href` as an absolute URL in canonical form, with its fragment; '' if it is not a link worth keeping."""
        target = self._targets.get(href)
        if target is None:
            target = self._targets[href] = self._resolved(href.strip())
        return target

    def _resolved(self, href: str) -> str:
        # What is only "#" is a button, for which a script does something.
        if href in ("", "#") or "/cdn-cgi/l/email-protection" in href:
            return ""
        if href[:7].lower() == "mailto:":
            return safe_url(href)
        address = self._addresses[href]
        if self._insecure and address.startswith(self._insecure):
            address = f"https{address[4:]}"
        _, hash_sign, fragment = href.partition("#")
        target = safe_url(f"{address}{hash_sign}{fragment}") if address else ""
        return stable_target(target) if "?" in target else target

    def shown_by(self, link: Element, text: str) -> str:
        """The address that a link with this `text` shows, without what differs from visit to visit; else ''."""
        said = text.strip()
        # Few texts are so.
        if "?" not in said and ";" not in said:
            return ""
        href = link.get("href").strip()
        target = self.link(href) if said in (href, href.partition("://")[2]) else ""
        if "://" not in href or len(target) >= len(href):
            return ""
        return target if said == href else target.partition("://")[2]

    def is_page(self, target: str) -> bool:
        """Whether `target` is the page itself, or a place in it."""
        return target.partition("#")[0] == self._page

    def picture(self, image: Element) -> str:
        """The URL of the picture that an <img> shows; '' if there is none, or only the page's own."""
        source = source_of(image)
        target = self.link(source) if source else ""
        return "" if self.is_page(target) else stable_asset(target)
