"""Every example and error of the OpenAPI document, sent to a running server: each comes back as printed.

COHORT_WRITE_EXAMPLES=1 records the answers anew (server/api/dispatch/page/examples.json), then the difference is looked at
and committed. What differs from server to server is written as a word in angle brackets or as one time for all: tokens,
codes, times, figures of the machine.
"""

import json
import os
import re
import unittest

from examples_world import ANALYST, EXAMPLES, World
from whole_server import SOURCE, WholeServer

FILE = SOURCE / "server/api/dispatch/page/examples.json"
TIME = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$")
PERSON = re.compile(r"\bP-[A-Z0-9]{5}\b")
PORT = re.compile(r"127\.0\.0\.1:\d+")
# Members whose value is the machine's or chance, by their name; their kind is compared, not their value.
FIGURES = {"cpuMs24h", "cpu", "at", "connections", "memoryBytes", "latencyMs", "ingestMs", "p50", "p99", "postsPerSecond", "eventsPerSecond",
           "durationMs", "cpuUs", "cpuMs", "cpuMicros", "capacity", "version", "heartbeatAgeMs", "retryAfterMs"}
SECRETS = {"token": "<token>", "enrolmentCode": "<enrolment code>", "enrolmentUrl": "<enrolment page>", "curl": "<command>",
           "address": "<address>"}
NOT_YET_KNOWN = {"postsPerSecond", "ingestP50Ms", "ingestP99Ms"}  # null until the server has taken its first sample
UNKNOWN_ID = 999_999


def shown(value, name=""):
    """An answer as the document prints it."""
    if isinstance(value, dict):
        return {key: shown(member, "cpu" if name == "cpu" else key) for key, member in value.items()}
    if isinstance(value, list):
        return [shown(member, name) for member in value[:1 if name == "samples" else 3]]
    if name in SECRETS and isinstance(value, str) and value:
        return SECRETS[name]
    if isinstance(value, str) and TIME.match(value):
        return "2026-01-31T12:00:00Z"
    if isinstance(value, str):
        return PERSON.sub("P-4DK7Q", PORT.sub("127.0.0.1:8461", value))
    if name in NOT_YET_KNOWN and value is None:
        return 1
    if name in FIGURES | NOT_YET_KNOWN and isinstance(value, (int, float)) and not isinstance(value, bool):
        return 1
    return value


def is_list_of_parts(member):
    return "properties" in member.get("items", {})


def with_unknown_ids(right, schema):
    """The same parameters with an id that nobody has, once for each id that they can hold."""
    for name, member in schema.get("properties", {}).items():
        if member.get("minimum") == 1 and "maximum" not in member:
            yield name, {**right, name: UNKNOWN_ID}
        elif member.get("items", {}).get("minimum") == 1:
            yield name, {**right, name: [UNKNOWN_ID]}
        for entry, inner in with_unknown_ids((right.get(name) or [{}])[0], member["items"]) if is_list_of_parts(member) else ():
            yield f"{name}-{entry}", {**right, name: [inner]}


class Examples(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.server = WholeServer()
        cls.server.start()
        cls.addClassCleanup(cls.server.stop)
        cls.document = json.loads(cls.server.http("GET", cls.server.api_port, "/api/v1")[1])
        cls.operations = {path[1:]: item["post"] for path, item in cls.document["paths"].items()}
        cls.world = World(cls.server)

    def send(self, operation, parameters, who):
        headers = {"Content-Type": "application/json"}
        if who:
            headers["Authorization"] = f"Bearer {self.world.tokens.get(who)}"
        body = json.dumps(self.world.filled(parameters))
        status, answer, _ = self.server.http("POST", self.server.api_port, f"/api/v1/{operation}", body, headers)
        return status, json.loads(answer)

    def wrong_ones(self, operation, right):
        """What every operation refuses in the same way: (name, what is wrong, as whom, parameters)."""
        declared = self.declared(operation)
        schema = self.operations[operation]["requestBody"]["content"]["application/json"]["schema"]
        yield "wrong-value", "A parameter that is not known", "admin", {**right, "surprise": 1}
        if "missing-value" in declared:
            missing = schema["required"][0]
            rest = {key: value for key, value in right.items() if key != missing}
            yield "missing-value", f"Without {missing}", "admin", rest
        if "not-signed-in" in declared and self.operations[operation].get("security") != []:
            yield "not-signed-in", "Without a token", "", right
        if "access-denied" in declared and self.operations[operation].get("security") != []:
            yield "access-denied", "As an analyst", ANALYST, right
        for name, parameters in with_unknown_ids(right, schema):
            yield f"no-such-{name}", f"A {name} that is not there", "admin", parameters

    def declared(self, operation):
        """The names of the errors that the document lists for an operation."""
        responses = self.operations[operation]["responses"]
        return {code for status, response in responses.items() if status != "200"
                for code in re.findall(r"`([a-z-]+)`:", response["description"])}

    def all_examples(self):
        """In the order in which they are sent: of each operation first what is refused, then what is done."""
        seen = set()
        for right in EXAMPLES:
            operation = right["operation"]
            if operation not in seen:
                for name, summary, who, parameters in self.wrong_ones(operation, right["parameters"]):
                    yield {"operation": operation, "name": name, "summary": summary, "as": who, "parameters": parameters}
            seen.add(operation)
            yield right

    def played(self):
        for example in self.all_examples():
            self.world.before(example)
            status, answer = self.send(example["operation"], example["parameters"], example["as"])
            if example["operation"] == "session.firstAdmin" and status == 200:
                self.world.first_admin_came(answer["token"])
            yield {**example, "status": status, "answer": shown(answer)}

    def test_each_comes_back_as_printed(self):
        played = list(self.played())
        if os.environ.get("COHORT_WRITE_EXAMPLES"):
            lines = ",\n".join(json.dumps(example, ensure_ascii=False) for example in played)
            FILE.write_text(f"[\n{lines}\n]\n")
        printed = {}
        for operation, described in self.operations.items():
            for status, response in described["responses"].items():
                for name, example in response.get("content", {}).get("application/json", {}).get("examples", {}).items():
                    printed[operation, name] = (int(status), example["value"])
        if os.environ.get("COHORT_WRITE_EXAMPLES"):
            printed = {(example["operation"], example["name"]): (example["status"], example["answer"]) for example in played}
        for example in played:
            with self.subTest(operation=example["operation"], name=example["name"]):
                self.assertEqual((example["status"], example["answer"]),
                                 printed.get((example["operation"], example["name"])))
        self.assertEqual(len(played), len(printed))
        self.every_error_has_an_example(played)

    def every_error_has_an_example(self, played):
        for operation in self.operations:
            sent = [example for example in played if example["operation"] == operation]
            codes = {example["answer"]["error"]["data"]["code"] for example in sent if example["status"] != 200}
            with self.subTest(operation=operation):
                self.assertTrue(any(example["status"] == 200 for example in sent), "no example that is done")
                self.assertEqual(self.declared(operation), codes)


if __name__ == "__main__":
    unittest.main(verbosity=2)
