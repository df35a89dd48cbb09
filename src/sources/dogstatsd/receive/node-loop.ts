import { createSocket } from 'node:dgram'
import type { Socket } from 'node:net'
import type { DogstatsdSettings } from '../../../component/dogstatsd-settings.ts'
import { createNodeOpener } from '../listen/node-opener.ts'
import { openListeners, type Listeners } from '../listen/open-listeners.ts'
import type { PacketPlace } from '../aggregate/packet-reader.ts'
import { ForwardTap } from './forward-tap.ts'
import { FrameReader, frameMemoryBytes } from './frame-reader.ts'
import type { Reception } from './reception.ts'
import type { SharedFlags } from './shared-flags.ts'
import type { WorkerOrder, WorkerReport } from './worker-protocol.ts'

export interface NodeLoopParts {
  readonly settings: DogstatsdSettings
  readonly flags: SharedFlags
  readonly reception: Reception
  readonly post: (report: WorkerReport) => void
  readonly onTooLong: (lengthBytes: number) => void
}

/** One datagram, or one reading of a stream, has at most so many bytes. */
const chunkBytes = 65_536
const lastReadingMs = 30

/** Receives by the event loop, where the C library cannot be called: without credentials, and one packet at a time. */
export class NodeLoop {
  readonly #parts: NodeLoopParts
  readonly #memory: Uint8Array
  readonly #connections = new Set<Socket>()
  #listeners: Listeners | undefined
  #timer: NodeJS.Timeout | undefined
  #isDue = false
  #isFinished = false
  #packets = 0
  readonly #over = Promise.withResolvers<void>()

  constructor(parts: NodeLoopParts) {
    this.#parts = parts
    this.#memory = new Uint8Array(frameMemoryBytes(parts.settings.listen.packetBytes, chunkBytes))
  }

  /** Listens until it is told to stop. Resolves when all that was received has been told. */
  async run(): Promise<void> {
    const { settings, reception, post } = this.#parts
    const stopForwarding = this.#forward()
    const tell = (): void => {
      if (this.#listeners !== undefined) {
        post({ kind: 'listening', states: this.#listeners.states() })
      }
    }
    this.#listeners = await openListeners({
      listen: settings.listen,
      onOpen: tell,
      opener: createNodeOpener({
        maxConnections: settings.listen.maxConnections,
        onPacket: (packet) => this.#readDatagram(packet),
        onConnection: (socket) => this.#follow(socket),
      }),
    })
    tell()
    this.#tick()
    await this.#over.promise
    await this.#readTheRest()
    clearTimeout(this.#timer)
    this.#listeners.close()
    for (const socket of this.#connections) socket.destroy()
    stopForwarding()
    this.#isFinished = true
    reception.finish()
  }

  take(order: WorkerOrder): void {
    this.#parts.reception.take(order)
    if (this.#parts.flags.isStopping) this.#over.resolve()
  }

  /** What has come already is read within a few turns of the event loop, but for no longer than that in a flood. */
  async #readTheRest(): Promise<void> {
    const untilMs = performance.now() + lastReadingMs
    for (let packets = -1; packets !== this.#packets && performance.now() < untilMs;) {
      packets = this.#packets
      await new Promise((resolve) => setTimeout(resolve))
    }
  }

  #tick(): void {
    if (this.#isFinished) return
    this.#isDue = false
    clearTimeout(this.#timer)
    this.#parts.reception.tick()
    this.#timer = setTimeout(() => this.#tick(), this.#parts.reception.restMs)
  }

  /** Once all is read that has come by now. */
  #tickSoon(): void {
    if (this.#isDue) return
    this.#isDue = true
    setImmediate(() => this.#tick())
  }

  #readDatagram(packet: Uint8Array): void {
    const { reception } = this.#parts
    this.#memory.set(packet)
    reception.counters.add('udp.packets', 1)
    reception.counters.add('udp.bytes', packet.length)
    this.#read({ from: 0, to: packet.length, sender: 0, transport: 'udp' })
  }

  #follow(socket: Socket): void {
    const { reception, settings, onTooLong } = this.#parts
    const frames = new FrameReader(settings.listen.packetBytes)
    const count = (): void =>
      reception.counters.set('uds_stream.connections', this.#connections.size)
    this.#connections.add(socket)
    count()
    socket.on('data', (chunk: Buffer) => {
      const tooLongBytes = this.#readStream(frames, chunk)
      if (tooLongBytes === undefined) return
      reception.counters.add('bad.frame', 1)
      onTooLong(tooLongBytes)
      socket.destroy()
    })
    socket.on('end', () => {
      if (frames.isWithinFrame) reception.counters.add('bad.frame', 1)
    })
    socket.on('error', () => undefined)
    socket.on('close', () => {
      this.#connections.delete(socket)
      count()
    })
  }

  #readStream(frames: FrameReader, chunk: Buffer): number | undefined {
    const { counters } = this.#parts.reception
    const at = frames.begin(this.#memory)
    this.#memory.set(chunk, at)
    return frames.take(this.#memory, at + chunk.length, (from, to) => {
      counters.add('uds_stream.packets', 1)
      counters.add('uds_stream.bytes', to - from)
      this.#read({ from, to, sender: 0, transport: 'uds-stream' })
    })
  }

  #read(place: PacketPlace): void {
    this.#packets += 1
    this.#parts.reception.notePackets()
    this.#parts.reception.packet(this.#memory, place, 0)
    this.#tickSoon()
  }

  /** @returns What ends it. */
  #forward(): () => void {
    const { settings, reception } = this.#parts
    if (settings.forwardTo === undefined) return () => undefined
    const { host, port } = settings.forwardTo
    const socket = createSocket('udp4').unref()
    const { counters } = reception
    const send = (packet: Uint8Array): boolean => {
      // The memory is used again before the packet is sent.
      socket.send(Uint8Array.from(packet), port, host, (error) => {
        if (error !== null) counters.add('forward.failed', 1)
      })
      return true
    }
    socket.on('error', () => undefined)
    reception.setForward(new ForwardTap(send, counters))
    return () => void socket.close()
  }
}
