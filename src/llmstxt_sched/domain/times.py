"""How times are shown to others."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from msgspec import Meta

# A time with its zone, which RFC 3339 wants.
Time = Annotated[datetime, Meta(tz=True)]
