"""While a console follows a home's live data, the answers to its devices say CONT, and before and after it ACK."""

import base64
import json
import os
import socket
import struct
import time
import unittest

from whole_server import WholeServer, wait_until


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


class WatchedHome(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(WholeServer())
        _, cls.home = cls.server.home()
        _, cls.other = cls.server.home()
        cls.token = cls.server.gateway(cls.home, "a-", [("stove", "stove", "kitchen")])
        cls.elsewhere = cls.server.gateway(cls.other, "b-", [])

    def said(self, token):
        """The word that an upload is answered with."""
        message = {"version": 2, "sequenceNumber": 1, "measures": [
            {"deviceId": "a-stove", "timestamp": int(time.time() * 1000), "params": [{"name": "power", "value": 7}]}]}
        status, answer = self.server.post(token, message if token == self.token else {"version": 2})
        self.assertEqual(status, 200)
        self.assertNotIn("rejected", answer)
        return answer["status"]

    def console(self):
        console = Console(self.server)
        self.addCleanup(console.close)
        console.call("session.resume", token=self.server.token)
        return console

    def test_devices_hear_that_somebody_follows_their_homes_live_data(self):
        self.assertEqual(self.said(self.token), "ACK")
        for topic in ("measurements", "timeline"):
            with self.subTest(topic=topic):
                console = self.console()
                subscription = console.call("subscribe", topic=topic, filter={"location": self.home})["subscription"]
                self.assertEqual((self.said(self.token), self.said(self.elsewhere)), ("CONT", "ACK"))
                console.call("unsubscribe", subscription=subscription)
                self.assertEqual(self.said(self.token), "ACK")

    def test_what_is_not_of_one_home_makes_no_difference(self):
        console = self.console()
        console.call("subscribe", topic="metrics")
        self.assertEqual(self.said(self.token), "ACK")

    def test_it_ends_with_the_last_console_that_looks(self):
        first, second = self.console(), self.console()
        for console in (first, second):
            console.call("subscribe", topic="measurements", filter={"location": self.home})
        first.close()
        time.sleep(0.2)
        self.assertEqual(self.said(self.token), "CONT")
        second.close()
        wait_until(lambda: self.said(self.token) == "ACK", what="ACK after the last console has gone")


if __name__ == "__main__":
    unittest.main()
