"""Joins hosts, each in a network namespace of its own, by TUN devices: a wire that can be cut, slow and lossy.

Arguments: the names of the devices, which are there already, with the address of the host behind each: `name=address`.
Lines on standard input set how the wire is from then on: `delay <seconds>`, `loss <share>`, `cut`, `heal`. Each is
answered with itself. At the end of standard input it ends.
"""

import fcntl
import heapq
import os
import random
import select
import socket
import struct
import sys
import time

TUNSETIFF = 0x400454CA
IFF_TUN, IFF_NO_PI = 0x0001, 0x1000
LONGEST_PACKET = 65_536
# What a wire would drop by itself when too much is on it.
MOST_ON_THE_WIRE = 20_000


def open_device(name):
    device = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(device, TUNSETIFF, struct.pack("16sH22x", name.encode(), IFF_TUN | IFF_NO_PI))
    return device


class Wire:
    def __init__(self, devices):
        self.devices = devices
        self.delay = 0.0
        self.loss = 0.0
        self.is_cut = False
        self.on_the_way = []
        self.taken = 0

    def obey(self, line):
        word, *values = line.split()
        if word == "cut":
            self.is_cut = True
            self.on_the_way = []
        elif word == "heal":
            self.is_cut, self.delay, self.loss = False, 0.0, 0.0
        elif word == "delay":
            self.delay = float(values[0])
        elif word == "loss":
            self.loss = float(values[0])
        else:
            raise ValueError(f"Cannot obey {word!r}")
        print(line, flush=True)

    def take(self, packet):
        """Puts a packet on the wire, by its IPv4 destination."""
        if self.is_cut or len(packet) < 20 or packet[0] >> 4 != 4 or random.random() < self.loss:
            return
        device = self.devices.get(socket.inet_ntoa(packet[16:20]))
        if device is None or len(self.on_the_way) >= MOST_ON_THE_WIRE:
            return
        self.taken += 1
        heapq.heappush(self.on_the_way, (time.monotonic() + self.delay, self.taken, device, packet))

    def deliver(self):
        """Hands over what has been on the way long enough; gives the seconds until the next is due."""
        now = time.monotonic()
        while self.on_the_way and self.on_the_way[0][0] <= now:
            _, _, device, packet = heapq.heappop(self.on_the_way)
            try:
                os.write(device, packet)
            except OSError:
                pass  # The device is down or full: lost, as on any wire.
        return self.on_the_way[0][0] - now if self.on_the_way else None


def main():
    hosts = dict(argument.split("=") for argument in sys.argv[1:])
    devices = {address: open_device(name) for name, address in hosts.items()}
    print("ready", flush=True)
    wire = Wire(devices)
    inputs = [*devices.values(), sys.stdin.fileno()]
    commands = b""
    while True:
        ready, _, _ = select.select(inputs, [], [], wire.deliver())
        for source in ready:
            if source != sys.stdin.fileno():
                try:
                    wire.take(os.read(source, LONGEST_PACKET))
                except OSError:
                    pass
                continue
            text = os.read(source, 4096)
            if text == b"":
                return
            *lines, commands = (commands + text).split(b"\n")
            for line in lines:
                wire.obey(line.decode())


main()
