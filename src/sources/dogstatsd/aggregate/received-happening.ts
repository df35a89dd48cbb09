import type { SplitTags } from '../../../wire/dogstatsd/enrich-tags.ts'
import type { EventMessage, ServiceCheckMessage } from '../../../wire/dogstatsd/message.ts'
import type { ReceivedCheck, ReceivedEvent } from '../worker-messages.ts'

/** What a message does not tell by itself. */
export interface Reception {
  readonly originId: number
  /** Unix time, milliseconds. */
  readonly timeMs: number
  readonly split: SplitTags
}

/** An event or a service check with what is known besides; its own time and host go before. */
export function receiveHappening(
  message: EventMessage | ServiceCheckMessage,
  reception: Reception,
): ReceivedEvent | ReceivedCheck {
  const { originId, timeMs, split } = reception
  const host = message.host ?? split.host
  const common = {
    originId,
    timeMs: message.timestampS === undefined ? timeMs : message.timestampS * 1000,
    tags: [...new Set(split.tags)],
    ...(host === undefined ? undefined : { host }),
  }
  if (message.kind === 'service-check') {
    const { name, status } = message
    return { kind: 'check', ...common, name, status, message: message.message ?? '' }
  }
  const { title, text, alertType, priority, aggregationKey = '', sourceType = '' } = message
  const event = { title, text, alertType, priority, aggregationKey, sourceType }
  return { kind: 'event', ...common, ...event }
}
