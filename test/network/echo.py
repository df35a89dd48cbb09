"""Without arguments: sends every datagram back.

With an address and a number of seconds: sends twenty there, and prints of each that came back within that time how many
seconds it took.
"""

import select
import socket
import sys
import time

PORT = 9000
peer = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
if len(sys.argv) == 1:
    peer.bind(("0.0.0.0", PORT))
    print("ready", flush=True)
    while True:
        datagram, sender = peer.recvfrom(100)
        peer.sendto(datagram, sender)

sent = {}
for number in range(20):
    sent[number] = time.monotonic()
    peer.sendto(bytes([number]), (sys.argv[1], PORT))
until = time.monotonic() + float(sys.argv[2])
while sent and select.select([peer], [], [], max(0, until - time.monotonic()))[0]:
    number = peer.recv(100)[0]
    print(time.monotonic() - sent.pop(number))
