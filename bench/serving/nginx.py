"""nginx on a folder, as Debian configures it but for its log."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

# Debian has it where only root looks.
COMMAND = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
CONFIGURATION = """
daemon off;
worker_processes auto;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log;
events {{ worker_connections 768; }}
http {{
    access_log off;
    sendfile on;
    tcp_nopush on;
    keepalive_requests 1000000000;
    types {{ text/plain txt; }}
    client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder};
    uwsgi_temp_path {folder}; scgi_temp_path {folder};
    server {{ listen 127.0.0.1:{port}; root {folder}; }}
}}
"""


@asynccontextmanager
async def nginx(folder: Path, port: int) -> AsyncIterator[None]:
    """Serve the files in `folder`; COMMAND is there."""
    assert COMMAND
    (folder / "nginx.conf").write_text(CONFIGURATION.format(folder=folder, port=port))
    process = await asyncio.create_subprocess_exec(COMMAND, "-c", folder / "nginx.conf", "-p", folder)
    try:
        yield
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()
