import { parseNumber, skipDigits } from './parse-number.ts'

/** What went through one interface since it was made. */
export interface InterfaceTraffic {
  readonly name: string
  readonly receivedBytes: number
  readonly sentBytes: number
}

const newline = 10
const space = 32
const colon = 58
/** Field of `net/dev`, from 0, that holds the bytes sent. */
const sentField = 8

/**
 * Reads `/proc/<pid>/net/dev`, without the loopback interface.
 * @see proc_pid_net(5)
 */
export function parseNetDev(bytes: Buffer, length: number): readonly InterfaceTraffic[] {
  const interfaces: InterfaceTraffic[] = []
  let at = skipLine(bytes, skipLine(bytes, 0, length), length)
  while (at < length) {
    at = skipSpaces(bytes, at)
    const end = bytes.indexOf(colon, at)
    if (end < 0 || end >= length) break
    const name = bytes.toString('latin1', at, end)
    const receivedAt = skipSpaces(bytes, end + 1)
    const received = parseNumber(bytes, receivedAt)
    const sent = parseNumber(bytes, skipFields(bytes, receivedAt, sentField))
    if (name !== 'lo' && received !== undefined && sent !== undefined) {
      interfaces.push({ name, receivedBytes: received, sentBytes: sent })
    }
    at = skipLine(bytes, end, length)
  }
  return interfaces
}

function skipLine(bytes: Buffer, at: number, length: number): number {
  const end = bytes.indexOf(newline, at)
  return end < 0 ? length : end + 1
}

function skipSpaces(bytes: Uint8Array, at: number): number {
  let end = at
  while (bytes[end] === space) end += 1
  return end
}

function skipFields(bytes: Uint8Array, at: number, count: number): number {
  let end = at
  for (let field = 0; field < count; field += 1) end = skipSpaces(bytes, skipDigits(bytes, end))
  return end
}
