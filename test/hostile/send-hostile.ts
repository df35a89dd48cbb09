import { connect, type Socket } from 'node:net'
import type { Outcome } from './hostile-request.ts'

/** What became of bytes that were sent. */
export interface Sent {
  /** Each answer's status; `cut` alone where there was none. */
  readonly outcomes: readonly Outcome[]
  /** All that came back. */
  readonly text: string
  readonly tookMs: number
}

export interface SendOptions {
  readonly port: number
  /** The address of this machine that it comes from: tries to sign in are counted by address. */
  readonly from?: string
  /** After this it is taken for hung. */
  readonly withinMs: number
}

/**
 * Sends bytes over a connection of their own and reads until the other side closes it.
 * @throws {Error} When the other side neither answers nor closes in time.
 */
export async function sendHostile(bytes: Buffer, options: SendOptions): Promise<Sent> {
  const { withinMs } = options
  const startedAt = performance.now()
  const socket = openSocket(options)
  const chunks: Buffer[] = []
  socket.on('data', (chunk: Buffer) => chunks.push(chunk))
  socket.write(bytes)
  let isHung = false
  const timer = setTimeout(() => {
    isHung = true
    socket.destroy()
  }, withinMs)
  await closed(socket)
  clearTimeout(timer)
  const text = Buffer.concat(chunks).toString('latin1')
  if (isHung) throw new Error(`Open after ${withinMs} ms; came back: ${text.slice(0, 500)}`)
  return { outcomes: readOutcomes(text), text, tookMs: performance.now() - startedAt }
}

/** A connection whose end, by whatever fault, is its `close`. */
export function openSocket({ port, from }: Pick<SendOptions, 'port' | 'from'>): Socket {
  const socket = connect({
    port,
    host: '127.0.0.1',
    ...(from !== undefined && { localAddress: from }),
  })
  // Who is cut off while sending gets EPIPE or ECONNRESET.
  socket.on('error', () => {})
  return socket
}

export function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    if (socket.closed) resolve()
    else socket.once('close', () => resolve())
  })
}

export function readOutcomes(text: string): readonly Outcome[] {
  const statuses = Array.from(text.matchAll(/HTTP\/1\.1 (\d{3}) /g), ([, digits]) => Number(digits))
  return statuses.length === 0 ? ['cut'] : statuses
}
