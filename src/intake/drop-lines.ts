import type { LogBlock } from '../model/log-block.ts'
import { BlockWriter } from '../wire/logs/block-writer.ts'

/** The block without lines from before `oldestNs`, as a copy. */
export function dropLines(block: LogBlock, oldestNs: bigint): LogBlock {
  const { timesNs, positions, levels, outputs, messages, messageOffsets } = block
  const writer = new BlockWriter({ messageBytes: messages.length, lines: block.lineCount })
  let line = 0
  for (const { origin, fileId, lineCount } of block.runs) {
    const end = line + lineCount
    writer.begin(origin, fileId)
    for (; line < end; line += 1) {
      const timeNs = timesNs[line] ?? 0n
      if (timeNs < oldestNs) continue
      const place = {
        bytes: messages,
        start: messageOffsets[line] ?? 0,
        end: messageOffsets[line + 1] ?? 0,
        timeNs,
        position: positions[line] ?? 0,
        output: outputs[line] ?? 0,
      }
      writer.append(place, levels[line] ?? 0, attributesOf(block, line))
    }
  }
  return writer.take()
}

function attributesOf({ attributes, attributeOffsets }: LogBlock, line: number): string {
  return Buffer.from(
    attributes.subarray(attributeOffsets[line], attributeOffsets[line + 1]),
  ).toString()
}
