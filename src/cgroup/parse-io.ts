import type { KnownWords } from './known-words.ts'
import { parseNumber } from './parse-number.ts'

/** What one block device did for a cgroup since the cgroup was made. */
export interface DeviceIo {
  /** `major:minor` */
  readonly device: string
  readonly readBytes: number
  readonly writtenBytes: number
  /** Absent where only bytes are told, as by an engine on cgroup v2. */
  readonly readOperations: number | undefined
  readonly writeOperations: number | undefined
}

/** One of v1's two figures of a device. */
export interface BlkioCounts {
  readonly device: string
  readonly read: number
  readonly write: number
}

const newline = 10
const space = 32
const zero = 48
const nine = 57
const colon = 58
const equals = 61
/** Bytes read and written, reads and writes of the line that is being read. */
const figures = [0, 0, 0, 0]
const letter = { W: 87, R: 82, b: 98, i: 105, r: 114, w: 119 } as const

/**
 * Reads `io.stat`: `254:0 rbytes=1 wbytes=2 rios=3 wios=4 dbytes=0 dios=0`, a line end behind the last.
 * @returns One entry a device, those without any figure left out. Linux 5.15 to 5.18 writes such a device without a line
 *   end, so that it stands before the next one: `253:1 254:0 rbytes=1 …`.
 * @see kernel docs, cgroup-v2, "io.stat"
 */
export function parseIoStat(bytes: Buffer, length: number, words: KnownWords): readonly DeviceIo[] {
  const devices: DeviceIo[] = []
  let at = 0
  while (at < length) {
    const end = endOfLine(bytes, at)
    const io = parseIoLine(bytes, [at, end], words)
    if (io !== undefined) devices.push(io)
    at = end + 1
  }
  return devices
}

function parseIoLine(
  bytes: Buffer,
  [from, end]: readonly [number, number],
  words: KnownWords,
): DeviceIo | undefined {
  let device: string | undefined
  figures.fill(Number.NaN)
  let at = from
  while (at < end) {
    const wordEnd = endOfWord(bytes, at)
    const mark = endOfKey(bytes, at)
    if (bytes[mark] === colon && isDigit(bytes[at])) device = words.at(bytes, at, wordEnd)
    const figure = bytes[mark] === equals ? figureAt(bytes, at) : -1
    if (figure >= 0) figures[figure] = parseNumber(bytes, mark + 1) ?? Number.NaN
    at = wordEnd + 1
  }
  return device === undefined || Number.isNaN(figures[0]) ? undefined : toDeviceIo(device)
}

/** From `figures`; a figure that is not there counts as none. */
function toDeviceIo(device: string): DeviceIo {
  const [readBytes, writtenBytes, readOperations, writeOperations] = figures
  return {
    device,
    readBytes: readBytes || 0,
    writtenBytes: writtenBytes || 0,
    readOperations: readOperations || 0,
    writeOperations: writeOperations || 0,
  }
}

/** Of the names only `rbytes`, `wbytes`, `rios` and `wios` begin so; `dbytes` and `cost.usage` do not. */
function figureAt(bytes: Uint8Array, at: number): number {
  const isRead = bytes[at] === letter.r
  if (!isRead && bytes[at] !== letter.w) return -1
  if (bytes[at + 1] === letter.b) return isRead ? 0 : 1
  if (bytes[at + 1] === letter.i) return isRead ? 2 : 3
  return -1
}

/**
 * Reads one of v1's files of lines `254:0 Read 4096`, a line end behind the last.
 * @returns Read and Write by device; one that has no number any more (`(unknown)`) is left out.
 * @see kernel docs, cgroup-v1, blkio-controller, "blkio.throttle.io_service_bytes"
 */
export function parseBlkio(
  bytes: Buffer,
  length: number,
  words: KnownWords,
): readonly BlkioCounts[] {
  const devices: { device: string; read: number; write: number }[] = []
  let at = 0
  while (at < length) {
    const end = endOfLine(bytes, at)
    const wordEnd = endOfWord(bytes, at)
    const operation = bytes[wordEnd + 1]
    const isCounted = operation === letter.R || operation === letter.W
    if (isCounted && isDigit(bytes[at]) && wordEnd < end) {
      const counts = countsOf(devices, words.at(bytes, at, wordEnd))
      const value = parseNumber(bytes, endOfWord(bytes, wordEnd + 1) + 1) ?? 0
      counts[operation === letter.R ? 'read' : 'write'] += value
    }
    at = end + 1
  }
  return devices
}

function countsOf(
  devices: { device: string; read: number; write: number }[],
  device: string,
): { read: number; write: number } {
  const known = devices.find((counts) => counts.device === device)
  if (known !== undefined) return known
  const counts = { device, read: 0, write: 0 }
  devices.push(counts)
  return counts
}

/** Puts v1's two files together in the shape of `io.stat`. */
export function joinBlkio(
  bytes: readonly BlkioCounts[],
  operations: readonly BlkioCounts[],
): readonly DeviceIo[] {
  return bytes.map(({ device, read, write }) => {
    const counts = operations.find((other) => other.device === device)
    return {
      device,
      readBytes: read,
      writtenBytes: write,
      readOperations: counts?.read ?? 0,
      writeOperations: counts?.write ?? 0,
    }
  })
}

function endOfLine(bytes: Uint8Array, at: number): number {
  let end = at
  while (bytes[end] !== newline) end += 1
  return end
}

function endOfWord(bytes: Uint8Array, at: number): number {
  let end = at
  while (bytes[end] !== space && bytes[end] !== newline) end += 1
  return end
}

/** Index of the `:` or `=` in the word at `at`, or of its end. */
function endOfKey(bytes: Uint8Array, at: number): number {
  let end = at
  while (!isMark(bytes[end])) end += 1
  return end
}

function isMark(byte: number | undefined): boolean {
  return byte === colon || byte === equals || byte === space || byte === newline
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= zero && byte <= nine
}
