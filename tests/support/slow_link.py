#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""slow_link.py TARGET-PORT BYTES-PER-SECOND: a TCP relay on loopback as slow as a bad network.

Prints "127.0.0.1:PORT" and then relays every connection to TARGET-PORT. What the target sends is handed on at the
given rate, shared by all connections; what the client sends goes at full speed. Ends with its caller (SIGTERM).
"""
import asyncio
import sys

CHUNK = 16384


class Link:
    def __init__(self, rate):
        self.rate = rate
        self.free_at = 0.0

    async def pause(self, size):
        """Until the link has room for so many bytes; all connections queue for the same link."""
        now = asyncio.get_running_loop().time()
        self.free_at = max(self.free_at, now) + size / self.rate
        await asyncio.sleep(self.free_at - now)  # the pace is what this program is for


async def relay(reader, writer, link=None):
    try:
        while data := await reader.read(CHUNK):
            if link:
                await link.pause(len(data))
            writer.write(data)
            await writer.drain()
    except OSError:
        pass  # one side went away
    finally:
        writer.close()


async def main(target, rate):
    link = Link(rate)

    async def serve(reader, writer):
        try:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", target)
        except OSError:
            writer.close()
            return
        await asyncio.gather(relay(reader, far_writer), relay(far_reader, writer, link))

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    print("127.0.0.1:%d" % server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), float(sys.argv[2])))
