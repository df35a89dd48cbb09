/** Where reading and writing stand. */
interface Progress {
  readonly wire: Uint8Array
  readonly out: Buffer
  at: number
  outAt: number
}

/** The longest that a byte can become: copies of 64 bytes are written with 3. */
const mostGrowth = 64 / 3
/** Below this a loop is faster than a call into the engine. */
const shortBytes = 24

const literalLengthsFrom = 60
/** Bytes that say how far back the three kinds of copies begin. */
const copyWidths = [0, 1, 2, 4]

/**
 * How long a snappy block says it becomes; undefined when it says nothing, or more than so few bytes can become.
 * @see https://github.com/google/snappy/blob/main/format_description.txt "Preamble"
 */
export function readSnappyLength(wire: Uint8Array): number | undefined {
  const length = preambleOf(wire)?.length
  return length !== undefined && length <= wire.length * mostGrowth ? length : undefined
}

/**
 * What a snappy block was before, of the length that `readSnappyLength` gave; undefined when the bytes are no such block.
 * @see https://github.com/google/snappy/blob/main/format_description.txt
 */
export function undoSnappy(wire: Uint8Array): Buffer | undefined {
  const preamble = preambleOf(wire)
  if (preamble === undefined) return undefined
  const out = Buffer.allocUnsafeSlow(preamble.length)
  const progress: Progress = { wire, out, at: preamble.at, outAt: 0 }
  while (progress.at < wire.length) {
    const tag = wire[progress.at++] ?? 0
    const isGood = (tag & 3) === 0 ? takeLiteral(progress, tag) : takeCopy(progress, tag)
    if (!isGood) return undefined
  }
  return progress.outAt === out.length ? out : undefined
}

function preambleOf(wire: Uint8Array): { length: number; at: number } | undefined {
  let length = 0
  for (let at = 0; at < 5; at++) {
    const byte = wire[at]
    if (byte === undefined) return undefined
    length += (byte & 0x7f) * 2 ** (7 * at)
    if (byte < 0x80) return length < 2 ** 32 ? { length, at: at + 1 } : undefined
  }
  return undefined
}

/** Bytes that stand in the block as they are. */
function takeLiteral(progress: Progress, tag: number): boolean {
  const { wire, out } = progress
  let length = (tag >>> 2) + 1
  if (length > literalLengthsFrom) {
    const width = length - literalLengthsFrom
    length = littleEndian(wire, progress.at, width) + 1
    progress.at += width
  }
  const { at, outAt } = progress
  if (at + length > wire.length || outAt + length > out.length) return false
  if (length > shortBytes) out.set(wire.subarray(at, at + length), outAt)
  else for (let n = 0; n < length; n++) out[outAt + n] = wire[at + n] ?? 0
  progress.at += length
  progress.outAt += length
  return true
}

/** Bytes that came before; they may be longer than what lies between, and then repeat themselves. */
function takeCopy(progress: Progress, tag: number): boolean {
  const { wire, out, outAt } = progress
  const isNear = (tag & 3) === 1
  const width = copyWidths[tag & 3] ?? 0
  const length = isNear ? ((tag >>> 2) & 7) + 4 : (tag >>> 2) + 1
  if (progress.at + width > wire.length || outAt + length > out.length) return false
  const offset = littleEndian(wire, progress.at, width) + (isNear ? (tag >>> 5) * 256 : 0)
  if (offset === 0 || offset > outAt) return false
  repeat(out, outAt, { offset, length })
  progress.at += width
  progress.outAt += length
  return true
}

function repeat(
  out: Buffer,
  at: number,
  { offset, length }: { readonly offset: number; readonly length: number },
): void {
  const from = at - offset
  if (length > shortBytes && offset >= length) out.copyWithin(at, from, from + length)
  else for (let n = 0; n < length; n++) out[at + n] = out[from + n] ?? 0
}

function littleEndian(bytes: Uint8Array, at: number, width: number): number {
  let value = 0
  for (let n = width - 1; n >= 0; n--) value = value * 256 + (bytes[at + n] ?? 0)
  return value
}
