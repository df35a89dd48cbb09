import { KnownWords } from './known-words.ts'
import { parseNumber, skipDigits } from './parse-number.ts'

/** What went through one interface since it was made. */
export interface InterfaceTraffic {
  readonly name: string
  readonly receivedBytes: number
  readonly sentBytes: number
  readonly receivedPackets: number
  readonly sentPackets: number
  readonly receiveErrors: number
  readonly sendErrors: number
  readonly receiveDrops: number
  readonly sendDrops: number
}

const newline = 10
const space = 32
const colon = 58
const headLines = 2
/** Received bytes, packets, errs, drop, four more; then the same four of what was sent. */
const fieldCount = 12
const fields = new Float64Array(fieldCount)

/**
 * Reads `/proc/<pid>/net/dev`, without the loopback interface.
 * @param words Names of interfaces; keep it for the next reading of the same file.
 * @see proc_pid_net(5)
 */
export function parseNetDev(
  bytes: Buffer,
  length: number,
  words: KnownWords = new KnownWords(),
): readonly InterfaceTraffic[] {
  const interfaces: InterfaceTraffic[] = []
  let at = 0
  for (let line = 0; line < headLines; line += 1) at = skipLine(bytes, at, length)
  while (at < length) {
    const from = skipSpaces(bytes, at)
    let end = from
    while (end < length && bytes[end] !== colon && bytes[end] !== newline) end += 1
    if (bytes[end] !== colon || end >= length) break
    const hasAll = readFields(bytes, end + 1)
    if (hasAll && !isLoopback(bytes, from, end))
      interfaces.push(toTraffic(words.at(bytes, from, end)))
    at = skipLine(bytes, end, length)
  }
  return interfaces
}

/** @returns Whether all fields were there. */
function readFields(bytes: Uint8Array, from: number): boolean {
  let at = from
  for (let field = 0; field < fieldCount; field += 1) {
    at = skipSpaces(bytes, at)
    const value = parseNumber(bytes, at)
    if (value === undefined) return false
    fields[field] = value
    at = skipDigits(bytes, at)
  }
  return true
}

function toTraffic(name: string): InterfaceTraffic {
  return {
    name,
    receivedBytes: fields[0] ?? 0,
    sentBytes: fields[8] ?? 0,
    receivedPackets: fields[1] ?? 0,
    sentPackets: fields[9] ?? 0,
    receiveErrors: fields[2] ?? 0,
    sendErrors: fields[10] ?? 0,
    receiveDrops: fields[3] ?? 0,
    sendDrops: fields[11] ?? 0,
  }
}

function isLoopback(bytes: Uint8Array, from: number, to: number): boolean {
  return to - from === 2 && bytes[from] === 108 && bytes[from + 1] === 111
}

function skipLine(bytes: Uint8Array, at: number, length: number): number {
  let end = at
  while (end < length && bytes[end] !== newline) end += 1
  return end + 1
}

function skipSpaces(bytes: Uint8Array, at: number): number {
  let end = at
  while (bytes[end] === space) end += 1
  return end
}
