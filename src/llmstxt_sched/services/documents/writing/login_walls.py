"""Knows a login that stands where a site's pages stood, by what it is called.  Pure.

That texts vanish tells nothing of a site of one or two pages: each change of such a page is one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from llmstxt_sched.documents.model import Extract, Page
from llmstxt_sched.documents.selection.standard_pages import is_about_accounts

# Between what a page is called and the site: "Log in | Mill", "Mill - Sign in".
_BETWEEN = re.compile(r"\s+[-:]\s+|\s*[|·・•—«»\u2013\u2039\u203a]\s*")
_LOGIN = re.compile(
    r"(?:please )?(?:log|sign)[- ]?(?:in|on)(?: (?:to|with|using|for|via|here|required|page)\b.{0,80})?|"
    r"login(?: (?:to|required|page)\b.{0,80})?|single sign[- ]?on|authentication required|"
    r"anmelden|anmeldung|einloggen|se connecter|connexion|iniciar sesión|inicio de sesión|entrar|iniciar sessão|accedi|"
    r"inloggen|aanmelden|zaloguj się|logowanie|přihlášení|logga in|logg inn|log ind|kirjaudu sisään|войти|вход|увійти|"
    r"ログイン|サインイン|登[录錄入]|로그인|تسجيل الدخول|התחברות",
    re.IGNORECASE,
)


def is_login_wall(published: Mapping[str, str], extracts: Collection[Extract], listed: Sequence[Page]) -> bool:
    """Whether all that would be listed are logins which were not there before, in place of pages that were none.

    `published` are the hashes of the published texts by address, and `extracts` what their pages say.
    """
    is_new = any(published.get(page.url) != page.content_sha256 for page in listed)
    return is_new and all(_is_login(page.extract) for page in listed) and not any(map(_is_login, extracts))


def _is_login(said: Extract) -> bool:
    names = {said.title, said.h1, *_BETWEEN.split(said.title), *_BETWEEN.split(said.h1 or said.first_heading)}
    texts = (said.lead, *said.more_leads, *said.part_leads)
    return any(_LOGIN.fullmatch(name.strip(" .!…")) for name in names) and not is_about_accounts(texts)
