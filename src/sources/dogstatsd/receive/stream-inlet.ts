import type { NativeMemory } from '../../../libc/native-memory.ts'
import type { Sockets } from '../../../libc/sockets.ts'
import { frameMemoryBytes } from './frame-reader.ts'
import type { Inlet } from './inlet.ts'
import type { Reception } from './reception.ts'
import type { SharedFlags } from './shared-flags.ts'
import { StreamConnection } from './stream-connection.ts'

export interface StreamParts {
  readonly sockets: Sockets
  readonly reception: Reception
  readonly listener: number
  readonly flags: SharedFlags
  readonly maxConnections: number
  readonly packetBytes: number
  /** What is waited for, and who is then called. */
  readonly watched: {
    readonly add: (descriptor: number, inlet: Inlet) => void
    readonly remove: (descriptor: number) => void
  }
  /** A client was cut off, since its frame has so many bytes. */
  readonly onTooLong: (lengthBytes: number) => void
}

const chunkBytes = 65_536
/** Connections that are taken at a time. */
const maxAccepts = 64

/** The Unix socket that clients connect to, and their connections. */
export class StreamInlet implements Inlet {
  readonly #parts: StreamParts
  readonly #memory: NativeMemory
  readonly #connections = new Set<number>()
  #isWatched = false

  constructor(parts: StreamParts) {
    this.#parts = parts
    this.#memory = parts.sockets.allocate(frameMemoryBytes(parts.packetBytes, chunkBytes))
    this.retry()
  }

  get connectionCount(): number {
    return this.#connections.size
  }

  /** Takes connections; their packets are read by inlets of their own. */
  receive(): number {
    for (let taken = 0; taken < maxAccepts; taken += 1) {
      const descriptor = this.#accept()
      if (descriptor === undefined) break
      this.#take(descriptor)
    }
    return 0
  }

  /** To be called now and then: takes connections again after there was no room for more open files. */
  retry(): void {
    if (this.#isWatched) return
    this.#parts.watched.add(this.#parts.listener, this)
    this.#isWatched = true
  }

  /** Ends all connections. */
  close(): void {
    for (const descriptor of this.#connections) this.#end(descriptor)
  }

  #accept(): number | undefined {
    try {
      return this.#parts.sockets.accept(this.#parts.listener)
    } catch {
      // This process has too many files open. Who waits would wake us again at once, again and again.
      this.#parts.watched.remove(this.#parts.listener)
      this.#isWatched = false
      return undefined
    }
  }

  #take(descriptor: number): void {
    const { flags, watched, reception, maxConnections, onTooLong, ...parts } = this.#parts
    if (this.#connections.size >= maxConnections) {
      reception.counters.add('dropped.connections_full', 1)
      this.#parts.sockets.close(descriptor)
      return
    }
    flags.note(descriptor)
    this.#connections.add(descriptor)
    const onEnd = (tooLongBytes: number | undefined): void => {
      this.#end(descriptor)
      if (tooLongBytes !== undefined) onTooLong(tooLongBytes)
    }
    const memory = this.#memory
    const own = { ...parts, reception, chunkBytes, memory, descriptor, onEnd }
    watched.add(descriptor, new StreamConnection(own))
    reception.counters.set('uds_stream.connections', this.#connections.size)
  }

  #end(descriptor: number): void {
    const { flags, watched, reception } = this.#parts
    this.#connections.delete(descriptor)
    watched.remove(descriptor)
    flags.forget(descriptor)
    this.#parts.sockets.close(descriptor)
    reception.counters.set('uds_stream.connections', this.#connections.size)
    this.retry()
  }
}
