import type { LogBlock } from '../../model/log-block.ts'
import { logLevels, logOutputs } from '../../model/log-level.ts'

/** The lines of a block as JSON, each with its line end, in their order. Bytes that are no UTF-8 are replaced by U+FFFD. */
export function* printLogLines(block: LogBlock): Generator<string, void, void> {
  let line = 0
  for (const { origin, lineCount } of block.runs) {
    for (const end = line + lineCount; line < end; line += 1) {
      const attributes = textAt(block.attributes, block.attributeOffsets, line)
      const printed = {
        kind: 'log',
        timeNs: String(block.timesNs[line]),
        level: logLevels[block.levels[line] ?? 0],
        output: logOutputs[block.outputs[line] ?? 0],
        message: textAt(block.messages, block.messageOffsets, line),
        ...(attributes !== '' && { attributes: JSON.parse(attributes) as unknown }),
        ...origin,
      }
      yield `${JSON.stringify(printed)}\n`
    }
  }
}

function textAt(bytes: Uint8Array, offsets: Int32Array, line: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString(
    'utf8',
    offsets[line],
    offsets[line + 1],
  )
}
