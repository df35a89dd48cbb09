import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'

const pollMs = 20

/** A unix socket that carries lines. */
export interface LinePort {
  /**
   * The next line.
   * @throws {Error} If none comes in time, or the other side has closed.
   */
  read(limitMs: number): Promise<string>
  write(line: string): void
  close(): void
}

/** Connects to a unix socket, waiting until someone listens on it. */
export async function openPort(path: string, limitMs: number): Promise<LinePort> {
  const socket = await connectWhenReady(path, performance.now() + limitMs)
  const lines = createInterface({ input: socket })[Symbol.asyncIterator]()
  return {
    read: async (lineLimitMs) => {
      const late = new AbortController()
      const timer = sleep(lineLimitMs, undefined, { signal: late.signal }).then(() => {
        throw new Error(`Cannot read from ${path}: no line within ${lineLimitMs} ms`)
      })
      const line = await Promise.race([lines.next(), timer]).finally(() => late.abort())
      if (line.done) throw new Error(`Cannot read from ${path}: the other side has closed`)
      return line.value
    },
    write: (line) => socket.write(`${line}\n`),
    close: () => socket.destroy(),
  }
}

async function connectWhenReady(path: string, deadline: number): Promise<Socket> {
  for (;;) {
    const socket = connect(path)
    try {
      await once(socket, 'connect')
      return socket
    } catch (cause) {
      if (performance.now() > deadline) throw new Error(`Cannot connect to ${path}`, { cause })
      await sleep(pollMs)
    }
  }
}
