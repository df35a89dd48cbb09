"""Sends DogStatsD by Python's own sockets, inside a container, as clients without a library do.

python3 dogstatsd-python.py uds:/path | udp:host:port | stream:/path

It says `sent` and stays.
"""
import os
import socket
import struct
import sys
import time

NOW = int(time.time())


def cgroup_inode():
    """Number of this container's cgroup, as it sees it: version 1 has it below `memory`."""
    for path in ("/sys/fs/cgroup/memory", "/sys/fs/cgroup"):
        if os.path.isdir(path):
            return os.stat(path).st_ino


def messages(name):
    inode = cgroup_inode()
    title, text = "Größe geändert", "erste Zeile\\nzweite: ✓"
    return [
        f"{name}.counter:1:2:3|c|#shape:round,Team:Blue",
        f"{name}.counter:4|c|@0.5|#shape:round,Team:Blue",
        f"{name}.gauge:1e3|g",
        f"{name}.histogram:1:2:3:4|h|@0.5",
        f"{name}.timing:1.5|ms",
        f"{name}.distribution:" + ":".join(str(value) for value in range(1, 101)) + "|d",
        f"{name}.set:a:b|s",
        f"{name}.set:a|s",
        f"{name}.timed:7|c|#at:{NOW - 45}|T{NOW - 45}",
        f"{name}.low:1|c|card:low",
        f"{name}.none:1|c|card:none",
        f"{name}.by_inode:1|c|c:in-{inode}",
        f"{name}.by_entity:1|c|#dd.internal.entity_id:{os.environ.get('POD_UID', 'none')}",
        f"{name}.other_host:1|c|#host:elsewhere",
        f"{name}.broken:one|c",
        f"_e{{{len(title.encode())},{len(text.encode())}}}:{title}|{text}|t:error|k:{name}|#shape:round",
        f"_sc|{name}.check|2|d:{NOW}|h:elsewhere|#shape:round|m:far too slow",
    ]


def open_sender(where):
    kind, _, rest = where.partition(":")
    if kind == "udp":
        host, port = rest.rsplit(":", 1)
        client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        client.connect((host, int(port)))
        return client.send
    if kind == "uds":
        client = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        client.connect(rest)
        return client.send
    client = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    client.connect(rest)
    return lambda packet: client.sendall(struct.pack("<I", len(packet)) + packet)


if __name__ == "__main__":
    where, name = sys.argv[1:3]
    send = open_sender(where)
    lines = [message.encode() for message in messages(name)]
    # Some alone, the others in one packet.
    for line in lines[:4]:
        send(line)
    send(b"\n".join(lines[4:]))
    print("sent", flush=True)
    while True:
        time.sleep(60)
