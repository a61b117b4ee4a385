#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The server of the Http conformance suite (tests/unit/core/registry/test_http.cpp), which describes its answers.
Prints its port and ends when its standard input does."""
import http.server
import sys
import threading


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *words):
        pass

    def reply(self, status, body, **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def do_HEAD(self):
        self.do_GET()

    def do_POST(self):
        self.reply(200, self.rfile.read(int(self.headers["Content-Length"])))

    def do_GET(self):
        if self.path == "/redirect":
            self.reply(307, b"elsewhere", Location="/text")
        elif self.path == "/authorization":
            self.reply(200, (self.headers["Authorization"] or "none").encode())
        elif self.path == "/large":
            self.reply(200, bytes(1 << 20))
        elif self.path == "/broken":
            self.send_response(200)
            self.send_header("Content-Length", "100")
            self.end_headers()
            self.wfile.write(b"half")
            self.close_connection = True
        elif self.path == "/silent":
            threading.Event().wait(30)
        elif self.path == "/missing":
            self.reply(404, b"not here")
        else:
            self.reply(200, b"some text", X_Mixed_Case="Yes ")


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.daemon_threads = True
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_port, flush=True)
sys.stdin.read()
