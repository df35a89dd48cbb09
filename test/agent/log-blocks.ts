import type { LogBlock, LogOrigin } from '../../src/model/log-block.ts'
import { logLevels, logOutputs } from '../../src/model/log-level.ts'
import { BlockWriter } from '../../src/wire/logs/block-writer.ts'

/** What a container is called that printed lines of a test. */
export function makeOrigin(change: Partial<LogOrigin> = {}): LogOrigin {
  return {
    host: 'box-1',
    containerId: 'c'.repeat(64),
    containerName: 'web',
    image: 'nginx:1',
    service: 'web',
    source: 'nginx',
    tags: ['env:test'],
    ...change,
  }
}

/** A block with these messages, an origin for each run of `linesOfARun`; every other line has an attribute. */
export function makeBlock(
  messages: readonly string[],
  { linesOfARun = 2 }: { linesOfARun?: number } = {},
): LogBlock {
  const writer = new BlockWriter({ messageBytes: 1024, lines: 16 })
  let origin = makeOrigin()
  for (const [at, message] of messages.entries()) {
    if (at % linesOfARun === 0) origin = makeOrigin({ containerName: `web-${at / linesOfARun}` })
    writer.begin(origin, 7n)
    const bytes = Buffer.from(message)
    const timeNs = 1_795_189_550_000_000_000n + BigInt(at)
    writer.append(
      { bytes, start: 0, end: bytes.length, timeNs, position: at * 100, output: 1 + (at % 2) },
      at % logLevels.length,
      at % 2 === 0 ? '' : `{"line":"${at}"}`,
    )
  }
  return writer.take()
}

/** The lines of a block, each with all that is known of it. */
export function linesOf(block: LogBlock): readonly object[] {
  const origins = block.runs.flatMap(({ origin, fileId, lineCount }) =>
    Array.from({ length: lineCount }, () => ({ containerName: origin.containerName, fileId })),
  )
  return origins.map((origin, at) => ({
    ...origin,
    timeNs: block.timesNs[at],
    position: block.positions[at],
    level: logLevels[block.levels[at] ?? -1],
    output: logOutputs[block.outputs[at] ?? -1],
    message: textAt(block.messages, block.messageOffsets, at),
    attributes: textAt(block.attributes, block.attributeOffsets, at),
  }))
}

/** The messages of a block. */
export function messagesOf(block: LogBlock): readonly string[] {
  return Array.from({ length: block.lineCount }, (_line, at) =>
    textAt(block.messages, block.messageOffsets, at),
  )
}

function textAt(bytes: Uint8Array, offsets: Int32Array, at: number): string {
  return Buffer.from(bytes.subarray(offsets[at], offsets[at + 1])).toString()
}
