import { logOutputs } from '../../../model/log-level.ts'
import type { LineReader } from './line-splitter.ts'
import { emptyPart } from './part-joiner.ts'
import { type LineReaderOptions, openRawReader } from './raw-reader.ts'
import { TimestampReader } from './timestamp-reader.ts'

/**
 * Reads lines as the kubelet and Podman write them: `<time> <stdout|stderr> <P|F>[:<tag>…] <text>`; `P` is a part of a line that
 * goes on.
 * @see kubernetes, kubelet CRI logging, "CRI log format"
 */
export function openCriReader({ cursor, joiner, onDamage }: LineReaderOptions): LineReader {
  const raw = openRawReader({ cursor, joiner, onDamage })
  const times = new TimestampReader()
  const part = emptyPart(0)

  function line(bytes: Buffer, start: number, end: number): void {
    const output = bytes.indexOf(space, start) + 1
    const flag = output + outputSize + 1
    const lane = laneOf(bytes, output)
    const isRead = output > start && flag < end && times.read(bytes, start, output - 1)
    const letter = bytes[flag]
    const text = endOfTags(bytes, flag + 1, end)
    if (!isRead || lane === 0 || text < 0 || (letter !== letterF && letter !== letterP)) {
      raw.line(bytes, start, end)
      return
    }
    part.bytes = bytes
    part.start = Math.min(text + 1, end)
    part.end = end
    part.timeNs = times.timeNs
    part.lane = lane
    part.position = cursor.base + start
    part.fileBytes = end - start
    part.isLast = letter === letterF
    joiner.add(part)
  }

  return { line, part: raw.part, lastPart: raw.lastPart }
}

const space = 32
const colon = 58
const letterF = 70
const letterP = 80
const letterO = 111
const outputSize = 'stdout'.length
const outputs = (['stdout', 'stderr'] as const).map((name) => ({
  lane: logOutputs.indexOf(name),
  bytes: Buffer.from(`${name} `),
}))

/** Place in `logOutputs` of what is named at `at`; 0 when neither is. */
function laneOf(bytes: Buffer, at: number): number {
  // The letters behind `std` differ in the first.
  const { lane, bytes: wanted } = (bytes[at + 3] === letterO ? outputs[0] : outputs[1]) ?? noOutput
  for (let index = 0; index < wanted.length; index += 1)
    if (bytes[at + index] !== wanted[index]) return 0
  return lane
}

const noOutput = { lane: 0, bytes: Buffer.alloc(0) }

/** Where the blank behind the flag and its tags is, or the end; -1 when something else follows the flag. */
function endOfTags(bytes: Buffer, at: number, end: number): number {
  if (at >= end || bytes[at] === space) return at
  if (bytes[at] !== colon) return -1
  let index = at
  while (index < end && bytes[index] !== space) index += 1
  return index
}
