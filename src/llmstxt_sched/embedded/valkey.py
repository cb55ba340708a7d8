"""The embedded Valkey.  It holds the queue and the upcoming jobs, which can be rebuilt from Postgres."""

from __future__ import annotations

import asyncio
import json
import os
import signal
from contextlib import suppress
from urllib.parse import quote

from llmstxt_sched.embedded.binaries import valkey_program
from llmstxt_sched.embedded.child import Child, Program
from llmstxt_sched.embedded.server import Server, memory_file


class Valkey(Server):
    """The embedded Valkey.

    Every write is passed to the operating system before it is answered, so a killed server loses nothing.  A power
    failure loses the last second (appendfsync everysec), which is rebuilt from Postgres.
    """

    name = "valkey"

    @property
    def socket(self) -> str:
        """The path of the server's socket."""
        return str(self.data_folder.sockets / "valkey.sock")

    @property
    def url(self) -> str:
        """The URL of the server, for redis-py."""
        return f"unix://:{self.password}@{quote(self.socket)}"

    async def launch(self) -> Child:
        """Start the server."""
        options = {
            "port": "0",
            "unixsocket": json.dumps(self.socket, ensure_ascii=False),
            "unixsocketperm": "700",
            "requirepass": self.password,
            "dir": json.dumps(self.seen_folder, ensure_ascii=False),
            "appendonly": "yes",
            "appendfsync": "everysec",
            "save": '""',
            "maxmemory-policy": "noeviction",
            "loglevel": "warning",
        }
        config = memory_file("valkey.conf", "".join(f"{name} {value}\n" for name, value in options.items()))
        try:
            arguments = [str(valkey_program(self.data_folder)), f"/proc/self/fd/{config}"]
            log = self.data_folder.data / "valkey.log"
            files = (*self.files, config)
            return Child(Program(arguments, self.data_folder.user, log, files, signal.SIGKILL))
        finally:
            os.close(config)

    async def is_ready(self, child: Child) -> bool:
        """Whether the server answers PING; while it loads its files it answers LOADING instead."""
        try:
            reader, writer = await asyncio.open_unix_connection(self.socket)
        except (FileNotFoundError, ConnectionRefusedError):
            return False
        try:
            writer.write(f"AUTH {self.password}\r\nPING\r\n".encode())
            return [await reader.readline(), await reader.readline()] == [b"+OK\r\n", b"+PONG\r\n"]
        except ConnectionResetError:
            return False
        finally:
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()

    async def halt(self, child: Child) -> None:
        """Shut down by SIGTERM, which makes Valkey write its buffers to disk first."""
        await child.stop((signal.SIGTERM, 1.5))
