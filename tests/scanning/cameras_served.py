"""Network cameras that are none, on this computer's own loopback: what they do at the edge is chosen."""

from __future__ import annotations

import contextlib
import os
import socket
import threading
from collections.abc import Callable, Iterator

import cv2

from tests.scanning.devices_played import noise

HEAD = b"HTTP/1.0 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=part\r\n\r\n"
UNAUTHORIZED = b'401 Unauthorized\r\nWWW-Authenticate: Basic realm="camera"'
PACE_S = 0.02
BEFORE_THE_TROUBLE = 10


class Served:
    """One camera in the network; `manner` is what it does once it was asked."""

    def __init__(self, manner: str, *, port: int = 0) -> None:
        self.manner = manner
        self.asked: list[bytes] = []
        self._over = threading.Event()
        self._guests: list[socket.socket] = []
        self._number = 0
        self._socket = socket.create_server(("127.0.0.1", port))
        self.port: int = self._socket.getsockname()[1]
        self._threads = [threading.Thread(target=self._welcome, daemon=True)]
        self._threads[0].start()

    def link(self, *, scheme: str = "http", account: str = "") -> str:
        return f"{scheme}://{account}127.0.0.1:{self.port}/video"

    def close(self) -> None:
        """Gone from the network with everybody who looked."""
        self._over.set()
        for held in (self._socket, *self._guests):
            with contextlib.suppress(OSError):
                held.shutdown(socket.SHUT_RDWR)
            held.close()
        for thread in tuple(self._threads):
            thread.join(5)

    def _welcome(self) -> None:
        with contextlib.suppress(OSError):
            while not self._over.is_set():
                guest, _address = self._socket.accept()
                self._guests.append(guest)
                thread = threading.Thread(target=self._serve, args=(guest,), daemon=True)
                self._threads.append(thread)
                thread.start()

    def _serve(self, guest: socket.socket) -> None:
        manners: dict[str, Callable[[socket.socket], None]] = {
            "silent": lambda _guest: self._stall(),
            "forbids": lambda guest: self._refuse(guest, UNAUTHORIZED),
            "asks for a name": self._ask,
            "knows nothing": lambda guest: self._refuse(guest, b"404 Not Found"),
            "babbles": self._babble,
        }
        with contextlib.suppress(OSError):
            self.asked.append(guest.recv(4096))
            manners.get(self.manner, self._pictures)(guest)
            guest.shutdown(socket.SHUT_RDWR)

    def _pictures(self, guest: socket.socket) -> None:
        guest.sendall(HEAD)
        for number, part in enumerate(self._parts()):
            if number == BEFORE_THE_TROUBLE and self.manner == "stalls":
                self._stall()
            if number == BEFORE_THE_TROUBLE and self.manner == "closes":
                return
            if number >= BEFORE_THE_TROUBLE and self.manner == "drips":
                for byte in part:
                    guest.sendall(bytes([byte]))
                    self._over.wait(0.25)
            if self._over.wait(PACE_S):
                return
            guest.sendall(part)

    def _parts(self) -> Iterator[bytes]:
        while True:
            self._number += 1
            _fine, data = cv2.imencode(".jpg", noise(self._number))
            body = data.tobytes()
            head = f"--part\r\nContent-Type: image/jpeg\r\nContent-Length: {len(body)}\r\n\r\n"
            yield head.encode() + body + b"\r\n"

    def _stall(self) -> None:
        self._over.wait()

    def _babble(self, guest: socket.socket) -> None:
        guest.sendall(HEAD)
        while not self._over.is_set():
            guest.sendall(os.urandom(1_000))

    def _ask(self, guest: socket.socket) -> None:
        if b"Authorization:" in self.asked[-1]:
            self._pictures(guest)
        else:
            self._refuse(guest, UNAUTHORIZED)

    def _refuse(self, guest: socket.socket, status: bytes) -> None:
        guest.sendall(b"HTTP/1.0 " + status + b"\r\nContent-Length: 0\r\n\r\n")
