import { createServer, type Server, type Socket } from 'node:net'
import type { LogConfig } from '../../../component/log-config.ts'
import type { ByteTaker } from '../byte-taker.ts'
import { openCounted, untilRoom, type LogTools } from '../log-tools.ts'
import type { Settling } from '../follow/settling.ts'
import { describeListenFault } from './describe-listen-fault.ts'
import { openSenderLines, writeAddress, type Port } from './sender-lines.ts'

export interface TcpOptions {
  readonly tools: LogTools
  /** Of the kind `tcp`. */
  readonly config: LogConfig
  readonly settling: Settling
  /** Of all ports together. */
  readonly connections: ConnectionCount
}

/** How many connections there are, and may be. */
export class ConnectionCount {
  readonly limit: number
  #open = 0

  constructor(limit: number) {
    this.limit = limit
  }

  /** @returns Whether there may be one more. */
  take(): boolean {
    if (this.#open >= this.limit) return false
    this.#open += 1
    return true
  }

  give(): void {
    this.#open -= 1
  }
}

/** A port that takes lines over TCP. While there is no room for lines nothing is read, and whoever sends waits. */
export class TcpPort {
  readonly #options: TcpOptions
  readonly #port: Port
  readonly #server: Server
  readonly #senders = new Map<Socket, ByteTaker>()
  readonly #listening: Promise<void>
  #readBytes = 0

  constructor(options: TcpOptions) {
    this.#options = options
    const { tools, config } = options
    const name = `tcp:${config.port}`
    const counted = openCounted(tools, {
      name,
      way: 'tcp',
      at: () => ({ fileId: 0n, offset: 0 }),
      standing: () => ({ readBytes: this.#readBytes, lostBytes: 0, rotations: 0 }),
    })
    counted.account.begin({ fileId: 0n, offset: 0 })
    const subject = { key: name, name: `${config.place}: TCP port ${config.port}` }
    this.#port = { tools, config, counted, subject }
    this.#server = createServer((socket) => this.#take(socket))
    this.#listening = this.#listen()
  }

  /** Where it listens, once it does; `undefined` where it cannot. */
  async address(): Promise<{ readonly address: string; readonly port: number } | undefined> {
    await this.#listening
    const address = this.#server.address()
    return typeof address === 'string' || address === null ? undefined : address
  }

  stop(): void {
    this.#server.close()
    for (const [socket, lines] of this.#senders) {
      socket.destroy()
      lines.end()
    }
  }

  #listen(): Promise<void> {
    const { config, tools } = this.#options
    const { key, name } = this.#port.subject
    const host = config.bindHost ?? tools.settings.bindHost
    return new Promise((resolve) => {
      this.#server.on('error', (error) => {
        tools.faults.set(key, `${name}: ${describeListenFault(error, host)}`)
        resolve()
      })
      this.#server.listen({ port: config.port, host }, resolve)
    })
  }

  #take(socket: Socket): void {
    const { connections, tools } = this.#options
    const { key, name } = this.#port.subject
    if (!connections.take()) {
      socket.destroy()
      tools.faults.set(
        `${key} connections`,
        `${name}: there are ${connections.limit} connections, and further ones are closed; to take more, raise vigie.logs.connections`,
      )
      return
    }
    void this.#read(socket).finally(() => {
      connections.give()
      tools.faults.clear(`${key} connections`)
    })
  }

  /** Until the sender is done, or silent for too long. Never rejects. */
  async #read(socket: Socket): Promise<void> {
    const { config, settling } = this.#options
    try {
      const lines = openSenderLines(this.#port, writeAddress(socket.remoteAddress))
      this.#senders.set(socket, lines)
      if (config.idleTimeoutMs !== undefined)
        socket.setTimeout(config.idleTimeoutMs, () => socket.destroy())
      await this.#takeAll(socket, lines)
    } catch {
      // Whoever sent is gone; what it sent is kept.
    } finally {
      socket.destroy()
      const lines = this.#senders.get(socket)
      this.#senders.delete(socket)
      if (lines !== undefined) settling.forget(lines)
      lines?.end()
    }
  }

  async #takeAll(socket: Socket, lines: ByteTaker): Promise<void> {
    const { tools, settling } = this.#options
    for await (const bytes of readChunks(socket)) {
      await untilRoom(tools)
      this.#readBytes += bytes.length
      lines.take(bytes)
      settling.note(lines)
    }
  }
}

/** A socket without an encoding yields buffers. */
function readChunks(socket: Socket): AsyncIterable<Buffer> {
  return socket
}
