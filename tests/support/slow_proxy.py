#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A slow line to a server on this computer. Usage: slow_proxy.py PORT DOWN [UP]: prints the port to connect to.

Each connection gets that rate for what the server sends, and the second one for what it is sent; 0 is no limit. SIGUSR1
takes the limits away, for all that comes after it.
"""
import signal
import socket
import sys
import threading

CHUNK = 32768
UNLIMITED = threading.Event()


def copy(source, target, rate):
    try:
        while data := source.recv(CHUNK):
            target.sendall(data)
            if rate:
                UNLIMITED.wait(len(data) / rate)
    except OSError:
        pass
    for end in (source, target):
        try:
            end.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass


def main():
    port, rate = int(sys.argv[1]), int(sys.argv[2])
    rate_up = int(sys.argv[3]) if len(sys.argv) > 3 else 0
    signal.signal(signal.SIGUSR1, lambda *_: UNLIMITED.set())
    listener = socket.create_server(("127.0.0.1", 0), backlog=64)
    print(listener.getsockname()[1], flush=True)
    while True:
        client, _ = listener.accept()
        server = socket.create_connection(("127.0.0.1", port))
        threading.Thread(target=copy, args=(client, server, rate_up), daemon=True).start()
        threading.Thread(target=copy, args=(server, client, rate), daemon=True).start()


if __name__ == "__main__":
    main()
