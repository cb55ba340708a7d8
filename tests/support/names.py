"""A small name server on 127.0.0.1, over UDP and TCP (RFC 1035)."""

from __future__ import annotations

import asyncio
import contextlib
import struct
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from ipaddress import ip_address

_A, _AAAA = 1, 28
_ANSWER, _TRUNCATED, _FAILED, _NO_SUCH_NAME = 0x8180, 0x0200, 2, 3
_MAX_UDP_ANSWERS = 20

# What a name is answered: its addresses, in turn where there are several answers; None stays silent.
Zone = Mapping[str, Sequence[str] | Sequence[Sequence[str]] | None]


class NameServer:
    """Answers from `zone`, and that all other names do not exist; `asked` counts the questions for A by name.

    `delay` is for how many seconds each answer is held back.  While it `is_failing`, it answers that it has failed.
    """

    def __init__(self, zone: Zone) -> None:
        self.zone = zone
        self.asked: Counter[str] = Counter()
        self.address = ""
        self.delay = 0.0
        self.is_failing = False

    def reply(self, query: bytes, room: int | None = None) -> bytes | None:
        """The reply to a query, cut to `room` addresses; None for silence."""
        labels, at = [], 12
        while query[at]:
            labels.append(query[at + 1 : at + 1 + query[at]].decode())
            at += query[at] + 1
        name, (kind,) = ".".join(labels).lower(), struct.unpack(">H", query[at + 1 : at + 3])
        self.asked[name] += kind == _A
        found = self.zone.get(name, ())
        if found is None and not self.is_failing:
            return None
        found = found or ()
        if found and not isinstance(found[0], str):
            found = found[min(self.asked[name], len(found)) - 1]
        packed = [ip_address(str(each)).packed for each in found]
        records = [each for each in packed if len(each) == (4 if kind == _A else 16) and kind in {_A, _AAAA}]
        flags = _ANSWER | (0 if name in self.zone else _NO_SUCH_NAME)
        flags |= _FAILED if self.is_failing else 0
        flags |= _TRUNCATED if room is not None and len(records) > room else 0
        records = records[:room]
        body = b"".join(b"\xc0\x0c" + struct.pack(">HHIH", kind, 1, 0, len(each)) + each for each in records)
        return query[:2] + struct.pack(">HHHHH", flags, 1, len(records), 0, 0) + query[12 : at + 5] + body


class _Datagrams(asyncio.DatagramProtocol):
    def __init__(self, server: NameServer) -> None:
        self._server = server

    def connection_made(self, transport: asyncio.DatagramTransport) -> None:  # type: ignore[override]
        self._transport = transport

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        reply = self._server.reply(data, _MAX_UDP_ANSWERS)
        if reply is not None:
            asyncio.get_running_loop().call_later(self._server.delay, self._transport.sendto, reply, addr)


@contextlib.asynccontextmanager
async def naming(zone: Zone) -> AsyncIterator[NameServer]:
    """A server for `zone` on a free port."""
    names = NameServer(zone)

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                (length,) = struct.unpack(">H", await reader.readexactly(2))
                reply = names.reply(await reader.readexactly(length))
                if reply is not None:
                    writer.write(struct.pack(">H", len(reply)) + reply)
                    await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()
    names.address = f"{host}:{port}"
    datagrams, _ = await asyncio.get_running_loop().create_datagram_endpoint(
        lambda: _Datagrams(names), local_addr=(host, port)
    )
    async with server:
        yield names
        datagrams.close()
