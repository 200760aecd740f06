"""A local PxWebApi 2 that plays recorded answers, and misbehaves when it is told to.

With a ``clock`` it is as strict as the real one: a call too many within the window is answered with 429.
"""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import product
from urllib.parse import unquote, urlsplit


class PxWebServer:
    """Answers from a metadata document and a function of the categories; ``faults`` are played first, one a call."""

    def __init__(self, metadata, number, *, config=None, clock=None):
        self.metadata, self.number = metadata, number
        self.clock, self.times, self.turned_away = clock, [], 0
        self.config = (
            {"maxDataCells": 150_000, "maxCallsPerTimeWindow": 3, "timeWindow": 1}
            if config is None
            else config
        )
        self.faults, self.calls = [], []
        handler = type("Handler", (_Handler,), {"owner": self})
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/api/v2"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def too_many(self):
        """Whether this call is one too many in the window that the service declares."""
        if self.clock is None:
            return False
        now = self.clock()
        self.times.append(now)
        inside = [time for time in self.times if now - time < self.config["timeWindow"]]
        excess = len(inside) > self.config["maxCallsPerTimeWindow"]
        self.turned_away += excess
        return excess

    def document(self, path, body):
        if path.endswith("/config"):
            return self.config
        if path.endswith("/metadata"):
            return self.metadata
        chosen = {one["variableCode"]: one["valueCodes"] for one in body["selection"]}
        dimensions = {}
        for code in self.metadata["id"]:
            given = self.metadata["dimension"][code]
            labels = given["category"]["label"]
            dimensions[code] = {
                "label": given["label"],
                "category": {
                    "index": {c: k for k, c in enumerate(chosen[code])},
                    "label": {c: labels[c] for c in chosen[code]},
                },
            }
        size = [len(chosen[code]) for code in self.metadata["id"]]
        cells = list(product(*(chosen[code] for code in self.metadata["id"])))
        assert len(cells) <= self.config.get("maxDataCells", 150_000)
        return {
            "version": "2.0", "class": "dataset", "label": "Folkmängd", "source": "SCB", "updated": "2026-06-08",
            "id": self.metadata["id"], "size": size, "dimension": dimensions, "value": [self.number(*cell) for cell in cells],
        }  # fmt: skip


_WRONG = {
    "html": b"<html>Underhall</html>",
    "list": b"[]",
    "empty": b"{}",
    "number": b"17",
    "nothing": b"",
    "words": b'{"id": ["Tid"], "size": [1], "dimension": {"Tid": {"category": {"index": ["2025"]}}}, "value": ["many"]}',
}


class _Handler(BaseHTTPRequestHandler):
    owner: PxWebServer

    def log_message(self, *args):
        pass

    def do_GET(self):
        self.answer(None)

    def do_POST(self):
        self.answer(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

    def answer(self, body):
        path = unquote(urlsplit(self.path).path)
        self.owner.calls.append((path, body))
        fault = self.owner.faults.pop(0) if self.owner.faults else None
        if self.owner.too_many():
            fault = 429
        wait = "7"
        if isinstance(fault, tuple):
            fault, wait = fault
        if isinstance(fault, int):
            self.send_response(fault)
            self.send_header("Retry-After", wait)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        document = self.owner.document(path, body)
        content = json.dumps(document, ensure_ascii=False).encode()
        if fault == "other":
            document = json.loads(content)
            document["value"] = list(document["value"])[:-1]
            content = json.dumps(document).encode()
        if fault in _WRONG:
            content = _WRONG[fault]
        if fault == "another":
            document["dimension"]["Kon"]["category"]["index"] = {"3": 0, "4": 1}
            content = json.dumps(document).encode()
        if fault == "half":
            content = content[: len(content) // 2]
        self.send_response(200)
        self.send_header("Content-Length", str(len(content) + (100 if fault == "cut" else 0)))
        self.end_headers()
        self.wfile.write(content)
