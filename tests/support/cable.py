"""A cable on loopback between a browser and a service, which can be cut."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock, Thread

CHUNK = 65536


class Cable:
    """Forwards the connections of `port` to another port of this machine."""

    def __init__(self, upstream_port: int) -> None:
        self._upstream_port = upstream_port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self._ends: set[socket.socket] = set()
        self._lock = Lock()
        self._is_cut = False
        Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """Break every connection, and let no other one come about."""
        with self._lock:
            self._is_cut = True
            for end in self._ends:
                _shut(end)

    def mend(self) -> None:
        """Be whole again; what was broken stays so."""
        with self._lock:
            self._is_cut = False

    def close(self) -> None:
        """Break all for good."""
        _shut(self._listener)
        self._listener.close()
        self.cut()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                self._connect(self._listener.accept()[0])

    def _connect(self, client: socket.socket) -> None:
        with self._lock:
            if self._is_cut:
                client.close()
                return
            server = socket.create_connection(("127.0.0.1", self._upstream_port))
            self._ends |= {client, server}
        for source, target in ((client, server), (server, client)):
            Thread(target=self._pump, args=(source, target), daemon=True).start()

    def _pump(self, source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(CHUNK):
                target.sendall(data)
        _shut(target)
        with self._lock:
            self._ends.discard(source)
        source.close()


def _shut(end: socket.socket) -> None:
    with contextlib.suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)


@contextmanager
def wire(upstream_port: int) -> Iterator[Cable]:
    """A cable on a free port."""
    cable = Cable(upstream_port)
    try:
        yield cable
    finally:
        cable.close()
