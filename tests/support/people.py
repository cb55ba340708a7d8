"""People who use a running service, signed in as they are: by links."""

from __future__ import annotations

import httpx
from tests.support.browser import COOKIE
from tests.support.service import Service


def first_link(service: Service) -> str:
    """The link that a first start leaves in the data folder."""
    return (service.data / "servers" / "sign-in-link").read_text().strip()


def invite(service: Service, name: str, role: str) -> str:
    """A new user; gives the link by which they sign in once."""
    return str(service.json("POST", "/api/users", {"name": name, "role": role}, expect=201)["link"])


def sign_in(service: Service, link: str) -> str:
    """The session that a link begins, as the cookie's value."""
    answer = httpx.post(f"{service.url}/api/sessions", json={"link": link.partition("#")[2]})
    assert answer.status_code == 201, answer.text
    return answer.cookies[COOKIE]


class People:
    """One user of each role, by their sessions."""

    def __init__(self, service: Service) -> None:
        self.admin = sign_in(service, first_link(service))
        self.editor = sign_in(service, invite(service, "Edda Editor", "editor"))
        self.viewer = sign_in(service, invite(service, "Viola Viewer", "viewer"))
