import { decodeBlock } from '../../src/wire/logs/decode-block.ts'
import type { Received, RecordingIntake } from '../agent/recording-intake.ts'

/** Whoever waits asks again and again: each block is decoded once, so that the intake has time for what comes. */
const decoded = new WeakMap<Received, readonly string[]>()

/** The messages that a recording intake has taken for good, in the order in which they came. */
export function receivedMessages(intake: RecordingIntake): readonly string[] {
  return takenBlocks(intake).flat()
}

/** How many messages a recording intake has taken for good. */
export function countReceived(intake: RecordingIntake): number {
  return takenBlocks(intake).reduce((count, { length }) => count + length, 0)
}

function takenBlocks(intake: RecordingIntake): readonly (readonly string[])[] {
  return intake.received
    .filter(({ route, status }) => route === '/api/vigie/v1/logs' && status === 202)
    .map((received) => {
      const known = decoded.get(received) ?? decode(received)
      decoded.set(received, known)
      return known
    })
}

function decode({ body }: Received): readonly string[] {
  const { messages, messageOffsets, lineCount } = decodeBlock(body)
  return Array.from({ length: lineCount }, (_line, at) =>
    Buffer.from(messages.subarray(messageOffsets[at], messageOffsets[at + 1])).toString(),
  )
}
