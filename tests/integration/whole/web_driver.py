"""A real browser for tests: headless Chromium driven over chromedriver's HTTP (W3C WebDriver), standard library only."""

import base64
import json
import os
import shutil
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

from whole_server import free_port, wait_until

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--force-device-scale-factor=1"]
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"


class Stale(AssertionError):
    """The page replaced the element between finding and using it."""


class WebDriver:
    def __init__(self, width=390, height=844, language="en"):
        self.port = free_port()
        self.profile = tempfile.mkdtemp(prefix="cohort-chromium-")
        self.process = subprocess.Popen(["/usr/bin/chromedriver", f"--port={self.port}"], stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL)
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        self.base = f"http://127.0.0.1:{self.port}"
        wait_until(self._is_ready, 30, "chromedriver")
        options = {"args": [*FLAGS, f"--user-data-dir={self.profile}", f"--window-size={width},{height}",
                            f"--lang={language}"], "binary": "/usr/bin/chromium"}
        session = self.ask("POST", "/session", {"capabilities": {"alwaysMatch": {"goog:chromeOptions": options}}})
        self.base += f"/session/{session['sessionId']}"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            self.ask("DELETE", "")
        except (OSError, ValueError):
            pass
        self.process.terminate()
        self.process.wait(10)
        shutil.rmtree(self.profile, ignore_errors=True)

    def _is_ready(self):
        try:
            return self.ask("GET", "/status")["ready"]
        except (OSError, KeyError):
            return False

    def ask(self, method, path, body=None):
        data = json.dumps(body if body is not None else {}).encode() if method == "POST" else None
        request = urllib.request.Request(self.base + path, data, {"Content-Type": "application/json"}, method=method)
        try:
            with self.opener.open(request, timeout=60) as answer:
                return json.loads(answer.read())["value"]
        except urllib.error.HTTPError as error:
            text = error.read().decode()[:500]
            raise (Stale if "stale element" in text else AssertionError)(text) from None

    def open(self, url):
        self.ask("POST", "/url", {"url": url})

    def find(self, css):
        found = self.ask("POST", "/elements", {"using": "css selector", "value": css})
        visible = [one[ELEMENT] for one in found if self.ask("GET", f"/element/{one[ELEMENT]}/displayed")]
        return visible[0] if visible else None

    def on_element(self, css, use):
        """use(element) of the first visible one; again while a live page replaces it between two questions."""
        for _ in range(20):
            try:
                return use(self.wait_for(css))
            except Stale:
                time.sleep(0.05)
        raise AssertionError(f"{css} was replaced each time it was used")

    def wait_for(self, css, seconds=15):
        def look():
            try:
                return self.find(css)
            except Stale:
                return None
        return wait_until(look, seconds, css)

    def type(self, css, text):
        self.on_element(css, lambda element: self.ask("POST", f"/element/{element}/value", {"text": text}))

    def click(self, css):
        self.on_element(css, lambda element: self.ask("POST", f"/element/{element}/click"))

    def text(self, css="body"):
        """What is shown of the first visible one; empty if there is none, or if it is being replaced just now."""
        try:
            found = self.find(css)
            return self.ask("GET", f"/element/{found}/text") if found else ""
        except Stale:
            return ""

    def run(self, script, *arguments):
        return self.ask("POST", "/execute/sync", {"script": script, "args": arguments})

    def picture(self, name):
        """Saves what is shown to the folder that the variable COHORT_PICTURES names, if there is one."""
        folder = os.environ.get("COHORT_PICTURES")
        if folder:
            time.sleep(0.4)
            with open(os.path.join(folder, name + ".png"), "wb") as file:
                file.write(base64.b64decode(self.ask("GET", "/screenshot")))
