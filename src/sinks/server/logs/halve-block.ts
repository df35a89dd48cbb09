import type { LogBlock, LogRun } from '../../../model/log-block.ts'

/** The same lines as two blocks, which share the memory of the one; of a single line the first block is empty. */
export function halveBlock(block: LogBlock): readonly [LogBlock, LogBlock] {
  const middle = Math.floor(block.lineCount / 2)
  return [slice(block, 0, middle), slice(block, middle, block.lineCount)]
}

function slice(block: LogBlock, from: number, to: number): LogBlock {
  return {
    runs: sliceRuns(block.runs, from, to),
    lineCount: to - from,
    timesNs: block.timesNs.subarray(from, to),
    positions: block.positions.subarray(from, to),
    levels: block.levels.subarray(from, to),
    outputs: block.outputs.subarray(from, to),
    ...sliceTexts(block, from, to),
  }
}

function sliceTexts(
  { messages, messageOffsets, attributes, attributeOffsets }: LogBlock,
  from: number,
  to: number,
): Pick<LogBlock, 'messages' | 'messageOffsets' | 'attributes' | 'attributeOffsets'> {
  return {
    messages: messages.subarray(messageOffsets[from], messageOffsets[to]),
    messageOffsets: rebase(messageOffsets.subarray(from, to + 1)),
    attributes: attributes.subarray(attributeOffsets[from], attributeOffsets[to]),
    attributeOffsets: rebase(attributeOffsets.subarray(from, to + 1)),
  }
}

function rebase(offsets: Int32Array): Int32Array {
  const first = offsets[0] ?? 0
  return offsets.map((offset) => offset - first)
}

function sliceRuns(runs: readonly LogRun[], from: number, to: number): readonly LogRun[] {
  const sliced: LogRun[] = []
  let start = 0
  for (const run of runs) {
    const end = start + run.lineCount
    const lineCount = Math.min(end, to) - Math.max(start, from)
    if (lineCount > 0) sliced.push({ ...run, lineCount })
    start = end
  }
  return sliced
}
