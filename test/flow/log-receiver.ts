import { decodeBlock } from '../../src/wire/logs/decode-block.ts'
import type { RecordingIntake } from '../agent/recording-intake.ts'

/** The messages that a recording intake has taken for good, in the order in which they came. */
export function receivedMessages(intake: RecordingIntake): readonly string[] {
  return intake.received
    .filter(({ route, status }) => route === '/api/vigie/v1/logs' && status === 202)
    .flatMap(({ body }) => {
      const { messages, messageOffsets, lineCount } = decodeBlock(body)
      return Array.from({ length: lineCount }, (_line, at) =>
        Buffer.from(messages.subarray(messageOffsets[at], messageOffsets[at + 1])).toString(),
      )
    })
}
