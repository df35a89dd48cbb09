import { messageTypes } from './message-frame.ts'

/** Interval of real-time messages, in seconds; an agent takes 2 itself for anything less. */
const intervalS = 2

/**
 * What a process agent wants to hear after each message: a framed `ResCollector` that says that nobody is looking, so
 * that it does not begin to send every 2 s. Its `status` must be there: the agent reads it without asking.
 * @see `ResCollector` in `proto/process/agent.proto` of Datadog's agent-payload
 */
export function encodeAnswer(): Buffer {
  const header = Buffer.alloc(16)
  header[0] = 3
  header[2] = messageTypes.answer
  // Field 3, `status`, of 2 bytes: its field 2, `interval`.
  return Buffer.concat([header, Buffer.from([(3 << 3) | 2, 2, 2 << 3, intervalS])])
}
