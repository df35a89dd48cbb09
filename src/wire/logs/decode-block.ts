import { isUtf8 } from 'node:buffer'
import { z } from 'zod'
import { listOf } from '../json-lists.ts'
import { type LogBlock, logTimesEndNs, type LogOrigin, type LogRun } from '../../model/log-block.ts'
import { logLevels, logOutputs } from '../../model/log-level.ts'
import { parseJson } from '../parse-json.ts'
import { WireError } from '../wire-error.ts'
import {
  type BlockLayout,
  blockMagic,
  type BlockSizes,
  blockVersion,
  headerBytes,
  layOut,
  type Range,
} from './block-layout.ts'

/**
 * Reads what `encodeBlock()` made; the columns are views on `bytes`, or on a copy where these begin at an odd address.
 * All that `LogBlock` promises is checked, so that nobody needs to look again, whoever has sent it.
 * @throws {WireError} Naming the first thing that cannot be.
 * @see docs/reference/logs-route.md
 */
export function decodeBlock(bytes: Uint8Array): LogBlock {
  const body = bytes.byteOffset % 8 === 0 ? bytes : new Uint8Array(bytes)
  const sizes = readSizes(body)
  const layout = layOut(sizes)
  if (layout.sizeBytes !== body.length)
    throw fault(`its header says ${layout.sizeBytes} bytes, ${body.length} came`)
  const { lineCount } = sizes
  const block = {
    lineCount,
    timesNs: new BigInt64Array(body.buffer, at(body, layout.timesNs), lineCount),
    positions: new Float64Array(body.buffer, at(body, layout.positions), lineCount),
    levels: slice(body, layout.levels),
    outputs: slice(body, layout.outputs),
    messages: slice(body, layout.messages),
    messageOffsets: new Int32Array(body.buffer, at(body, layout.messageOffsets), lineCount + 1),
    attributes: slice(body, layout.attributes),
    attributeOffsets: new Int32Array(body.buffer, at(body, layout.attributeOffsets), lineCount + 1),
    runs: readRuns(body, layout, sizes),
  }
  checkColumns(block)
  return block
}

function readSizes(body: Uint8Array): BlockSizes {
  if (body.length < headerBytes) throw fault(`${body.length} bytes are less than its header`)
  const header = new Uint32Array(body.buffer, body.byteOffset, headerBytes / 4)
  const [magic, version, ...rest] = header
  if (magic !== blockMagic) throw fault('it does not begin with VLOG')
  if (version !== blockVersion) throw fault(`version ${version}, only ${blockVersion} is known`)
  const [originsBytes = 0, runCount = 0, lineCount = 0, messagesBytes = 0, attributesBytes = 0] =
    rest
  return { originsBytes, runCount, lineCount, messagesBytes, attributesBytes }
}

const origins: z.ZodType<LogOrigin[]> = listOf(
  z.object({
    host: z.string().min(1).max(255),
    containerId: z.string().regex(/^([0-9a-f]{64})?$/, 'expected 64 hexadecimal digits, or none'),
    containerName: z.string(),
    image: z.string(),
    service: z.string(),
    source: z.string(),
    tags: listOf(z.string()),
  }),
)

function readRuns(body: Uint8Array, layout: BlockLayout, sizes: BlockSizes): LogRun[] {
  const { runCount, lineCount } = sizes
  const known = parseJson(slice(body, layout.origins), origins, 'the origins of a block of logs')
  const places = new Uint32Array(body.buffer, at(body, layout.runOrigins), runCount)
  const fileIds = new BigUint64Array(body.buffer, at(body, layout.runFileIds), runCount)
  const counts = new Uint32Array(body.buffer, at(body, layout.runLineCounts), runCount)
  const runs: LogRun[] = []
  let sum = 0
  for (const [index, place] of places.entries()) {
    const origin = known[place]
    if (origin === undefined) throw fault(`run ${index} is of origin ${place} of ${known.length}`)
    const count = counts[index] ?? 0
    sum += count
    runs.push({ origin, fileId: fileIds[index] ?? 0n, lineCount: count })
  }
  if (sum !== lineCount) throw fault(`its runs have ${sum} lines, it has ${lineCount}`)
  return runs
}

function checkColumns(block: LogBlock): void {
  checkOffsets('message', block.messageOffsets, block.messages.length)
  checkOffsets('attribute', block.attributeOffsets, block.attributes.length)
  checkAttributes(block)
  checkPlaces('level', block.levels, logLevels.length)
  checkPlaces('output', block.outputs, logOutputs.length)
  checkTimes(block.timesNs)
  for (const position of block.positions)
    if (!(Number.isSafeInteger(position) && position >= 0)) throw fault(`a position is ${position}`)
}

function checkOffsets(name: string, offsets: Int32Array, length: number): void {
  if (offsets[0] !== 0) throw fault(`its ${name} offsets begin with ${offsets[0]}`)
  let last = 0
  for (const offset of offsets) {
    if (offset < last) throw fault(`a ${name} offset of ${offset} comes after ${last}`)
    last = offset
  }
  if (last !== length) throw fault(`its ${name} offsets end with ${last}, not with ${length}`)
}

/** Braces at both ends, and no text that begins or ends within a character: it is not read as JSON here. */
function checkAttributes({ attributes, attributeOffsets }: LogBlock): void {
  if (!isUtf8(attributes)) throw fault('its attributes are not UTF-8')
  let start = 0
  for (const end of attributeOffsets) {
    if (end > start && !(attributes[start] === 0x7b && attributes[end - 1] === 0x7d))
      throw fault('the attributes of a line are no JSON object')
    start = end
  }
}

function checkPlaces(name: string, places: Uint8Array, count: number): void {
  for (const place of places) if (place >= count) throw fault(`there is no ${name} ${place}`)
}

const timesEndHigh = Number(logTimesEndNs >> 32n)

/** Looks at the upper halves alone, which spares an object for each; they end some seconds before the year does. */
function checkTimes(timesNs: BigInt64Array): void {
  const halves = new Int32Array(timesNs.buffer, timesNs.byteOffset, timesNs.length * 2)
  for (let index = 1; index < halves.length; index += 2) {
    const high = halves[index] ?? 0
    if (high < 0 || high >= timesEndHigh)
      throw fault(`a time is ${timesNs[(index - 1) / 2]} ns, not between the years 1970 and 2200`)
  }
}

/** Where a column begins in the memory that the body lies in. */
function at(body: Uint8Array, { start }: Range): number {
  return body.byteOffset + start
}

function slice(body: Uint8Array, { start, end }: Range): Uint8Array {
  return new Uint8Array(body.buffer, body.byteOffset + start, end - start)
}

function fault(seen: string): WireError {
  return new WireError(`Cannot read the block of logs: ${seen}`)
}
