#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Serves one file. Usage: file_server.py PORT FILE

/whole gives it, /moved redirects there, /half promises it and hangs up in the middle, /slow sends a part and waits;
anything else is not found.
"""
import http.server
import sys
import threading

with open(sys.argv[2], "rb") as source:
    DATA = source.read()


class Handler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *words):
        pass

    def do_GET(self):
        if self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", "/whole")
            self.end_headers()
            return
        known = self.path in ("/whole", "/half", "/slow")
        self.send_response(200 if known else 404)
        self.send_header("Content-Length", str(len(DATA) if known else 0))
        self.end_headers()
        if known:
            self.wfile.write(DATA if self.path == "/whole" else DATA[:1024])
        if self.path == "/slow":
            self.wfile.flush()
            threading.Event().wait()


http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
