#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Pull from Debian's docker-registry: plain, with a password, with TLS by an own CA, and both."""
import hashlib
import json
import os
import pathlib
import socket
import stat
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.environ["CORACLE_SOURCE"], "tests", "support"))
import lying_registry  # noqa: E402
import registry_server  # noqa: E402

DRIVER = os.path.join(os.environ["CORACLE_BUILD"], "tests", "bin", "pull_driver")
AMD64 = ["--platform", "linux/amd64"]
TAR_TYPE = "application/vnd.oci.image.layer.v1.tar"
CONFIG_TYPE = "application/vnd.oci.image.config.v1+json"


def digest(data):
    return "sha256:" + hashlib.sha256(data).hexdigest()


def write_layout(folder, architecture, sizes):
    """An OCI layout with uncompressed layers, which skopeo compresses as it is told."""
    blobs = pathlib.Path(folder) / "blobs" / "sha256"
    blobs.mkdir(parents=True)

    def put(data):
        (blobs / digest(data)[7:]).write_bytes(data)
        return {"digest": digest(data), "size": len(data)}
    tars = [lying_registry.tar_of(size, f"{architecture}{index}") for index, size in enumerate(sizes)]
    config = json.dumps({"os": "linux", "architecture": architecture, "config": {"Cmd": ["true"]},
                         "rootfs": {"type": "layers", "diff_ids": [digest(tar) for tar in tars]}}).encode()
    manifest = json.dumps({"schemaVersion": 2, "mediaType": lying_registry.MANIFEST,
                           "config": {"mediaType": CONFIG_TYPE, **put(config)},
                           "layers": [{"mediaType": TAR_TYPE, **put(tar)} for tar in tars]}).encode()
    entry = {"mediaType": lying_registry.MANIFEST, **put(manifest),
             "annotations": {"org.opencontainers.image.ref.name": "t"}}
    (blobs.parent.parent / "index.json").write_text(json.dumps({"schemaVersion": 2, "manifests": [entry]}))
    (blobs.parent.parent / "oci-layout").write_text('{"imageLayoutVersion":"1.0.0"}')
    return digest(config)


class Suite:
    def __init__(self, work):
        self.work = pathlib.Path(work)
        self.number = self.failed = self.outputs = 0
        self.seen_secret = False
        self.home = self.work / "home"
        self.home.mkdir()

    def report(self, title, problem):
        self.number += 1
        self.failed += bool(problem)
        print(f"{'not ' if problem else ''}ok {self.number} - {title}", flush=True)
        if problem:
            print(f"#   {problem}")

    def drive(self, *words, environment=None):
        keep = {name: os.environ[name] for name in ("PATH", "LC_ALL") if name in os.environ}
        env = {**keep, "HOME": str(self.home), "XDG_CONFIG_HOME": str(self.home / "config"),
               "DOCKER_CONFIG": str(self.home / "docker"), **(environment or {})}
        done = subprocess.run([DRIVER, "--retry-ms", "20", *map(str, words)], capture_output=True, text=True, env=env,
                              timeout=120, check=False)
        self.seen_secret |= registry_server.PASSWORD in done.stdout + done.stderr
        return done

    def folder(self):
        self.outputs += 1
        return self.work / f"out{self.outputs}"

    def succeeds(self, title, *words, expected_id=None, out=None, environment=None):
        out = out or self.folder()
        done = self.drive(*words, out, environment=environment)
        problem = None
        if done.returncode != 0:
            problem = f"exit code {done.returncode}: {done.stderr.strip()}"
        elif expected_id and f"id: {expected_id}" not in done.stdout:
            problem = f"another image id: {done.stdout.splitlines()[-1]}, not {expected_id}"
        elif list((out / "partial").iterdir()):
            problem = "partial files are left"
        else:
            for blob in (out / "blobs" / "sha256").iterdir():
                if digest(blob.read_bytes())[7:] != blob.name:
                    problem = f"blob {blob.name} has another digest"
        self.report(title, problem)
        return done

    def fails(self, title, expected, hint, *words, environment=None):
        done = self.drive(*words, self.folder(), environment=environment)
        lines = done.stderr.splitlines() + ["", ""]
        problem = None
        if done.returncode != 1 or expected not in lines[0]:
            problem = f"exit code {done.returncode}, expected '{expected}' in: {lines[0]}"
        elif hint not in lines[1]:
            problem = f"expected hint '{hint}', got: {lines[1]}"
        self.report(title, problem)


def push(registry, layout, name, *options):
    subprocess.run(["skopeo", "copy", "-q", "--dest-tls-verify=false", *options, f"oci:{layout}:t",
                    f"docker://{registry.host}/{name}"], check=True, capture_output=True)


def fill(registry, work):
    """Push what the tests pull; the ids by platform."""
    ids = {}
    for architecture in ("amd64", "arm64"):
        layout = work / f"layout-{architecture}"
        ids[architecture] = write_layout(layout, architecture, (6_000_000, 300_000, 500, 0))
        push(registry, layout, f"team/app:{architecture}")
    push(registry, work / "layout-amd64", "team/schema2:1", "--format", "v2s2")
    # Layers of its own: skopeo takes gzip blobs that are there instead of compressing anew.
    ids["zstd"] = write_layout(work / "layout-zstd", "amd64", (5_000_000, 700))
    push(registry, work / "layout-zstd", "team/zstd:1", "--dest-compress", "--dest-compress-format", "zstd")
    entries = []
    for architecture in ("amd64", "arm64"):
        text = subprocess.run(["skopeo", "inspect", "--raw", "--tls-verify=false",
                               f"docker://{registry.host}/team/app:{architecture}"],
                              check=True, capture_output=True).stdout
        entries.append({"mediaType": lying_registry.MANIFEST, "digest": digest(text), "size": len(text),
                        "platform": {"os": "linux", "architecture": architecture}})
    index = json.dumps({"schemaVersion": 2, "mediaType": lying_registry.INDEX, "manifests": entries}).encode()
    ids["index"] = registry.put("/v2/team/app/manifests/all", index, lying_registry.INDEX)
    return ids


def test_plain(suite, registry, ids):
    name = f"{registry.host}/team/app"
    suite.succeeds("schema 2", *AMD64, f"{registry.host}/team/schema2:1")
    done = suite.succeeds("zstd layers", *AMD64, f"{registry.host}/team/zstd:1", expected_id=ids["zstd"])
    suite.report("two layers are announced", None if "layers 2" in done.stdout else done.stdout)
    text = subprocess.run(["skopeo", "inspect", "--raw", "--tls-verify=false", f"docker://{registry.host}/team/zstd:1"],
                          check=True, capture_output=True, text=True).stdout
    suite.report("they are zstd", None if text.count("tar+zstd") == 2 and "gzip" not in text else text)
    suite.succeeds("index, other platform", "--platform", "linux/arm64", f"{name}:all", expected_id=ids["arm64"])
    suite.succeeds("by digest of the index", *AMD64, f"{name}@{ids['index']}", expected_id=ids["amd64"])
    suite.fails("platform that is not there", "no variant for linux/s390x; there is linux/amd64, linux/arm64", "",
                "--platform", "linux/s390x", f"{name}:all")
    suite.fails("unknown tag", "image '" + name + ":nope' not found on", "check the spelling", f"{name}:nope")
    suite.fails("unknown repository", "not found on", "check the spelling", f"{registry.host}/nope:1")
    suite.fails("full disk", "needs ", "", "--free", "1000", *AMD64, f"{name}:amd64")


def pull_again(suite, registry, title, out, expected_id, between=lambda: None):
    """Pull twice into one folder from a registry that nobody else has asked; what the second time asked for."""
    words = [*AMD64, f"{registry.host}/team/app:amd64"]
    suite.succeeds(title, *words, out=out, expected_id=expected_id)
    blobs = {("GET", f"/v2/team/app/blobs/sha256:{file.name}") for file in (out / "blobs" / "sha256").iterdir()
             if not file.read_bytes().startswith(b'{"schemaVersion"')}
    if not registry_server.eventually(lambda: blobs <= set(registry.requests())):
        raise RuntimeError(f"not in the access log: {blobs.difference(registry.requests())}")
    between()
    before = len(registry.requests())
    suite.succeeds(f"{title}, again", *words, out=out, expected_id=expected_id)
    registry.drain()
    return registry.requests()[before:]


def test_again(suite, data, ids):
    with registry_server.Registry(suite.work, data) as registry:
        asked = pull_again(suite, registry, "OCI manifest, gzip", suite.folder(), ids["amd64"])
    wanted = [("HEAD", "/v2/team/app/manifests/amd64")]
    suite.report("unchanged tag costs one request", None if asked == wanted else f"asked {asked}")
    out = suite.folder()

    def lose_layers():
        for chain in (out / "layers").iterdir():
            chain.unlink()
    with registry_server.Registry(suite.work, data) as registry:
        asked = pull_again(suite, registry, "without the layers", out, ids["amd64"], lose_layers)
    suite.report("the pull again asked for something", None if asked else "there is nothing in the access log")
    asked = [path for _, path in asked if "/blobs/" in path]
    suite.report("blobs that are there are not fetched again", f"asked {asked}" if asked else None)
    read = subprocess.run(["skopeo", "copy", "-q", f"oci:{out}:latest", f"dir:{suite.folder()}"],
                          capture_output=True, text=True, check=False)
    suite.report("skopeo reads the result", read.stderr if read.returncode else None)


def test_password(suite, registry, ids):
    name = f"{registry.host}/team/app:amd64"
    login = {"USER_NAME": registry_server.USER, "PASSWORD": registry_server.PASSWORD}
    suite.fails("password: none", "wants a login", f"coracle login {registry.host}", name)
    suite.fails("password: wrong", "the name or the password is wrong", "", "--login", registry.host,
                environment={**login, "PASSWORD": "wrong"})
    done = suite.drive("--login", registry.host, environment=login)
    suite.report("password: login", done.stderr if done.returncode else None)
    saved = suite.home / "config" / "coracle" / "auth.json"
    mode = stat.S_IMODE(saved.stat().st_mode) if saved.exists() else None
    suite.report("password: the auth file is 0600", None if mode == 0o600 else f"mode {mode}")
    suite.succeeds("password: pull after login", *AMD64, name, expected_id=ids["amd64"])
    saved.unlink()
    tools = suite.work / "tools"
    tools.mkdir(exist_ok=True)
    helper = tools / "docker-credential-test"
    answer = json.dumps({"ServerURL": "x", "Username": registry_server.USER, "Secret": registry_server.PASSWORD})
    helper.write_text(f"#!/bin/sh\nread -r server\n[ -n \"$server\" ] && echo '{answer}'\n")
    helper.chmod(0o755)
    (suite.home / "docker").mkdir(exist_ok=True)
    docker = suite.home / "docker" / "config.json"
    docker.write_text(json.dumps({"credHelpers": {registry.host: "test"}}))
    suite.succeeds("password: credential helper", *AMD64, name,
                   environment={"PATH": f"{tools}:{os.environ['PATH']}"})
    docker.write_text(json.dumps({"credHelpers": {registry.host: "missing"}}))
    suite.fails("password: missing helper", "docker-credential-missing", "docker-credential-missing", name)
    docker.unlink()
    suite.fails("password: stored login is refused", "refuses the stored login", "coracle login", name,
                environment={"REGISTRY_AUTH_FILE": write_auth(suite, registry.host, "coracle:stale")})


def write_auth(suite, host, pair):
    import base64
    path = suite.work / "auth.json"
    path.write_text(json.dumps({"auths": {host: {"auth": base64.b64encode(pair.encode()).decode()}}}))
    return str(path)


def test_tls(suite, registry, ca, ids, form="TLS", environment=None):
    name = f"{registry.host}/team/app:amd64"
    words = AMD64
    suite.fails(f"{form}: unknown CA", "certificate", "ca.crt", *words, name, environment=environment)
    folder = suite.work / "certs.d" / registry.host
    folder.mkdir(parents=True)
    (folder / "ca.crt").write_bytes(ca.read_bytes())
    suite.succeeds(f"{form}: certs.d", "--certs", folder.parent, *words, name, expected_id=ids["amd64"],
                   environment=environment)
    config = suite.work / "registries.json"
    config.write_text(json.dumps({registry.host: {"ca": str(ca)}}))
    suite.succeeds(f"{form}: CA in registries.json", "--config", config, *words, name, environment=environment)
    config.write_text(json.dumps({registry.host: {"insecure": True}}))
    suite.succeeds(f"{form}: insecure by configuration", "--config", config, *words, name, environment=environment)
    config.write_text("{")
    suite.fails(f"{form}: broken registries.json", f"read '{config}'", "", "--config", config, name,
                environment=environment)


def test_faults(suite, registry, mirror_of):
    with socket.socket() as silent:  # has the port, so that nobody else gets it, and does not listen
        silent.bind(("127.0.0.1", 0))
        dead = silent.getsockname()[1]
        suite.fails("nobody listens", f"connect to '127.0.0.1:{dead}': Connection refused", "running",
                    f"127.0.0.1:{dead}/a")
        config = suite.work / "mirrors.json"
        config.write_text(json.dumps({mirror_of: {"mirrors": [f"127.0.0.1:{dead}", registry.host]}}))
        suite.succeeds("a dead mirror, then a live one", "--config", config, *AMD64, f"{mirror_of}/team/app:amd64")


def main():
    if missing := registry_server.missing_programs("docker-registry", "skopeo", "openssl"):
        print(f"1..0 # SKIP needs {' '.join(missing)}")
        return 1 if "registry" in os.environ.get("CORACLE_REQUIRE", "") else 77
    with tempfile.TemporaryDirectory() as work:
        suite = Suite(work)
        data = suite.work / "data"
        ca = registry_server.make_certificates(suite.work / "certificates")
        with registry_server.Registry(work, data) as plain:
            ids = fill(plain, suite.work)
            test_plain(suite, plain, ids)
            test_again(suite, data, ids)
            test_faults(suite, plain, "registry.invalid")
        with registry_server.Registry(work, data, password=True) as registry:
            test_password(suite, registry, ids)
        with registry_server.Registry(work, data, certificates=ca.parent) as registry:
            test_tls(suite, registry, ca, ids)
        with registry_server.Registry(work, data, password=True, certificates=ca.parent) as registry:
            pair = f"{registry_server.USER}:{registry_server.PASSWORD}"
            suite.work.joinpath("certs.d").rename(suite.work / "certs.old")
            login = {"REGISTRY_AUTH_FILE": write_auth(suite, registry.host, pair)}
            test_tls(suite, registry, ca, ids, "TLS with password", login)
        suite.report("no password in any output", "there was one" if suite.seen_secret else None)
        print(f"1..{suite.number}")
        return int(suite.failed > 0)


if __name__ == "__main__":
    sys.exit(main())
