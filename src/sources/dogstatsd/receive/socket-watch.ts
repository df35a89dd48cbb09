import type { Libc } from '../../../libc/libc.ts'
import type { BoundListener } from '../listen/listener.ts'
import type { EarlyPackets } from './early-packets.ts'

export interface SocketWatchParts {
  readonly libc: Libc
  readonly early: EarlyPackets
  /** Called once, when something has come. */
  readonly onFirst: () => void
}

/** Watches sockets in the event loop while nobody sends: it costs nothing until something comes. */
export class SocketWatch {
  readonly #parts: SocketWatchParts
  readonly #handles = new Map<number, { close(): void }>()
  #hasTold = false

  constructor(parts: SocketWatchParts) {
    this.#parts = parts
  }

  add({ transport, descriptor }: BoundListener): void {
    const { libc, early } = this.#parts
    const onReady = (): void => {
      if (transport !== 'uds-stream') early.read(transport, descriptor)
      // Whoever connects can wait: what he sends is kept for him.
      if (transport === 'uds-stream' || early.isFull) this.#forget(descriptor)
      this.#tell()
    }
    this.#handles.set(descriptor, libc.onReady(descriptor, onReady))
  }

  close(): void {
    for (const descriptor of this.#handles.keys()) this.#forget(descriptor)
  }

  #forget(descriptor: number): void {
    this.#handles.get(descriptor)?.close()
    this.#handles.delete(descriptor)
  }

  #tell(): void {
    if (this.#hasTold) return
    this.#hasTold = true
    setImmediate(this.#parts.onFirst)
  }
}
