"""The methods of HTTP by which something is read."""

from __future__ import annotations

from litestar import HttpMethod

READ = [HttpMethod.GET, HttpMethod.HEAD]
