import type { DogstatsdTransport } from '../../../component/dogstatsd-settings.ts'

/** A way in that is open. */
export interface Listener {
  readonly transport: DogstatsdTransport
  /** As people write it: `127.0.0.1:8125`, or a path. */
  readonly address: string
  /** Closes the socket, and removes its file if that is still ours. */
  readonly close: () => void
}

/** A socket of the C library that is bound. */
export interface BoundListener extends Listener {
  readonly descriptor: number
}

/** Opens ways in, by whatever means there are. */
export interface Opener<Opened extends Listener> {
  /** @throws {ListenError} */
  readonly openUdp: (place: UdpPlace) => Promise<Opened>
  /**
   * Replaces what a process that is no more has left at the path.
   * @param transport `uds` for datagrams, `uds-stream` for connections.
   * @throws {ListenError}
   */
  readonly openUnix: (transport: UnixTransport, path: string) => Promise<Opened>
}

export type UnixTransport = 'uds' | 'uds-stream'

export interface UdpPlace {
  /** An address, or a name of this machine such as `localhost`; `0.0.0.0` and `::` mean all of IPv4 and IPv6. */
  readonly host: string
  readonly port: number
  /** 0 means our own default. */
  readonly receiveBufferBytes: number
}

/** A socket cannot be opened. The message is one sentence that says what to do. */
export class ListenError extends Error {
  override readonly name = 'ListenError'
  /** `EADDRINUSE`, `EACCES`, `NOT_A_SOCKET`, … */
  readonly code: string

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** Code for sockets that can only be made with the C library, which cannot be called. */
export const noDatagramsCode = 'NO_DATAGRAMS'

/** The code of whatever a system call threw; empty where it has none. */
export function codeOf(error: unknown): string {
  return String(Object(error).code ?? '')
}
