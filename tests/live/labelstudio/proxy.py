"""A proxy before the server that goes wrong where it is told to."""

import socket
import threading
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

WRITES = ("POST", "PATCH", "PUT", "DELETE")


class Proxy(ThreadingHTTPServer):
    """Forwards to a server. `plan(method, path)` says what happens to a request: `None` to pass it
    on, "before", "during" or "after" to cut the connection there, "hang" not to answer, or an
    answer `(status, headers, body)`.
    """

    daemon_threads = True

    def __init__(self, target):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.target = urlsplit(target).netloc
        self.plan = lambda method, path: None
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
        self.stopped = threading.Event()

    def __enter__(self):
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_):
        self.stopped.set()
        self.shutdown()
        self.server_close()

    def handle_error(self, request, client_address):
        """Broken connections are what this is for."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def pass_on(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        fault = self.server.plan(self.command, self.path)
        if fault == "before":
            return self.cut()
        if fault == "during":
            self.send_half(body)
            return self.cut()
        if fault == "hang":
            self.server.stopped.wait(20)
            return self.cut()
        if isinstance(fault, tuple):
            return self.answer(*fault)
        connection = HTTPConnection(self.server.target, timeout=60)
        headers = {k: v for k, v in self.headers.items() if k.lower() != "host"}
        connection.request(self.command, self.path, body, headers | {"Connection": "close"})
        found = connection.getresponse()
        data = found.read()
        connection.close()
        if fault == "after":
            return self.cut()
        kept = ("content-type", "location")
        return self.answer(
            found.status, {k: v for k, v in found.getheaders() if k.lower() in kept}, data
        )

    do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = pass_on

    def send_half(self, body):
        """The server gets half of what was sent, and then nothing."""
        host, _, port = self.server.target.partition(":")
        with socket.create_connection((host, int(port))) as half:
            lines = [f"{self.command} {self.path} HTTP/1.1", f"Host: {self.server.target}"]
            lines += [f"{k}: {v}" for k, v in self.headers.items() if k.lower() != "host"]
            head = "\r\n".join(lines) + "\r\n\r\n"
            half.sendall(head.encode() + body[: len(body) // 2])
            if not body:  # cut within the head
                return

    def answer(self, status, headers, body):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def cut(self):
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def log_message(self, *_):
        """Nothing."""
