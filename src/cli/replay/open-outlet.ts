import { createSocket } from 'node:dgram'
import { setTimeout as sleep } from 'node:timers/promises'
import type { DogstatsdSettings } from '../../component/dogstatsd-settings.ts'
import { openUnixSender, type UnixSender } from '../../libc/send-with-credentials.ts'
import type { CapturedPacket } from '../../wire/dogstatsd-capture/captured-packet.ts'
import { replayGroup } from '../../sources/dogstatsd/receive/replay-group.ts'

/** Where a replay sends its packets. */
export interface PacketOutlet {
  /** Such as `/var/run/datadog/dsd.socket`. */
  readonly name: string
  /** Why packets do not tell who sent them, in one sentence; `undefined` while they do. */
  readonly anonymity: string | undefined
  /**
   * Resolves when the packet is on its way, however long the other side takes; also when `signal` aborts before that.
   * @returns Whether it was sent; `false` for one that is too long.
   * @throws {Error} When nobody listens.
   */
  readonly send: (packet: CapturedPacket, signal: AbortSignal) => Promise<boolean>
  readonly close: () => void
}

/** The packets of a capture have nowhere to go; the message says what to do. */
class OutletError extends Error {
  override readonly name = 'OutletError'
  readonly code = 'NO_OUTLET'
}

/** Pause before a full queue is tried again. */
const fullMs = 1

/**
 * Opens the Unix socket of these settings, or UDP where there is none, or none can be used from here.
 * @throws {OutletError} When nobody listens at the socket, or all is switched off.
 */
export function openOutlet({
  socketPath,
  udpHost,
  udpPort,
}: DogstatsdSettings['listen']): PacketOutlet {
  const hasUdp = udpPort !== 0
  if (socketPath === '') {
    if (hasUdp) return openUdp(udpHost, udpPort, 'dogstatsd_socket is empty, so that UDP is used')
    throw new OutletError(
      'Nowhere to send packets to: both dogstatsd_socket and dogstatsd_port are switched off',
    )
  }
  const opening = connectTo(socketPath)
  if (opening.kind === 'open') return new UnixOutlet(socketPath, opening.sender)
  if (hasUdp) return openUdp(udpHost, udpPort, `${opening.reason}, so that UDP is used`)
  throw new OutletError(`Nowhere to send packets to: ${opening.reason}, and dogstatsd_port is 0`)
}

function connectTo(path: string): ReturnType<typeof openUnixSender> {
  try {
    return openUnixSender(path)
  } catch (cause) {
    const seen = cause instanceof Error ? cause.message : String(cause)
    const todo = 'start the agent, or let this command have its configuration with --config'
    if (Object(cause).code === 'ENOENT') return { kind: 'absent', reason: `${path} is not there` }
    throw new OutletError(`${seen}; ${todo}`, { cause })
  }
}

class UnixOutlet implements PacketOutlet {
  readonly name: string
  anonymity: string | undefined
  readonly #sender: UnixSender

  constructor(path: string, sender: UnixSender) {
    this.name = path
    this.#sender = sender
    if (process.getuid?.() !== 0) this.anonymity = 'only root may tell for others who they are'
  }

  async send(packet: CapturedPacket, signal: AbortSignal): Promise<boolean> {
    while (!signal.aborted) {
      try {
        if (this.#trySend(packet)) return true
      } catch (error) {
        if (Object(error).code === 'EMSGSIZE') return false
        if (Object(error).code !== 'EPERM' || this.anonymity !== undefined) throw error
        this.anonymity =
          'this process may not tell for others who they are (CAP_SETUID, CAP_SETGID)'
        continue
      }
      await sleep(fullMs)
    }
    return false
  }

  close(): void {
    this.#sender.close()
  }

  #trySend({ payload, pid }: CapturedPacket): boolean {
    const claimed = { uid: pid, gid: replayGroup }
    const isClaimed = this.anonymity === undefined && pid > 0
    return this.#sender.send(payload, isClaimed ? claimed : undefined)
  }
}

function openUdp(listenHost: string, port: number, anonymity: string): PacketOutlet {
  // Where the agent listens on all addresses, it does so on this one.
  const host = ['::', '0.0.0.0'].includes(listenHost) ? '127.0.0.1' : listenHost
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4')
  return {
    name: `UDP ${host} port ${port}`,
    anonymity,
    send: ({ payload }) =>
      new Promise((resolve, reject) => {
        socket.send(payload, port, host, (error) => {
          if (error === null) resolve(true)
          else if (Object(error).code === 'EMSGSIZE') resolve(false)
          else reject(error)
        })
      }),
    close: () => socket.close(),
  }
}
