"""The console's WebSocket in Python's standard library: calls one after the other, and what the server tells by itself."""

import base64
import json
import os
import socket
import struct


class Console:
    """The console's WebSocket: calls, one after the other."""

    def __init__(self, server):
        self.socket = socket.create_connection(("127.0.0.1", server.api_port), timeout=20)
        key = base64.b64encode(os.urandom(16)).decode()
        self.socket.sendall((f"GET /console HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                             f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n").encode())
        self.waiting = b""
        while b"\r\n\r\n" not in self.waiting:
            self.waiting += self.socket.recv(4096)
        head, self.waiting = self.waiting.split(b"\r\n\r\n", 1)
        assert b" 101 " in head.split(b"\r\n")[0], head
        self.last = 0
        self.told = []

    def close(self):
        self.socket.close()

    def take(self, count):
        while len(self.waiting) < count:
            got = self.socket.recv(65536)
            assert got, "the server closed the console's channel"
            self.waiting += got
        taken, self.waiting = self.waiting[:count], self.waiting[count:]
        return taken

    def send(self, text):
        body, mask = text.encode(), os.urandom(4)
        length = bytes([0x80 | len(body)]) if len(body) < 126 else b"\xfe" + struct.pack(">H", len(body))
        self.socket.sendall(b"\x81" + length + mask + bytes(byte ^ mask[i % 4] for i, byte in enumerate(body)))

    def frame(self):
        first, length = self.take(2)
        if length == 126:
            length = struct.unpack(">H", self.take(2))[0]
        elif length == 127:
            length = struct.unpack(">Q", self.take(8))[0]
        return first & 15, self.take(length)

    def call(self, method, **params):
        self.last += 1
        self.send(json.dumps({"jsonrpc": "2.0", "id": self.last, "method": method, "params": params}))
        while True:
            opcode, body = self.frame()
            answer = json.loads(body) if opcode == 1 else {}
            if answer.get("id") == self.last:
                assert "result" in answer, answer
                return answer["result"]
            if opcode == 1:
                self.told.append(answer)

    def next(self):
        """What the server tells next, or has told meanwhile: a notification."""
        while not self.told:
            opcode, body = self.frame()
            if opcode == 1:
                self.told.append(json.loads(body))
        return self.told.pop(0)
