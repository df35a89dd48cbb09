import type { LogBlock, LogOrigin } from '../../model/log-block.ts'
import { type BlockLayout, blockMagic, blockVersion, layOut } from './block-layout.ts'

/**
 * A block as `POST /api/vigie/v1/logs` takes it, in memory of its own.
 * @see docs/reference/logs-route.md
 */
export function encodeBlock(block: LogBlock): Buffer {
  const places = placeOrigins(block)
  const origins = Buffer.from(`[${Array.from(places.keys(), originText).join(',')}]`)
  const sizes = {
    originsBytes: origins.length,
    runCount: block.runs.length,
    lineCount: block.lineCount,
    messagesBytes: block.messages.length,
    attributesBytes: block.attributes.length,
  }
  const layout = layOut(sizes)
  const bytes = Buffer.allocUnsafeSlow(layout.sizeBytes)
  bytes.set(bytesOf(Uint32Array.of(blockMagic, blockVersion, ...Object.values(sizes), 0)))
  for (const [name, column] of columnsOf(block, origins, places)) {
    const { start, end } = layout[name]
    bytes.set(bytesOf(column), start)
    bytes.fill(0, end, Math.min(end + 7, bytes.length))
  }
  return bytes
}

type Column = Uint8Array | Int32Array | Uint32Array | Float64Array | BigInt64Array | BigUint64Array

/** In the order of the layout, so that zeros after a column never hit another. */
function columnsOf(
  block: LogBlock,
  origins: Uint8Array,
  places: ReadonlyMap<LogOrigin, number>,
): [Exclude<keyof BlockLayout, 'sizeBytes'>, Column][] {
  const { runs } = block
  return [
    ['origins', origins],
    ['runOrigins', Uint32Array.from(runs, (run) => places.get(run.origin) ?? 0)],
    ['runFileIds', BigUint64Array.from(runs, (run) => run.fileId)],
    ['runLineCounts', Uint32Array.from(runs, (run) => run.lineCount)],
    ['timesNs', block.timesNs],
    ['positions', block.positions],
    ['messageOffsets', block.messageOffsets],
    ['attributeOffsets', block.attributeOffsets],
    ['levels', block.levels],
    ['outputs', block.outputs],
    ['messages', block.messages],
    ['attributes', block.attributes],
  ]
}

/** Each origin once, with its place in the list. */
function placeOrigins({ runs }: LogBlock): Map<LogOrigin, number> {
  const places = new Map<LogOrigin, number>()
  for (const { origin } of runs) if (!places.has(origin)) places.set(origin, places.size)
  return places
}

const knownTexts = new WeakMap<LogOrigin, string>()

/** As JSON, with nothing else that the object may hold. */
function originText(origin: LogOrigin): string {
  const known = knownTexts.get(origin)
  if (known !== undefined) return known
  const { host, containerId, containerName, image, service, source, tags } = origin
  const fields = { host, containerId, containerName, image, service, source, tags }
  const text = JSON.stringify(fields satisfies LogOrigin)
  knownTexts.set(origin, text)
  return text
}

function bytesOf({ buffer, byteOffset, byteLength }: Column): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}
