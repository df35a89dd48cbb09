import type { LogBlock } from '../../model/log-block.ts'
import type { BytesColumn, ColumnInsert, InsertColumn } from '../engine.ts'
import { KeptMemory } from '../kept-memory.ts'
import type { LogOrigins } from '../log-origins.ts'
import { levelType, outputType } from '../migrations/004-logs.ts'

/** Lines of one `taken` that come from no file get their numbers below this. */
const unplacedLines = 2 ** 20

/** What inserts of lines have in common, one after the other. */
export class LinesMemory {
  readonly messages: KeptMemory = new KeptMemory(mostKeptBytes)
  readonly attributes: KeptMemory = new KeptMemory(mostKeptBytes)
}

/** A full group of blocks. */
const mostKeptBytes = 48 * 1024 * 1024

export interface LinesOptions {
  readonly origins: LogOrigins
  /** The columns of an insert are in it until the next insert is made. */
  readonly memory: LinesMemory
  /** When the lines are stored, Unix milliseconds; another one for each insert. */
  readonly takenMs: number
}

/**
 * Lines of several blocks as one insert; their texts go over as the bytes they are. Lines that come from no file, and so
 * have no position in one, get a number that no other line of this store has.
 */
export function insertOfLines(
  blocks: readonly LogBlock[],
  { origins, memory, takenMs }: LinesOptions,
): ColumnInsert {
  const lineCount = blocks.reduce((sum, block) => sum + block.lineCount, 0)
  const attributes = joinTexts('attributes', textsOf(blocks, 'attributes'), memory.attributes)
  const hasAttributes = attributes.data.length > 0
  const numbers = joinNumbers(blocks, origins, lineCount)
  const taken = BigInt(takenMs)
  return {
    table: 'vigie.log_lines',
    into: [
      'time', 'origin', 'file', 'position', 'level', 'output', 'message', 'taken',
      ...(hasAttributes ? ['attributes'] : []),
    ], // prettier-ignore
    columns: [
      ...numbers,
      joinTexts('message', textsOf(blocks, 'messages'), memory.messages),
      ...(hasAttributes ? [attributes] : []),
    ],
    select: [
      `fromUnixTimestamp64Nano(time, 'UTC')`,
      'origin',
      'file',
      `if(file = 0, ${taken * BigInt(unplacedLines)} + rowNumberInAllBlocks(), toUInt64(position))`,
      `CAST(reinterpretAsInt8(level) AS ${levelType})`,
      `CAST(reinterpretAsInt8(output) AS ${outputType})`,
      'message',
      `fromUnixTimestamp64Milli(toInt64(${taken}), 'UTC')`,
      ...(hasAttributes
        ? [
            `JSONExtract(if(attributes = '', '{}', attributes), 'Map(LowCardinality(String), String)')`,
          ]
        : []),
    ],
  }
}

function joinNumbers(
  blocks: readonly LogBlock[],
  origins: LogOrigins,
  lineCount: number,
): readonly InsertColumn[] {
  const columns = {
    time: new BigInt64Array(lineCount),
    origin: new BigUint64Array(lineCount),
    file: new BigUint64Array(lineCount),
    position: new Float64Array(lineCount),
    level: new Uint8Array(lineCount),
    output: new Uint8Array(lineCount),
  }
  let line = 0
  for (const block of blocks) {
    columns.time.set(block.timesNs, line)
    columns.position.set(block.positions, line)
    columns.level.set(block.levels, line)
    columns.output.set(block.outputs, line)
    for (const run of block.runs) {
      const end = line + run.lineCount
      columns.origin.fill(origins.resolve(run.origin).id, line, end)
      columns.file.fill(BigInt.asUintN(64, run.fileId), line, end)
      line = end
    }
  }
  return [
    { name: 'time', type: 'Int64', data: columns.time },
    { name: 'origin', type: 'UInt64', data: columns.origin },
    { name: 'file', type: 'UInt64', data: columns.file },
    { name: 'position', type: 'Float64', data: columns.position },
    { name: 'level', type: 'UInt8', data: columns.level },
    { name: 'output', type: 'UInt8', data: columns.output },
  ]
}

/** Texts of one block: bytes, and offsets of which there is one more than there are texts. */
interface Texts {
  readonly bytes: Uint8Array
  readonly offsets: Int32Array
}

function textsOf(blocks: readonly LogBlock[], which: 'messages' | 'attributes'): readonly Texts[] {
  return blocks.map((block) =>
    which === 'messages'
      ? { bytes: block.messages, offsets: block.messageOffsets }
      : { bytes: block.attributes, offsets: block.attributeOffsets },
  )
}

function joinTexts(name: string, parts: readonly Texts[], memory: KeptMemory): BytesColumn {
  const [only] = parts
  if (parts.length === 1 && only) {
    return { name, type: 'Bytes', data: only.bytes, offsets: only.offsets }
  }
  const lineCount = parts.reduce((sum, { offsets }) => sum + offsets.length - 1, 0)
  const offsets = new Int32Array(lineCount + 1)
  let line = 0
  let byte = 0
  for (const part of parts) {
    for (let n = 1; n < part.offsets.length; n += 1) {
      offsets[line + n] = byte + (part.offsets[n] ?? 0)
    }
    line += part.offsets.length - 1
    byte += part.bytes.length
  }
  return { name, type: 'Bytes', data: memory.join(parts.map(({ bytes }) => bytes)), offsets }
}
