"""The server that the walk goes through: homes of their own for each function, and what every answer has said."""

import itertools
import json
import time

from console_channel import Console
from whole_server import PASSWORD, ApiError, Browser, wait_until

HOUR = 3_600_000
OUTLET = 10014


class World:
    def __init__(self, server, document):
        self.server = server
        self.schemas = {path[1:]: item["post"]["responses"]["200"]["content"]["application/json"]["schema"]
                        for path, item in document["paths"].items()}
        self.said = set()
        self.numbers = itertools.count(1)

    def call(self, operation, **parameters):
        answer = self.server.call(operation, **parameters)
        self.said |= set(words_said(answer, self.schemas[operation]))
        return answer

    def refused(self, operation, **parameters):
        """The code of the error that it is answered with."""
        try:
            self.server.call(operation, **parameters)
        except ApiError as error:
            return error.code
        raise AssertionError(f"{operation} was not refused: {parameters}")

    def name(self, word="w"):
        return f"{word}-{next(self.numbers)}"

    def deployment(self, **settings):
        return self.call("deployment.create", **{"name": self.name("Deployment"), "timeZone": "Europe/Madrid", **settings})["id"]

    def home(self, deployment=None, **settings):
        """(deployment, location)."""
        deployment = deployment or self.deployment()
        return deployment, self.call("location.create", deployment=deployment, name=self.name("Home"), **settings)["id"]

    def device(self, location, **settings):
        """(id, key, token)."""
        made = self.call("device.register", **{"location": location, "key": self.name("device"), "token": True, **settings})
        return made["id"], made["key"], made["token"]

    def person(self, deployment, location, role="resident", **settings):
        return self.call("participant.create", deployment=deployment, roles=[{"location": location, "role": role}], **settings)

    def page(self, person, user=None):
        """The person's own page, signed in."""
        browser = Browser(self.server)
        browser.ask("/inbox/enrol", {"code": person["enrolmentCode"], "username": user or self.name("user"), "password": PASSWORD})
        return browser

    def post(self, token, key, **values):
        """Posts values of a device, measured now; the answer."""
        return self.post_at(token, key, int(time.time() * 1000), **values)

    def post_at(self, token, key, at, **values):
        message = {"version": 2, "measures": [{"deviceId": key, "timestamp": at, "params": [
            {"name": name, "value": value} for name, value in values.items()]}]}
        status, answer = self.server.post(token, message)
        assert status == 200, (status, answer)
        return answer

    def poll(self, key, token, *acknowledged):
        """The commands that a long poll hands over."""
        more = "".join(f"&cmdId={one}" for one in acknowledged)
        _, body, _ = self.server.http("GET", self.server.device_port, f"/deviceio/mljson?id={key}&timeout=2{more}",
                                      headers={"PPCAuthorization": f"esp token={token}"})
        return json.loads(body).get("commands", []) if len(body) > 1 else []

    def script(self, deployment, source, **deploy):
        """A script that runs: its id."""
        script = self.call("script.create", deployment=deployment, name=self.name("Script"), source=source)["id"]
        self.call("script.deploy", id=script, **{"mode": "live", **deploy})
        return script

    def facts(self, location, **filters):
        """{name: its newest value}."""
        items = reversed(self.call("fact.query", location=location, limit=1000, **filters)["items"])  # now the newest last
        return {item["name"]: item["value"] for item in sorted(items, key=lambda item: item["time"])}

    def wait_for_facts(self, location, expected, seconds=30):
        """Until each has its value; what there is instead otherwise."""
        try:
            wait_until(lambda: expected.items() <= self.facts(location).items(), seconds, "facts")
        except AssertionError:
            found = self.facts(location)
            wrong = {name: (found.get(name), value) for name, value in expected.items() if found.get(name) != value}
            raise AssertionError(f"facts that differ, as (found, expected): {wrong}") from None

    def console(self):
        console = Console(self.server)
        console.call("session.resume", token=self.server.token)
        return console

    def cloud(self, path, key=None, method="GET", body=None, **headers):
        """A request to the Application API for devices: (HTTP status, answer)."""
        headers |= {"API_KEY": key} if key else {}
        status, answer, _ = self.server.http(method, self.server.api_port, f"/cloud/json/{path}", body, headers)
        return status, json.loads(answer) if answer[:1] == b"{" else answer.decode()


def words_said(value, schema):
    """"all|the|words: one" for each word of a choice that an answer says."""
    if isinstance(value, dict):
        for name, member in value.items():
            yield from words_said(member, schema.get("properties", {}).get(name, schema.get("additionalProperties") or {}))
    elif isinstance(value, list):
        for item in value:
            yield from words_said(item, schema.get("items", {}))
    elif "enum" in schema and value is not None:
        yield f"{'|'.join(map(str, schema['enum']))}: {value}"


def words_of(schema):
    """All that words_said could say for a schema."""
    if isinstance(schema, dict):
        yield from (f"{'|'.join(map(str, schema['enum']))}: {word}" for word in schema.get("enum", []) if word is not None)
        for member in schema.values():
            yield from words_of(member)
