#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A registry that takes uploads, and lies. The repository name chooses the lie: HOST:PORT/lie/CASE:1.

`CASES` holds each lie beside what a pusher has to say (None: it succeeds, and the image is there). Start it with
`lying_uploads.py PORT`: it prints each request, and `lying_uploads.py --list` prints the cases. A second server on
127.0.0.2 plays a blob store that the registry sends uploads to; it prints a line when it is sent credentials.
"""
import hashlib
import http.server
import json
import sys
import threading
import time
import urllib.parse

CASES = {}


def digest(data):
    return "sha256:" + hashlib.sha256(data).hexdigest()


def say(line):
    """In one piece, beside what other threads say."""
    print(f"{line}\n", end="", flush=True)


def case(expected):
    def declare(function):
        CASES[function.__name__] = (function, expected)
        return function
    return declare


class Answered(Exception):
    """Raised by a case that has answered a request itself."""


def drop(handler):
    handler.close_connection = True
    handler.connection.close()
    raise Answered


def say(line):
    print(line + "\n", end="", flush=True)  # in one piece: requests come at the same time


def error(handler, status, code, headers=None):
    body = json.dumps({"errors": [{"code": code, "message": "as told \x1b[31m"}]}).encode()
    handler.reply(status, body, headers)
    raise Answered


# --- Each function gets the handler and what is asked: head, start, status, part, end, manifest -----------------------

@case(None)
def honest(handler, what):
    pass


@case(None)
def breaks(handler, what):
    """Each part breaks off after 256 KiB, which are kept."""
    if what == "part" and handler.length() > 262144:
        handler.upload().data += handler.rfile.read(262144)
        drop(handler)


@case(None)
def forgets(handler, what):
    """The first part breaks off, and the upload is gone then."""
    if what == "part" and handler.first_time("part"):
        handler.rfile.read(1000)
        drop(handler)
    if what == "status":
        error(handler, 404, "BLOB_UPLOAD_UNKNOWN")


@case(None)
def losesend(handler, what):
    """The end arrives, the answer does not."""
    if what == "end" and handler.first_time("end"):
        handler.finish_upload()
        drop(handler)


@case(None)
def err500once(handler, what):
    if handler.first_time(what):
        handler.body()
        error(handler, 500, "UNKNOWN")


@case(None)
def err429once(handler, what):
    if handler.first_time(what):
        handler.body()
        error(handler, 429, "TOOMANYREQUESTS", {"Retry-After": "1"})


@case(None)
def small(handler, what):
    """A proxy that lets no more than 1 MiB through."""
    if handler.length() > 1 << 20:
        handler.close_connection = True
        error(handler, 413, "SIZE_INVALID")


@case(None)
def elsewhere(handler, what):
    """Uploads go to a stranger, who must not get the credentials."""
    if handler.headers.get("Authorization") != "Basic c2FpbG9yOmNhbmFyeS1wYXNzd29yZA==":
        handler.body()
        error(handler, 401, "UNAUTHORIZED", {"WWW-Authenticate": 'Basic realm="x"'})
    if what == "start":
        handler.server.uploads["elsewhere"] = Upload("elsewhere")
        port = handler.server.server_port
        handler.reply(202, b"", {"Location": f"http://127.0.0.2:{port}/put/elsewhere?signature=canary"})
        raise Answered


@case("which asks for credentials")
def stranger401(handler, what):
    if what == "start":
        port = handler.server.server_port
        handler.reply(202, b"", {"Location": f"http://127.0.0.2:{port}/401?signature=canary"})
        raise Answered


@case("a link-local address is refused")
def metadata(handler, what):
    if what == "start":
        handler.reply(202, b"", {"Location": "http://169.254.169.254/latest"})
        raise Answered


@case("names a bad place")
def filescheme(handler, what):
    if what == "start":
        handler.reply(202, b"", {"Location": "file:///etc/passwd"})
        raise Answered


@case("redirects an upload")
def redirects(handler, what):
    if what == "part":
        handler.body()
        handler.reply(307, b"", {"Location": handler.path})
        raise Answered


@case("does not say where an upload goes")
def nolocation(handler, what):
    if what == "start":
        handler.reply(202, b"")
        raise Answered


@case("says that it stored 'sha256:0000")
def wrongblob(handler, what):
    if what == "end":
        handler.finish_upload()
        handler.reply(201, b"", {"Docker-Content-Digest": "sha256:" + "0" * 64})
        raise Answered


@case("says that it stored 'sha256:0000")
def wrongmanifest(handler, what):
    if what == "manifest":
        handler.body()
        handler.reply(201, b"", {"Docker-Content-Digest": "sha256:" + "0" * 64})
        raise Answered


@case("got other bytes than those of blob")
def otherbytes(handler, what):
    if what == "end":
        handler.body()
        error(handler, 400, "DIGEST_INVALID")


@case("says that it has '0-99999999999'")
def hasmore(handler, what):
    if what == "part":
        handler.body()
        handler.reply(202, b"", {"Range": "0-99999999999"})
        raise Answered


@case("takes no more than 0 of the")
def takesnothing(handler, what):
    if what == "part":
        handler.body()
        handler.reply(202, b"", {"Range": "0-0"})
        raise Answered


@case("MANIFEST_BLOB_UNKNOWN")
def forgetsblobs(handler, what):
    if what == "manifest":
        handler.body()
        error(handler, 400, "MANIFEST_BLOB_UNKNOWN")


@case("denies access to repository 'lie/denied' to user 'sailor' .DENIED")
def denied(handler, what):
    if handler.headers.get("Authorization") is None:
        handler.body()
        error(handler, 401, "UNAUTHORIZED", {"WWW-Authenticate": 'Basic realm="x"'})
    if what == "start":
        error(handler, 403, "DENIED")


@case("refuses the stored login")
def loop401(handler, what):
    handler.body()
    error(handler, 401, "UNAUTHORIZED", {"WWW-Authenticate": 'Basic realm="x"'})


@case("answers 503")
def err503(handler, what):
    if what == "part":
        handler.body()
        error(handler, 503, "UNAVAILABLE")


@case("error message does not end")
def bigerror(handler, what):
    if what == "start":
        handler.reply(400, bytes(4 << 20))
        raise Answered


@case("connection broke")
def hangsup(handler, what):
    if what == "part":
        handler.rfile.read(1000)
        drop(handler)
    if what == "status":
        drop(handler)


@case("cancelled")
def stall(handler, what):
    """Takes a part and says nothing: for Ctrl+C."""
    if what == "part":
        handler.body()
        say("stalled")
        handler.server.stopping.wait(60)
        raise Answered


class Upload:
    def __init__(self, name):
        self.name = name
        self.data = b""


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *words):
        pass

    def reply(self, status, body, headers=None):
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def length(self):
        return int(self.headers.get("Content-Length") or 0)

    def body(self):
        return self.rfile.read(self.length())

    def first_time(self, what):
        with self.server.lock:
            new = (self.case, what) not in self.server.seen
            self.server.seen.add((self.case, what))
        return new

    def upload(self):
        return self.server.uploads[self.path.split("?")[0].rsplit("/", 1)[1]]

    def do_any(self):
        say(f"{self.command} {self.path.split('?')[0]}")
        try:
            self.route()
        except Answered:
            pass
        except OSError:
            self.close_connection = True

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_any

    def route(self):
        if self.server.is_stranger:
            if self.headers.get("Authorization"):
                say("LEAKED")
            if not self.path.startswith("/put/"):
                self.body()
                self.reply(401, b"", {"WWW-Authenticate": 'Basic realm="give"'})
                return
            self.case = "stranger"
            self.serve("part" if self.command == "PATCH" else "end")
            return
        words = self.path.split("?")[0].split("/")
        if words[1:3] != ["v2", "lie"] or words[3] not in CASES:
            self.reply(404, b"{}")
            return
        self.case = words[3]
        what = "manifest" if words[4] == "manifests" else {
            "HEAD": "head", "POST": "start", "GET": "status", "PATCH": "part", "PUT": "end", "DELETE": "cancel"
        }[self.command]
        CASES[self.case][0](self, what)
        self.serve(what)

    def state(self, status, upload):
        headers = {"Range": f"0-{max(len(upload.data) - 1, 0)}"}
        if not self.server.is_stranger:
            headers["Location"] = f"/v2/lie/{self.case}/blobs/uploads/{upload.name}?state={len(upload.data)}"
        self.reply(status, b"", headers)

    def finish_upload(self):
        upload = self.upload()
        upload.data += self.body()
        wanted = urllib.parse.parse_qs(urllib.parse.urlsplit(self.path).query)["digest"][0]
        if digest(upload.data) != wanted:
            error(self, 400, "DIGEST_INVALID")
        # A stranger keeps blobs for the one case that sends them there.
        with self.server.lock:
            case_name = "elsewhere" if self.server.is_stranger else self.case
            self.server.blobs.setdefault(case_name, {})[wanted] = upload.data
        return wanted

    def serve(self, what):
        blobs = self.server.blobs.setdefault(self.case, {})
        name = self.path.split("?")[0].rsplit("/", 1)[1]
        if what == "head":
            blob = blobs.get(name)
            self.reply(404 if blob is None else 200, blob or b"")
        elif what == "start":
            upload = Upload(f"u{time.monotonic_ns()}")
            self.server.uploads[upload.name] = upload
            self.state(202, upload)
        elif what == "status":
            self.state(204, self.upload())
        elif what == "part":
            upload = self.upload()
            start = int((self.headers.get("Content-Range") or "0-0").split("-")[0])
            data = self.body()
            if start != len(upload.data):
                error(self, 416, "RANGE_INVALID")
            upload.data += data
            self.state(202, upload)
        elif what == "end":
            self.reply(201, b"", {"Docker-Content-Digest": self.finish_upload()})
        elif what == "manifest":
            body = self.body()
            manifest = json.loads(body)
            for entry in [manifest["config"], *manifest["layers"]]:
                if entry["digest"] not in blobs:
                    error(self, 400, "MANIFEST_BLOB_UNKNOWN")
            say(f"COMPLETE {self.case}")
            self.reply(201, b"", {"Docker-Content-Digest": digest(body)})
        else:
            self.reply(204, b"")


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, address, shared, is_stranger):
        super().__init__(address, Handler)
        self.lock, self.stopping, self.seen, self.uploads, self.blobs = shared
        self.is_stranger = is_stranger

    def handle_error(self, request, client_address):
        pass  # broken connections are the point


def main():
    if sys.argv[1:] == ["--list"]:
        for name, (_, expected) in CASES.items():
            print(name, expected or "")
        return
    shared = (threading.Lock(), threading.Event(), set(), {}, {})
    port = int(sys.argv[1])
    stranger = Server(("127.0.0.2", port), shared, True)
    threading.Thread(target=stranger.serve_forever, daemon=True).start()
    Server(("127.0.0.1", port), shared, False).serve_forever()


if __name__ == "__main__":
    main()
