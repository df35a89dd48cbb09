import { createSocket, type RemoteInfo, type Socket } from 'node:dgram'
import { lookup } from 'node:dns/promises'
import type { LogConfig } from '../../../component/log-config.ts'
import type { ByteTaker } from '../byte-taker.ts'
import type { Settling } from '../follow/settling.ts'
import { openCounted, type LogTools } from '../log-tools.ts'
import { describeListenFault } from './describe-listen-fault.ts'
import { openSenderLines, writeAddress, type Port } from './sender-lines.ts'

export interface UdpOptions {
  readonly tools: LogTools
  /** Of the kind `udp`. */
  readonly config: LogConfig
  readonly settling: Settling
  /** Counts datagrams that nobody had room for. */
  readonly onDropped: () => void
}

/** Of so many senders at a time lines are put together; the one that has been silent longest makes way. */
const maxSenders = 256
/** As much as the kernel gives without further rights; it keeps what comes while others are at work. */
const receiveBufferBytes = 4 * 1024 * 1024
const lineEnd = Buffer.from('\n')

/** A port that takes lines over UDP, one or more in each datagram. What finds no room is lost, and counted. */
export class UdpPort {
  readonly #options: UdpOptions
  readonly #port: Port
  /** The one that has been silent longest first. */
  readonly #senders = new Map<string, ByteTaker>()
  readonly #listening: Promise<Socket | undefined>
  #readBytes = 0
  #lostBytes = 0
  #isStopped = false

  constructor(options: UdpOptions) {
    this.#options = options
    const { tools, config } = options
    const name = `udp:${config.port}`
    const counted = openCounted(tools, {
      name,
      way: 'udp',
      at: () => ({ fileId: 0n, offset: 0 }),
      standing: () => ({
        readBytes: this.#readBytes,
        lostBytes: this.#lostBytes,
        rotations: 0,
      }),
    })
    counted.account.begin({ fileId: 0n, offset: 0 })
    const subject = { key: name, name: `${config.place}: UDP port ${config.port}` }
    this.#port = { tools, config, counted, subject }
    this.#listening = this.#listen()
  }

  /** Where it listens, once it does; `undefined` where it cannot. */
  async address(): Promise<{ readonly address: string; readonly port: number } | undefined> {
    return (await this.#listening)?.address()
  }

  stop(): void {
    this.#isStopped = true
    for (const lines of this.#senders.values()) lines.end()
    void this.#listening.then((socket) => socket?.close())
  }

  async #listen(): Promise<Socket | undefined> {
    const { config, tools } = this.#options
    const { key, name } = this.#port.subject
    const host = config.bindHost ?? tools.settings.bindHost
    const port = config.port ?? 0
    try {
      const { address, family } = await lookup(host)
      const socket = await bind({ address, port, type: family === 6 ? 'udp6' : 'udp4' })
      socket.on('error', (error) => tools.faults.set(key, `${name}: ${error.message}`))
      socket.on('message', (bytes, sender) => this.#take(bytes, sender))
      return socket
    } catch (error) {
      const reason = error instanceof Error ? describeListenFault(error, host) : String(error)
      tools.faults.set(key, `${name}: ${reason}`)
      return undefined
    }
  }

  #take(bytes: Buffer, { address }: RemoteInfo): void {
    const { tools, settling, onDropped } = this.#options
    if (this.#isStopped) return
    if (tools.gatherer.room() !== undefined) {
      this.#lostBytes += bytes.length
      onDropped()
      return
    }
    const lines = this.#linesOf(writeAddress(address))
    if (lines === undefined) return
    this.#readBytes += bytes.length
    lines.take(bytes)
    if (bytes.at(-1) !== lineEnd[0]) lines.take(lineEnd)
    settling.note(lines)
  }

  #linesOf(address: string): ByteTaker | undefined {
    const known = this.#senders.get(address)
    this.#senders.delete(address)
    const lines = known ?? this.#open(address)
    if (lines !== undefined) this.#senders.set(address, lines)
    if (this.#senders.size > maxSenders) this.#endOldest()
    return lines
  }

  #open(address: string): ByteTaker | undefined {
    const { key, name } = this.#port.subject
    try {
      return openSenderLines(this.#port, address)
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      this.#options.tools.faults.set(key, `${name}: ${reason}`)
      return undefined
    }
  }

  #endOldest(): void {
    const [oldest] = this.#senders
    if (oldest === undefined) return
    const [address, lines] = oldest
    this.#senders.delete(address)
    this.#options.settling.forget(lines)
    lines.end()
  }
}

/** @throws {Error} When the port cannot be had. */
function bind(at: {
  readonly address: string
  readonly port: number
  readonly type: 'udp4' | 'udp6'
}): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = createSocket({ type: at.type, recvBufferSize: receiveBufferBytes })
    socket.once('error', reject)
    socket.bind(at.port, at.address, () => {
      socket.off('error', reject)
      resolve(socket)
    })
  })
}
