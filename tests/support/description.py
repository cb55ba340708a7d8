"""The description of the API without a service."""

from __future__ import annotations

import warnings
from functools import cache
from typing import Any

from litestar import Litestar
from litestar.di import Provide
from litestar.exceptions.base_exceptions import LitestarDeprecationWarning

from llmstxt_sched.api.openapi.description import description_of
from llmstxt_sched.api.requests.calls import Call, calls_of
from llmstxt_sched.api.routes import CONTROLLERS, Parts


@cache
def bare_api() -> Litestar:
    """The API without what its handlers work with."""
    nothing = {name: _nothing() for name in Parts.__struct_fields__}
    with warnings.catch_warnings():
        # Of what the next major version of Litestar will want, which the service is not told of either.
        warnings.simplefilter("ignore", LitestarDeprecationWarning)
        return Litestar(CONTROLLERS, dependencies=nothing, openapi_config=None)


def _nothing() -> Provide:
    def provide() -> Any:
        return None

    return Provide(provide, sync_to_thread=False)


def calls() -> list[Call]:
    """Every call that is described."""
    return list(calls_of(bare_api()))


def description() -> dict[str, Any]:
    """The whole description."""
    return description_of(bare_api(), "0", "llmstxt")
