#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A registry that lies. The repository name chooses the lie: HOST:PORT/lie/CASE:1.

Each case is a function that changes the honest image or an answer; `CASES` holds it beside what a puller has to say.
Start it by hand with `lying_registry.py PORT`, which prints each request before it is answered; tests use the class. A
second server on 127.0.0.2 plays a stranger and remembers what it was sent.
"""
import gzip
import hashlib
import http.server
import io
import json
import random
import sys
import tarfile
import threading
import time

MANIFEST = "application/vnd.oci.image.manifest.v1+json"
INDEX = "application/vnd.oci.image.index.v1+json"
CONFIG = "application/vnd.oci.image.config.v1+json"
LAYER = "application/vnd.oci.image.layer.v1.tar+gzip"
CANARY = "canary-secret-7f3a"


def digest(data):
    return "sha256:" + hashlib.sha256(data).hexdigest()


def tar_of(size, seed):
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        info = tarfile.TarInfo(f"file{seed}")
        info.size = size
        archive.addfile(info, io.BytesIO(random.Random(seed).randbytes(size)))
    return stream.getvalue()


TARS = [tar_of(size, seed) for seed, size in enumerate((3_000_000, 200))]
LAYERS = [gzip.compress(tar, 1, mtime=0) for tar in TARS]


class Image:
    """An honest image of two layers that a case may bend before it is served."""

    def __init__(self):
        self.blobs = {digest(blob): blob for blob in LAYERS}
        self.layers = [{"mediaType": LAYER, "digest": digest(blob), "size": len(blob)} for blob in LAYERS]
        self.config = {"os": "linux", "architecture": "amd64", "config": {"Cmd": ["true"]},
                       "rootfs": {"type": "layers", "diff_ids": [digest(tar) for tar in TARS]}}
        self.manifest_type = MANIFEST
        self.manifest_text = None
        self.headers = {}
        self.extra = {}

    def build(self):
        text = json.dumps(self.config).encode()
        self.config_digest = digest(text)
        self.blobs.setdefault(self.config_digest, text)
        self.manifest = {"schemaVersion": 2, "mediaType": MANIFEST,
                         "config": {"mediaType": CONFIG, "digest": self.config_digest, "size": len(text)},
                         "layers": self.layers, **self.extra}
        if self.manifest_text is None:
            self.manifest_text = json.dumps(self.manifest).encode()
        return self


class Answer(Exception):
    """Raised by a case to answer a request itself."""

    def __init__(self, act):
        super().__init__()
        self.act = act


CASES = {}
# The product waits 30 s for a silent server; these cases wait one second in the same code.
FAST = ["--limit-ms", "1000"]


def case(expected, seconds=5, options=()):
    """Declare a case: what the puller's error holds (None: it succeeds) and the time it may take."""
    def declare(function):
        CASES[function.__name__] = (function, expected, seconds, list(options))
        return function
    return declare


# --- Bent images: each function gets the Image before it is built -----------------------------------------------------

def bent(function):
    function.bends = True
    return function


@case(None)
@bent
def honest(image):
    pass


@case("it is both an index and a manifest")
@bent
def bothtypes(image):
    image.extra = {"manifests": []}


@case("key 'layers' appears twice")
@bent
def dupkeys(image):
    image.build()
    image.manifest_text = image.manifest_text[:-1] + b',"layers":[]}'


@case(f"it says it is '{MANIFEST}' but was announced as '{INDEX}'")
@bent
def typemismatch(image):
    image.manifest_type = INDEX


@case("layer 1: digest 'sha256:../../x' is not")
@bent
def baddigest(image):
    image.layers[0]["digest"] = "sha256:../../x"


@case("layer 1: digest 'sha256:00' is not")
@bent
def shortdigest(image):
    image.layers[0]["digest"] = "sha256:00"


@case("layer 1: size 4611686018427387904 is not between 0 and")
@bent
def hugesize(image):
    image.layers[0]["size"] = 2 ** 62


@case("layer 1: size -5 is not between 0 and")
@bent
def negsize(image):
    image.layers[0]["size"] = -5


@case("is out of range")
@bent
def size64(image):
    image.layers[0]["size"] = 2 ** 64 - 1


@case("bytes long, the manifest says")
@bent
def toosmall(image):
    image.layers[0]["size"] -= 10


@case("bytes long, the manifest says")
@bent
def toobig(image):
    image.layers[0]["size"] += 10


@case("nested deeper than 64 levels")
@bent
def deepjson(image):
    image.manifest_text = b'{"schemaVersion":2,"x":' + b"[" * 100_000 + b"]" * 100_000 + b"}"


@case("20000 layers, more than 512")
@bent
def manylayers(image):
    image.layers = [image.layers[1]] * 20_000


@case("longer than 4194304 bytes")
@bent
def hugeman(image):
    image.build()
    image.manifest_text += b" " * (5 << 20)


@case("the configuration names 1")
@bent
def fewdiffids(image):
    image.config["rootfs"]["diff_ids"].pop()


@case("came with the digest")
@bent
def wrongconfig(image):
    image.build()
    text = image.blobs[image.config_digest]
    image.blobs[image.config_digest] = text.replace(b"linux", b"Linux")


@case("the image is for windows/amd64, not for linux/")
@bent
def windows(image):
    image.config["os"] = "windows"


@case("layer 1: blob 'sha256:")
@bent
def wrongbytes(image):
    name = image.layers[0]["digest"]
    image.blobs[name] = bytes(len(image.blobs[name]))


@case("the registry says that the manifest is 'sha256:000")
@bent
def wrongdcd(image):
    image.headers["Docker-Content-Digest"] = "sha256:" + "0" * 64


@case("it is an artifact of type 'application/x-sbom', not a container image")
@bent
def artifact(image):
    image.extra = {"artifactType": "application/x-sbom"}


@case("image layer of type 'application/x-\\x1b[31m'")
@bent
def escapes(image):
    image.layers[1]["mediaType"] = "application/x-\x1b[31m"


@case("not found on")
@bent
def foreignurl(image):
    image.layers[1]["urls"] = [f"http://127.0.0.2:{image.port}/steal"]
    del image.blobs[image.layers[1]["digest"]]


@case("needs 3", options=["--free", "1000"])
@bent
def nospace(image):
    pass


# --- Bad answers: each function gets the handler, the kind of request and the honest body -----------------------------

def chunked(handler, parts):
    handler.send_response(200)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    for part in filter(None, parts):
        handler.wfile.write(b"%x\r\n" % len(part) + part + b"\r\n")
    handler.wfile.write(b"0\r\n\r\n")


def drop(handler):
    handler.close_connection = True
    handler.wfile.flush()
    handler.connection.close()


@case("is longer than the")
def infinite(handler, kind, body):
    if kind == "layer":
        try:
            while True:
                chunked(handler, [bytes(65536)] * 1000)
        except OSError:
            drop(handler)
        raise Answer(None)


@case("is longer than the")
def longer(handler, kind, body):
    if kind == "layer":
        chunked(handler, [body, b"more"])
        raise Answer(None)


@case(None)
def truncatedonce(handler, kind, body):
    """The end is missing once; the rest comes by a range request."""
    if kind == "layer" and handler.first_time() and len(body) > 1000:
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body[:len(body) // 2])
        drop(handler)
        raise Answer(None)


@case(None)
def norange(handler, kind, body):
    """Breaks off once and then ignores the range: the whole comes again."""
    truncatedonce(handler, kind, body)
    handler.headers.replace_header("Range", "") if "Range" in handler.headers else None


@case(None, seconds=10)
def resets(handler, kind, body):
    """A reset after each 256 KiB."""
    if kind == "layer" and len(body) > 300_000:
        start = handler.range_start()
        handler.send_response(206 if start else 200)
        if start:
            handler.send_header("Content-Range", f"bytes {start}-{len(body) - 1}/{len(body)}")
        handler.send_header("Content-Length", str(len(body) - start))
        handler.end_headers()
        end = start + (256 << 10)
        handler.wfile.write(body[start:end])
        if end < len(body):
            drop(handler)
        raise Answer(None)


@case("ends after")
def truncated(handler, kind, body):
    """Says it is complete, and is not, however often it is asked."""
    if kind == "layer":
        chunked(handler, [body[:100] if not handler.range_start() else b""])
        raise Answer(None)


@case("came as range 'bytes 0-")
def wrongrange(handler, kind, body):
    if kind == "layer" and handler.range_start():
        handler.reply(206, body, {"Content-Range": f"bytes 0-{len(body) - 1}/{len(body)}"})
        raise Answer(None)
    truncatedonce(handler, kind, body)


@case("wants a login")
def loop401(handler, kind, body):
    realm = f'Bearer realm="http://{handler.headers["Host"]}/token",service="x"'
    handler.reply(401, b"", {"WWW-Authenticate": realm})
    raise Answer(None)


@case("wants a login")
def basicauth(handler, kind, body):
    handler.reply(401, b"", {"WWW-Authenticate": 'Basic realm="x"'})
    raise Answer(None)


@case("for a token: that is not https")
def realmhttp(handler, kind, body):
    handler.reply(401, b"", {"WWW-Authenticate": f'Bearer realm="http://127.0.0.2:{handler.server.server_port}/token"'})
    raise Answer(None)


@case("for a token: a link-local address is refused")
def realmmetadata(handler, kind, body):
    handler.reply(401, b"", {"WWW-Authenticate": 'Bearer realm="https://169.254.169.254/token"'})
    raise Answer(None)


@case("names a bad token server")
def realmfile(handler, kind, body):
    handler.reply(401, b"", {"WWW-Authenticate": 'Bearer realm="file:///etc/passwd"'})
    raise Answer(None)


@case("redirects more than 10 times")
def redirloop(handler, kind, body):
    handler.reply(307, b"", {"Location": handler.path})
    raise Answer(None)


@case("redirects to a bad place: address 'file:///etc/passwd' is neither http nor https")
def redirfile(handler, kind, body):
    handler.reply(302, b"", {"Location": "file:///etc/passwd"})
    raise Answer(None)


@case("a link-local address is refused")
def redirmetadata(handler, kind, body):
    handler.reply(302, b"", {"Location": "http://169.254.169.254/latest"})
    raise Answer(None)


@case(None)
def redirstranger(handler, kind, body):
    """Layers are at the stranger's, who must not get the credentials."""
    if handler.token() is None:
        loop401(handler, kind, body)
    if kind == "layer":
        target = f"http://127.0.0.2:{handler.server.server_port}/blob/{digest(body)}?signature={CANARY}"
        handler.server.stranger_blobs[digest(body)] = body
        handler.reply(307, b"", {"Location": target})
        raise Answer(None)


@case("which asks for credentials")
def stranger401(handler, kind, body):
    if kind == "layer":
        handler.reply(307, b"", {"Location": f"http://127.0.0.2:{handler.server.server_port}/401?signature={CANARY}"})
        raise Answer(None)


@case("no answer after", seconds=8, options=FAST)
def stall(handler, kind, body):
    handler.wait()
    raise Answer(None)


@case("layer 1: connect to", seconds=8, options=FAST)
def stallblob(handler, kind, body):
    """Half a layer and then silence, each time from the start of what is missing."""
    if kind == "layer" and len(body) > 1000:
        start = handler.range_start()
        handler.send_response(206 if start else 200)
        if start:
            handler.send_header("Content-Range", f"bytes {start}-{len(body) - 1}/{len(body)}")
        handler.send_header("Content-Length", str(len(body) - start))
        handler.end_headers()
        handler.wfile.write(body[start:start + 100])
        handler.wfile.flush()
        handler.wait()
        raise Answer(None)


@case("bytes in", seconds=8, options=FAST)
def slowman(handler, kind, body):
    """One byte now and then."""
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    for byte in body:
        handler.wfile.write(bytes([byte]))
        handler.wfile.flush()
        if handler.wait(0.1):
            break
    raise Answer(None)


@case("the headers of the answer are longer than 65536 bytes")
def bigheaders(handler, kind, body):
    handler.reply(200, body, {f"X-{i}": "x" * 1000 for i in range(80)})
    raise Answer(None)


@case("states its length in two ways")
def twolengths(handler, kind, body):
    handler.send_response(200)
    handler.send_header("Content-Length", "5")
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    handler.wfile.write(b"0\r\n\r\n")
    raise Answer(None)


@case(None)
def err500once(handler, kind, body):
    if handler.first_time():
        handler.reply(500, b"{}")
        raise Answer(None)


@case("answers 503 for image")
def err503(handler, kind, body):
    handler.reply(503, b'{"errors":[{"code":"UNAVAILABLE","message":"down \\u001b[31m"}]}')
    raise Answer(None)


@case(None)
def err429once(handler, kind, body):
    if handler.first_time():
        handler.reply(429, b"", {"Retry-After": "1"})
        raise Answer(None)


@case("answers 429", seconds=8, options=["--max-retry-after", "1"])
def err429(handler, kind, body):
    handler.reply(429, b"", {"Retry-After": "100000"})
    raise Answer(None)


@case("denies access to image")
def denied(handler, kind, body):
    handler.reply(403, b'{"errors":[{"code":"DENIED","message":"go away"}]}')
    raise Answer(None)


@case("error message does not end")
def bigerror(handler, kind, body):
    handler.reply(404, bytes(4 << 20))
    raise Answer(None)


@case("connection broke")
def garbage(handler, kind, body):
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort")
    drop(handler)
    raise Answer(None)


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

    def wait(self, seconds=60):
        """Until the server stops; true when it does."""
        return self.server.stopping.wait(seconds)

    def first_time(self):
        with self.server.lock:
            new = self.path not in self.server.seen
            self.server.seen.add(self.path)
        return new

    def token(self):
        return self.headers["Authorization"]

    def range_start(self):
        value = self.headers.get("Range") or ""
        return int(value[6:].split("-")[0]) if value.startswith("bytes=") else 0

    def serve_honest(self, image, kind, body):
        if body is None:
            self.reply(404, b'{"errors":[{"code":"BLOB_UNKNOWN","message":"blob unknown"}]}')
            return
        headers = {}
        if kind == "manifest":
            headers = {"Content-Type": image.manifest_type, "Docker-Content-Digest": digest(body), **image.headers}
        start = self.range_start()
        if start and kind != "manifest":
            headers["Content-Range"] = f"bytes {start}-{len(body) - 1}/{len(body)}"
            self.reply(206, body[start:], headers)
            return
        self.reply(200, body, headers)

    def do_HEAD(self):
        self.do_GET()

    def do_GET(self):
        with self.server.lock:
            self.server.requests.append((self.path, dict(self.headers)))
            if self.server.prints:
                print(self.command, self.path, flush=True)
        try:
            self.route()
        except Answer:
            pass
        except OSError:
            self.close_connection = True

    def route(self):
        if self.server.is_stranger:
            self.serve_stranger()
            return
        if self.path.startswith("/token"):
            self.reply(200, json.dumps({"token": CANARY}).encode())
            return
        words = self.path.split("/")
        if len(words) != 6 or words[3] not in CASES:
            self.reply(404, b"{}")
            return
        function = CASES[words[3]][0]
        with self.server.lock:
            image = self.server.images.get(words[3])
            if image is None:
                image = self.server.images[words[3]] = Image()
                image.port = self.server.server_port
                if getattr(function, "bends", False):
                    function(image)
                image.build()
        kind = "manifest" if words[4] == "manifests" else "layer"
        body = image.manifest_text if kind == "manifest" else image.blobs.get(words[5])
        kind = "config" if words[5] == image.config_digest else kind
        if not getattr(function, "bends", False):
            function(self, kind, body)
        self.serve_honest(image, kind, body)

    def serve_stranger(self):
        if self.path.startswith("/blob/"):
            self.serve_honest(None, "layer", self.server.stranger_blobs.get(self.path[6:].split("?")[0]))
        else:
            self.reply(401, b"", {"WWW-Authenticate": 'Basic realm="give"'})


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, address, stranger_blobs, is_stranger):
        super().__init__(address, Handler)
        self.lock = threading.Lock()
        self.stopping = threading.Event()
        self.seen = set()
        self.requests = []
        self.prints = False
        self.images = {}
        self.stranger_blobs = stranger_blobs
        self.is_stranger = is_stranger

    def handle_error(self, request, client_address):
        pass  # broken connections are the point


class LyingRegistry:
    """Both servers on one free port of 127.0.0.1 and 127.0.0.2; use with `with`."""

    def __init__(self, port=0):
        blobs = {}
        self.registry = Server(("127.0.0.1", port), blobs, False)
        self.port = self.registry.server_port
        self.stranger = Server(("127.0.0.2", self.port), blobs, True)

    def __enter__(self):
        for server in (self.registry, self.stranger):
            threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *error):
        for server in (self.registry, self.stranger):
            server.stopping.set()
            server.shutdown()
            server.server_close()


if __name__ == "__main__":
    with LyingRegistry(int(sys.argv[1]) if len(sys.argv) > 1 else 0) as registry:
        registry.registry.prints = True
        print(f"127.0.0.1:{registry.port}", flush=True)
        while True:
            time.sleep(3600)  # UNAVOIDABLE: runs until it is killed
