"""Compression of answers, for the routes that name it.

Not for the whole API: documents are sent as they are, because their ETag is that of their bytes.
"""

from __future__ import annotations

from litestar.config.compression import CompressionConfig
from litestar.middleware import DefineMiddleware
from litestar.middleware.compression import CompressionMiddleware

# The list of projects is by far the largest answer that a page waits for: with the newest runs of 50 projects it is
# 200 KB, and 30 KB compressed.
COMPRESSED = DefineMiddleware(
    CompressionMiddleware, config=CompressionConfig(backend="gzip", gzip_compress_level=5, minimum_size=10_000)
)
