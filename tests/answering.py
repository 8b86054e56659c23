"""A local HTTP server that answers as a test tells it to."""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@contextmanager
def server(answer):
    """Serves `answer(number, body, headers) -> (status, headers, bytes or pieces)`, the number of
    the request from 0; yields its address and the bodies that came.
    """
    bodies, lock = [], threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            with lock:
                bodies.append(body)
                number = len(bodies) - 1
            status, headers, data = answer(number, body, self.headers)
            pieces = [data] if isinstance(data, bytes) else data
            self.send_response(status)
            if isinstance(data, bytes) and "Content-Length" not in headers:
                self.send_header("Content-Length", str(len(data)))
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                for piece in pieces:
                    self.wfile.write(piece)
                    self.wfile.flush()
            except OSError:
                pass  # whoever asked did not wait

        def log_message(self, *words):
            """Say nothing."""

    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    httpd.daemon_threads = True
    thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{httpd.server_port}/v1", bodies
    finally:
        httpd.shutdown()
        thread.join()
        httpd.server_close()
