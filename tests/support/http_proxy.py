#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A web proxy on loopback for which every name is this computer. Usage: http_proxy.py [USER:PASSWORD].

Prints its port, then each request ("CONNECT registry.test:443", "GET http://..."). With a login it refuses those who
do not give it.
"""
import base64
import socket
import sys
import threading
import urllib.parse


def copy(source, target):
    try:
        while data := source.recv(65536):
            target.sendall(data)
    except OSError:
        pass
    for end in (source, target):
        try:
            end.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass


def head_of(client):
    data = b""
    while b"\r\n\r\n" not in data:
        part = client.recv(65536)
        if not part:
            return None, b""
        data += part
    head, rest = data.split(b"\r\n\r\n", 1)
    return head.decode("latin-1").split("\r\n"), rest


def serve(client, login):
    lines, rest = head_of(client)
    if lines is None:
        client.close()
        return
    method, target, _ = lines[0].split(" ")
    print(f"{method} {target}\n", end="", flush=True)  # in one piece: requests come at the same time
    wanted = "Basic " + base64.b64encode(login.encode()).decode() if login else None
    given = [line.split(": ", 1)[1] for line in lines if line.lower().startswith("proxy-authorization: ")]
    if wanted and given != [wanted]:
        client.sendall(b"HTTP/1.1 407 Login\r\nProxy-Authenticate: Basic realm=p\r\nContent-Length: 0\r\n"
                       b"Connection: close\r\n\r\n")
        client.close()
        return
    address = target if method == "CONNECT" else urllib.parse.urlsplit(target).netloc
    port = int(address.rsplit(":", 1)[1]) if ":" in address else 80
    try:
        server = socket.create_connection(("127.0.0.1", port))
    except OSError:
        client.sendall(b"HTTP/1.1 502 Nobody there\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        client.close()
        return
    if method == "CONNECT":
        client.sendall(b"HTTP/1.1 200 Go\r\n\r\n")
        server.sendall(rest)
    else:
        parts = urllib.parse.urlsplit(target)
        lines[0] = f"{method} {parts.path}{'?' + parts.query if parts.query else ''} HTTP/1.1"
        kept = [line for line in lines if not line.lower().startswith(("proxy-", "connection:"))]
        server.sendall("\r\n".join([*kept, "Connection: close"]).encode("latin-1") + b"\r\n\r\n" + rest)
    threading.Thread(target=copy, args=(client, server), daemon=True).start()
    copy(server, client)


def main():
    login = sys.argv[1] if len(sys.argv) > 1 else None
    listener = socket.create_server(("127.0.0.1", 0), backlog=64)
    print(listener.getsockname()[1], flush=True)
    while True:
        client, _ = listener.accept()
        threading.Thread(target=serve, args=(client, login), daemon=True).start()


if __name__ == "__main__":
    main()
