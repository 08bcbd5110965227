"""The HTTP of published device clients, header by header, in a deployment that allows devices without tokens."""

import json
import threading
import time
import unittest
import urllib.parse

from whole_server import PASSWORD, USER, ApiError, WholeServer


class PublishedClient(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(WholeServer())
        _, cls.open_home = cls.server.home(deployment="Open", tokenless=True)
        _, cls.closed_home = cls.server.home(deployment="Closed")

    def get(self, path, **headers):
        return self.server.http("GET", self.server.api_port, path, None,
                                {name.replace("_header", ""): value for name, value in headers.items()})

    def login(self):
        status, body, _ = self.server.http("GET", self.server.api_port, "/cloud/json/login?username=" + USER, None,
                                           {"PASSWORD": PASSWORD, "Content-Type": "application/json"})
        self.assertEqual(status, 200, body)
        answer = json.loads(body)
        self.assertEqual(answer["resultCode"], 0)
        return answer["key"]

    def register(self, key, location, device):
        query = urllib.parse.urlencode({"deviceId": device, "deviceType": 10014, "locationId": location, "desc": "Switch"})
        return self.server.http("POST", self.server.api_port, "/cloud/json/devices?" + query, "",
                                {"PRESENCE_API_KEY": key, "Content-Type": "application/json"})

    def test_the_whole_sequence(self):
        device = "published-1"
        status, body, _ = self.get(f"/cloud/json/settingsServer?type=deviceio&deviceId={device}&ssl=true")
        self.assertEqual(status, 200)
        self.assertTrue(body.decode().startswith("http"), body)
        status, body, _ = self.get(f"/cloud/json/settingsServer/deviceio?deviceId={device}&connected=false")
        server = json.loads(body)["server"]
        self.assertEqual((server["port"], server["path"]), (self.server.device_port, "/deviceio"))

        key = self.login()
        status, body, _ = self.server.http("GET", self.server.api_port, "/cloud/json/user", None, {"PRESENCE_API_KEY": key})
        user = json.loads(body)
        self.assertEqual(user["resultCode"], 0)
        self.assertIn(self.open_home, [location["id"] for location in user["locations"]])

        status, body, _ = self.register(key, self.open_home, device)
        registered = json.loads(body)
        self.assertEqual((registered["resultCode"], registered["deviceId"], registered["exist"]), (0, device, False))
        again = json.loads(self.register(key, self.open_home, device)[1])
        self.assertEqual((again["resultCode"], again["exist"]), (0, True))

        status, answer = self.upload({"version": "2", "sequenceNumber": "1", "proxyId": device, "measures": [
            {"deviceId": device, "params": [{"name": "power", "value": 12}, {"name": "outletStatus", "value": "1"}]}]})
        self.assertEqual((status, answer["status"], answer["sequenceNumber"]), (200, "ACK", "1"))
        self.one_command(key, device)

    def upload(self, message):
        status, body, _ = self.server.http("POST", self.server.device_port, "/deviceio/mljson", json.dumps(message),
                                           {"Content-Type": "application/json"})
        return status, json.loads(body)

    def one_command(self, key, device):
        polled = []

        def poll():
            polled.append(self.server.http("GET", self.server.device_port, f"/deviceio/mljson?id={device}&timeout=20",
                                           timeout=20))

        waiting = threading.Thread(target=poll)
        waiting.start()
        time.sleep(0.5)
        body = json.dumps({"params": [{"name": "outletStatus", "value": "0"}]})
        status, answer, _ = self.server.http(
            "PUT", self.server.api_port, f"/cloud/json/devices/{device}/parameters?locationId={self.open_home}", body,
            {"API_KEY": key, "Content-Type": "application/json"})
        command = json.loads(answer)["commands"][0]["id"]
        waiting.join(20)
        self.assertEqual(polled[0][0], 200)
        got = json.loads(polled[0][1])["commands"]
        self.assertEqual([one["commandId"] for one in got], [command])
        self.assertEqual(got[0]["parameters"][0], {"name": "outletStatus", "index": "", "value": "0"})
        status, answer = self.upload({"version": "2", "sequenceNumber": "1", "proxyId": device,
                                      "responses": [{"commandId": command, "result": 1}]})
        self.assertEqual(answer["status"], "ACK")
        self.assertEqual(self.server.call("command.get", id=command)["state"], "executed")

    def test_a_poll_ends_with_one_character_before_the_clients_timeout(self):
        key = self.login()
        self.register(key, self.open_home, "published-2")
        started = time.monotonic()
        status, body, _ = self.server.http("GET", self.server.device_port, "/deviceio/mljson?id=published-2&timeout=3",
                                           timeout=3)
        self.assertEqual((status, len(body)), (200, 1))
        self.assertGreater(time.monotonic() - started, 1)

    def test_is_refused_where_tokens_are_needed(self):
        status, body, _ = self.register(self.login(), self.closed_home, "published-3")
        self.assertEqual(json.loads(body)["resultCode"], 7, body)
        status, answer = self.upload({"version": "2", "proxyId": "published-3", "measures": []})
        self.assertEqual((status, answer["status"]), (401, "UNAUTHORIZED"))

    def test_wrong_password_and_unknown_name_get_the_same_answer(self):
        answers = []
        for name in (USER, "nobody@cohort.example"):
            status, body, _ = self.get("/cloud/json/login?username=" + name, PASSWORD="wrong")
            answers.append((status, json.loads(body)["resultCode"], json.loads(body).get("resultCodeMessage")))
        self.assertEqual(answers[0], answers[1])
        self.assertEqual(answers[0][1], 12)


if __name__ == "__main__":
    unittest.main()
