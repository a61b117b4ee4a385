#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Answers the search of docker's first protocol. Usage: search_server.py PORT; prints what was asked."""
import http.server
import json
import sys
import urllib.parse

RESULTS = [
    {"name": "nginx", "description": "Official build of Nginx.", "star_count": 20000, "is_official": True,
     "is_automated": False},
    {"name": "team/nginx", "description": "A second\nline, an escape \x1b[31m, and so many words that they do not fit",
     "star_count": 7, "is_official": False, "is_automated": True},
    {"name": "nobody/nginx", "description": None, "star_count": 0, "is_official": False},
]


class Handler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *words):
        pass

    def do_GET(self):
        print(self.path + "\n", end="", flush=True)  # in one piece
        parts = urllib.parse.urlsplit(self.path)
        query = urllib.parse.parse_qs(parts.query)
        word = query.get("q", [""])[0]
        found = [row for row in RESULTS if word in row["name"]]
        body = json.dumps({"num_results": len(found), "query": word, "results": found}).encode()
        if word == "lies":
            body = b'{"results": [{"name": 5}]}'
        if word == "endless":
            body = b'{"results": [' + b" " * (5 << 20) + b"]}"
        self.send_response(200 if parts.path == "/v1/search" else 404)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
