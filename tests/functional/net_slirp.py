#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""slirp4netns through the network library: what is reachable, what is not, and how it fails."""
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest

BUILD = os.path.abspath(os.environ.get("CORACLE_BUILD", "build/dev"))
TOOL = os.path.join(BUILD, "tests", "bin", "net_tool")
os.environ["CORACLE_LIBEXEC"] = os.path.join(BUILD, "bin")
SECONDS = 60  # for what comes by itself, on a machine that has other work
IN_NAMESPACE = ["unshare", "--user", "--map-root-user", "--net", "--"]


def missing():
    if not shutil.which("slirp4netns"):
        return "slirp4netns is not installed"
    if not os.access("/dev/net/tun", os.R_OK | os.W_OK):
        return "/dev/net/tun cannot be opened"
    if subprocess.run([*IN_NAMESPACE, "true"], stderr=subprocess.DEVNULL, check=False).returncode != 0:
        return "no user namespaces"
    return None


def wait_until(condition, seconds=SECONDS):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise AssertionError("waited in vain")
        time.sleep(0.01)  # UNAVOIDABLE: the state of another process


def free_port(kind=socket.SOCK_STREAM):
    with socket.socket(socket.AF_INET, kind) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def tool(*words):
    return subprocess.run([TOOL, *words], capture_output=True, text=True, timeout=SECONDS, check=False)


class SlirpTest(unittest.TestCase):
    def setUp(self):
        self.base = tempfile.mkdtemp(prefix="coracle-test-")
        # A helper of a holder that was killed is ending, and may yet remove its socket.
        self.addCleanup(shutil.rmtree, self.base, ignore_errors=True)
        self.namespace = self.spawn([*IN_NAMESPACE, "sh", "-c", "echo up; exec cat"])
        self.assertEqual(self.namespace.stdout.readline(), "up\n")

    def spawn(self, argv, **options):
        process = subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, **options)
        self.addCleanup(self.end, process)
        return process

    @staticmethod
    def end(process):
        if process.poll() is None:
            process.kill()
        process.communicate()

    def start(self, *ports, run_dir=None):
        """The tool that holds the network, the helper's pid, and the published ports."""
        holder = self.spawn([TOOL, "start", str(self.namespace.pid), run_dir or self.base, *ports])
        lines = []
        for line in holder.stdout:
            if line == "ready\n":
                return holder, int(lines[0].split()[1]), [text.strip() for text in lines[1:]]
            lines.append(line)
        raise AssertionError("the network did not start")

    def inside(self, code):
        """Run Python in the namespace of the network."""
        return self.spawn(["nsenter", "--preserve-credentials", "--user", "--net",
                           f"--target={self.namespace.pid}", sys.executable, "-c", code])

    def test_publishes_tcp_and_udp(self):
        tcp, udp = free_port(), free_port(socket.SOCK_DGRAM)
        _, _, ports = self.start(f"127.0.0.1:{tcp}:80", f"127.0.0.1:{udp}:53/udp", "127.0.0.1::81")
        self.assertEqual(ports[:2], [f"127.0.0.1:{tcp}:80", f"127.0.0.1:{udp}:53/udp"])
        self.assertRegex(ports[2], r"^127\.0\.0\.1:\d+:81$")
        server = self.inside("""
import socket
tcp, udp = socket.socket(), socket.socket(type=socket.SOCK_DGRAM)
tcp.bind(("0.0.0.0", 80)); tcp.listen(); udp.bind(("0.0.0.0", 53)); print("up", flush=True)
c, peer = tcp.accept(); print(peer[0], flush=True); c.sendall(c.recv(100).upper()); c.close()
data, peer = udp.recvfrom(100); udp.sendto(data.upper(), peer)
""")
        self.assertEqual(server.stdout.readline(), "up\n")
        with socket.create_connection(("127.0.0.1", tcp), timeout=SECONDS) as client:
            client.sendall(b"hello")
            self.assertEqual(client.recv(100), b"HELLO")
        # A server must not take a client from outside for one on its own loopback.
        self.assertNotEqual(server.stdout.readline().strip(), "127.0.0.1")
        with socket.socket(type=socket.SOCK_DGRAM) as client:
            client.settimeout(SECONDS)
            client.sendto(b"datagram", ("127.0.0.1", udp))
            self.assertEqual(client.recv(100), b"DATAGRAM")

    def test_host_loopback_is_out_of_reach(self):
        listener = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(listener.close)
        port = listener.getsockname()[1]
        self.start()
        for address in ("10.0.2.2", "127.0.0.1"):
            client = self.inside(f"""
import socket
try:
    socket.create_connection(("{address}", {port}), timeout=3); print("reached")
except OSError as error:
    print("refused", error)
""")
            self.assertTrue(client.communicate(timeout=SECONDS)[0].startswith("refused"), address)

    def test_interface_is_configured(self):
        self.start()
        shown = self.inside("""import fcntl, socket, struct
s = socket.socket()
SIOCGIFMTU, SIOCGIFADDR = 0x8921, 0x8915
print(struct.unpack_from("i", fcntl.ioctl(s, SIOCGIFMTU, struct.pack("16s24x", b"tap0")), 16)[0])
print(socket.inet_ntoa(fcntl.ioctl(s, SIOCGIFADDR, struct.pack("16s24x", b"tap0"))[20:24]))
""")
        text = shown.communicate(timeout=SECONDS)[0]
        self.assertEqual(text, "65520\n10.0.2.100\n")

    def test_helper_is_confined(self):
        _, pid, _ = self.start()
        with open(f"/proc/{pid}/status") as file:
            status = dict(line.split(":\t", 1) for line in file.read().splitlines() if ":\t" in line)
        self.assertEqual((status["NoNewPrivs"], status["Seccomp"]), ("1", "2"))

    def test_helper_ends_with_the_container(self):
        holder, pid, _ = self.start()
        os.kill(holder.pid, signal.SIGKILL)
        wait_until(lambda: self.has_ended(pid))

    @staticmethod
    def has_ended(pid):
        try:
            with open(f"/proc/{pid}/stat") as file:
                return file.read().rpartition(")")[2].split()[0] == "Z"
        except (FileNotFoundError, ProcessLookupError):  # gone before it was opened, or before it was read
            return True

    def test_ports_come_and_go(self):
        self.start()
        port = free_port()
        self.assertEqual(tool("add", self.base, f"127.0.0.1:{port}:80").stdout, f"127.0.0.1:{port}:80\n")
        self.assertEqual(tool("list", self.base).stdout, f"127.0.0.1:{port}:80\n")
        self.assertIn("udp ports are published when the container starts",
                      tool("add", self.base, "127.0.0.1::53/udp").stderr)
        again = tool("add", self.base, f"127.0.0.1:{port}:81")
        self.assertEqual(again.returncode, 1)
        self.assertIn(f"host port {port}/tcp is already used", again.stderr)
        self.assertEqual(tool("remove", self.base, f"127.0.0.1:{port}:80").returncode, 0)
        self.assertEqual(tool("list", self.base).stdout, "")
        self.assertIn("is not published", tool("remove", self.base, f"127.0.0.1:{port}:80").stderr)

    def test_taken_port_names_its_holder_and_leaves_nothing(self):
        listener = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(listener.close)
        port = listener.getsockname()[1]
        failed = tool("start", str(self.namespace.pid), self.base, f"127.0.0.1:{port}:80")
        self.assertEqual(failed.returncode, 1)
        self.assertRegex(failed.stderr, rf"^publish port '127\.0\.0\.1:{port}:80': host port {port}/tcp is already "
                         rf"used by '[^']+' \(process {os.getpid()}\)\nhint: port \d+ is free\n$")
        self.assertFalse(os.path.exists(os.path.join(self.base, "slirp.sock")))

    def test_published_port_names_the_helper(self):
        port = free_port()
        self.start(f"127.0.0.1:{port}:80")
        self.assertRegex(tool("check", f"127.0.0.1:{port}:1").stderr, r"by 'slirp4netns' \(process \d+\)")

    def test_ipv6_port_is_refused_clearly(self):
        failed = tool("start", str(self.namespace.pid), self.base, "[::1]:18080:80")
        self.assertIn("publish port '[::1]:18080:80': slirp4netns forwards no IPv6 ports", failed.stderr)

    def test_dead_container_is_told(self):
        self.end(self.namespace)
        failed = tool("start", str(self.namespace.pid), self.base)
        self.assertEqual(failed.returncode, 1)
        self.assertIn("start network with slirp4netns: ", failed.stderr)

    def test_missing_program_is_told(self):
        failed = subprocess.run([TOOL, "start", "1", self.base], env={"PATH": "/nonexistent"},
                                capture_output=True, text=True, check=False)
        self.assertEqual(failed.stderr, "start network: slirp4netns is not installed\n"
                         "hint: install the package slirp4netns, or use --network none or host\n")

    def test_missing_tun_device_is_told(self):
        script = f"mount -t tmpfs none /dev/net && exec {TOOL} start {self.namespace.pid} {self.base}"
        failed = subprocess.run(["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script],
                                capture_output=True, text=True, check=False)
        self.assertIn("open '/dev/net/tun': No such file or directory\nhint: load the kernel module", failed.stderr)

    def test_long_run_folder(self):
        folder = os.path.join(self.base, "x" * 120)
        os.mkdir(folder)
        port = free_port()
        self.assertEqual(self.start(f"127.0.0.1:{port}:80", run_dir=folder)[2], [f"127.0.0.1:{port}:80"])

    def test_many_starts_at_once(self):
        results = []
        threads = [threading.Thread(target=lambda i=i: results.append(self.start_one(i))) for i in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(sorted(results), [True] * 4)

    def start_one(self, number):
        folder = os.path.join(self.base, str(number))
        os.mkdir(folder)
        namespace = self.spawn([*IN_NAMESPACE, "sh", "-c", "echo up; exec cat"])
        namespace.stdout.readline()
        holder = self.spawn([TOOL, "start", str(namespace.pid), folder, "127.0.0.1::80"])
        return "ready\n" in iter(holder.stdout.readline, "")


if __name__ == "__main__":
    reason = missing()
    if reason:
        print(f"skipped: {reason}")
        sys.exit(1 if "slirp4netns" in os.environ.get("CORACLE_REQUIRE", "").split() else 77)
    unittest.main(verbosity=2)
