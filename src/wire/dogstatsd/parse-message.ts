import { toByteText } from './byte-text.ts'
import type { Message, MessageFault } from './message.ts'
import { parseEvent } from './parse-event.ts'
import { parseMetric } from './parse-metric.ts'
import { parseServiceCheck } from './parse-service-check.ts'
import type { ReadOptions } from './read-fields.ts'

const readAll: ReadOptions = { readsTimes: true, readsOrigin: true }

/**
 * One message of DogStatsD, versions 1.0 to 1.6, from the bytes of a line without its end; the decisions are in
 * docs/reference/dogstatsd.md. Never throws, whatever the bytes are. Where messages come by the million they are read in
 * place by other code, which is tested against this.
 */
export function parseMessage(
  line: Uint8Array,
  options: ReadOptions = readAll,
): Message | MessageFault {
  const text = toByteText(line)
  if (text.startsWith('_e{')) return parseEvent(text, options)
  if (text.startsWith('_sc')) return parseServiceCheck(text, options)
  return parseMetric(text, options)
}
