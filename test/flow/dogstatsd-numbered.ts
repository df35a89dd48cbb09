import { createSocket } from 'node:dgram'
import { closeSync } from 'node:fs'
import { connect } from 'node:net'
import { once } from 'node:events'
import { openSockets } from '../../src/libc/sockets.ts'
import type { Place } from './dogstatsd-agent.ts'

/** Sends one packet and resolves when the kernel has it. */
export interface Wire extends Disposable {
  readonly name: string
  send(packet: string): Promise<void>
}

/** A client of each transport. */
export async function openWires(place: Place): Promise<readonly Wire[]> {
  return [
    openUdp(place.udpPort),
    openDatagrams(place.socketPath),
    await openStream(place.streamPath),
  ]
}

/**
 * Sends packets that hold their own number, so that one that is missing and one that comes twice cannot make up for each
 * other: `<name>.packets` counts them, `<name>.numbers` adds up their numbers.
 */
export class NumberedPackets {
  readonly #wire: Wire
  readonly #prefix: string
  #sent = 0

  constructor(wire: Wire, prefix: string) {
    this.#wire = wire
    this.#prefix = `${prefix}.${wire.name}`
  }

  async send(count: number): Promise<void> {
    for (let time = 0; time < count; time += 1) {
      this.#sent += 1
      const [packets, numbers] = [`${this.#prefix}.packets`, `${this.#prefix}.numbers`]
      await this.#wire.send(`${packets}:1|c\n${numbers}:${this.#sent}|c`)
    }
  }

  /** What is to arrive, beside what has. */
  compare(place: Place): { readonly sent: readonly number[]; readonly arrived: readonly number[] } {
    const sum = (this.#sent * (this.#sent + 1)) / 2
    const arrived = ['packets', 'numbers'].map((what) => place.countOf(`${this.#prefix}.${what}`))
    return { sent: [this.#sent, sum], arrived: arrived.map(Math.round) }
  }
}

export function openUdp(port: number): Wire {
  const socket = createSocket('udp4')
  return {
    name: 'udp',
    send: (packet) =>
      new Promise((resolve, reject) => {
        socket.send(packet, port, '127.0.0.1', (error) => (error ? reject(error) : resolve()))
      }),
    [Symbol.dispose]: () => socket.close(),
  }
}

/** A client of the socket for datagrams, which Node has none of. */
export function openDatagrams(path: string): Wire {
  const opening = openSockets()
  if (opening.kind === 'absent') throw new Error(opening.reason)
  const { sockets } = opening
  const descriptor = sockets.create('unix', 'datagram')
  sockets.connect(descriptor, { family: 'unix', path })
  return {
    name: 'uds',
    send: async (packet) => {
      const bytes = Buffer.from(packet)
      // It does not wait; there is room again once the agent has read.
      while (!sockets.send(descriptor, bytes)) await new Promise(setImmediate)
    },
    [Symbol.dispose]: () => closeSync(descriptor),
  }
}

async function openStream(path: string): Promise<Wire> {
  const socket = connect(path)
  await once(socket, 'connect')
  return {
    name: 'stream',
    send: (packet) =>
      new Promise((resolve, reject) => {
        const frame = Buffer.alloc(4 + Buffer.byteLength(packet))
        frame.writeUInt32LE(frame.length - 4)
        frame.write(packet, 4)
        socket.write(frame, (error) => (error ? reject(error) : resolve()))
      }),
    [Symbol.dispose]: () => socket.destroy(),
  }
}
