"""The participants' page without a server: its own files, and answers that a test sets; for what no real server does on order."""

import http.server
import json
import re
import threading

from whole_server import SOURCE

PAGE = SOURCE / "server/api/people/page"
TYPES = {"js": "text/javascript", "css": "text/css", "svg": "image/svg+xml", "html": "text/html; charset=utf-8"}
SOCKET = """<script>
window.sockets = [];
window.WebSocket = class {
  static CONNECTING = 0;
  constructor() { this.readyState = 0; sockets.push(this); setTimeout(() => { this.readyState = 1; this.onopen?.(); }); }
  close() { this.isClosed = true; }
};
</script>"""
PERSON = {"id": 7, "code": "P-7", "name": "Anna Berg", "language": "en", "locations": ["Lindenweg 5"], "timeZone": "Europe/Madrid",
          "rests": False}


def limits():
    rows = re.findall(r"X\((\w+), ([\d']+),", (SOURCE / "shared/base/limits.h").read_text())
    return "const LIMITS = " + json.dumps({name: int(value.replace("'", "")) for name, value in rows})


def message(number, text, **more):
    return {"id": number, "direction": "to-participant", "kind": "message", "text": text, "question": None, "answer": None, "once": None,
            "state": "sent", "createdAt": "2026-01-01T12:00:00Z", "deliveredAt": None, "readAt": None, "answeredAt": None, **more}


def question(number, text, kind="yes-no", **more):
    return message(number, text, kind="question", question={"type": kind, "choices": []}, **more)


def alert(number, text, **more):
    return {"id": number, "severity": "urgent", "state": "open", "at": "2026-01-01T12:00:00Z", "location": "Lindenweg 5",
            "timeZone": "Europe/Madrid", "text": text, "actions": [], "answers": [], "command": None, **more}


class LonelyPage:
    """`items` is what /inbox/items answers (None: nobody is signed in), `refuse` path → (status, code); `asked` what was posted."""

    def __init__(self):
        self.items = {"participant": dict(PERSON), "alerts": [], "messages": []}
        self.refuse, self.asked, self.fetched = {}, [], 0
        page = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                page.get(self)

            def do_POST(self):
                page.post(self)

            def log_message(self, *_):
                pass

        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_address[1]}"
        self.thread = threading.Thread(target=self.http.serve_forever, daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.http.shutdown()
        self.http.server_close()

    def posted(self, path):
        return [body for asked, body in self.asked if asked == path]

    def get(self, request):
        name = request.path.split("/")[-1]
        if request.path == "/inbox/items":
            self.fetched += 1
            answer = (401, {"error": {"data": {"code": "not-signed-in"}}}) if self.items is None else (200, self.items)
            return self.send(request, answer[0], "application/json", json.dumps(answer[1]))
        if name == "limits.js":
            return self.send(request, 200, TYPES["js"], limits())
        if request.path.startswith("/page/") and (PAGE / name).is_file():
            return self.send(request, 200, TYPES[name.split(".")[-1]], (PAGE / name).read_text())
        self.send(request, 200, TYPES["html"], (PAGE / "index.html").read_text().replace("<body>", "<body>" + SOCKET))

    def post(self, request):
        body = json.loads(request.rfile.read(int(request.headers["Content-Length"])))
        self.asked.append((request.path, body))
        status, code = self.refuse.get(request.path, (200, ""))
        self.send(request, status, "application/json", json.dumps({"error": {"data": {"code": code}}} if code else {}))

    @staticmethod
    def send(request, status, kind, text):
        data = text.encode()
        request.send_response(status)
        request.send_header("Content-Type", kind)
        request.send_header("Content-Length", str(len(data)))
        request.end_headers()
        request.wfile.write(data)
