# SPDX-License-Identifier: Apache-2.0
"""Debian's docker-registry for tests: any of plain, with a password, with TLS by an own CA, or both, on one folder."""
import hashlib
import http.client
import json
import pathlib
import shutil
import socket
import subprocess
import time

USER, PASSWORD = "coracle", "canary-password-91c2"
# htpasswd -Bbn -C 4 coracle canary-password-91c2
HTPASSWD = "coracle:$2y$04$y/SCp4ouUWdQdSJGb1nrOuAbe4TTw1spHAYen0AUhoH/REidxMoWe\n"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def eventually(fact, seconds=60):
    """Whether `fact()` is true within that time; what it looks at says nothing by itself."""
    end = time.monotonic() + seconds
    while not fact():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)  # UNAVOIDABLE: a file that another program writes
    return True


def missing_programs(*names):
    return [name for name in names if shutil.which(name) is None]


def make_certificates(folder):
    """A CA, and a certificate of it for 127.0.0.1 and localhost. Returns the CA's path."""
    folder = pathlib.Path(folder)
    folder.mkdir()
    (folder / "names").write_text("subjectAltName=IP:127.0.0.1,DNS:localhost\n")

    def openssl(*words):
        subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True)
    openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "ca.key",
            "-out", "ca.crt", "-days", "30", "-subj", "/CN=Test CA")
    openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "server.key",
            "-out", "server.csr", "-subj", "/CN=registry")
    openssl("x509", "-req", "-in", "server.csr", "-CA", "ca.crt", "-CAkey", "ca.key", "-CAcreateserial",
            "-out", "server.crt", "-days", "30", "-extfile", "names")
    return folder / "ca.crt"


class Registry:
    """One docker-registry process on a port that it gets when it starts; use with `with`."""

    def __init__(self, folder, data, password=False, certificates=None):
        self.folder, self.data, self.password, self.certificates = pathlib.Path(folder), data, password, certificates
        self.port = self.host = self.log = self.process = None

    def configure(self):
        """A free port, and the command that serves there."""
        self.port = free_port()
        self.host = f"127.0.0.1:{self.port}"
        folder = self.folder / f"registry-{self.port}"
        folder.mkdir(exist_ok=True)
        http = {"addr": self.host, "draintimeout": "60s"}
        config = {"version": 0.1, "log": {"accesslog": {"disabled": False}, "level": "info"},
                  "storage": {"filesystem": {"rootdirectory": str(self.data)}, "delete": {"enabled": True}}, "http": http}
        if self.certificates:
            http["tls"] = {"certificate": f"{self.certificates}/server.crt", "key": f"{self.certificates}/server.key"}
        if self.password:
            (folder / "htpasswd").write_text(HTPASSWD)
            config["auth"] = {"htpasswd": {"realm": "test", "path": str(folder / "htpasswd")}}
        (folder / "config.yml").write_text(json.dumps(config))  # JSON is YAML
        self.log = folder / "log"
        return ["docker-registry", "serve", str(folder / "config.yml")]

    def __enter__(self):
        for _ in range(5):
            command = self.configure()
            with open(self.log, "wb") as log:
                self.process = subprocess.Popen(command, stdout=log, stderr=log)
            # Only what it says itself: somebody else may have been given the port meanwhile, and answer there.
            said = eventually(lambda: "listening on " in self.log.read_text() or self.process.poll() is not None)
            if said and self.process.poll() is None:
                return self
            self.__exit__()
            if "address already in use" not in self.log.read_text():
                break
        raise RuntimeError(f"docker-registry does not start: {self.log.read_text()}")

    def __exit__(self, *error):
        self.process.kill()
        self.process.wait()

    def drain(self):
        """End it when all is answered: an answer's line may come into the access log after its last byte is sent."""
        self.process.terminate()
        self.process.wait(70)

    def requests(self):
        """(method, path) of all requests so far, from the access log."""
        logged = [line for line in self.log.read_text().splitlines() if "HTTP/" in line and '"' in line]
        lines = [line.split('"')[1].split() for line in logged]
        return [(words[0], words[1]) for words in lines if len(words) == 3 and words[0].isupper()]

    def put(self, path, body, content_type):
        """Store a document in the plain form; its digest."""
        connection = http.client.HTTPConnection(self.host)
        connection.request("PUT", path, body, {"Content-Type": content_type})
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 201, f"{path}: {answer.status}"
        return "sha256:" + hashlib.sha256(body).hexdigest()
