import type { ReceivedCheck, ReceivedEvent } from '../../src/sources/dogstatsd/worker-messages.ts'
import type { EventMessage, ServiceCheckMessage } from '../../src/wire/dogstatsd/message.ts'
import { identifyOrigin, type PlainOrigin } from './plain-context.ts'

type WithOrigin<Happening> = Omit<Happening, 'originId'> & { readonly origin: PlainOrigin }

/** An event or a service check as the agent takes it, with what is told of its origin instead of a number. */
export type PlainHappening = WithOrigin<ReceivedEvent> | WithOrigin<ReceivedCheck>

/** @param nowMs The time of what tells none, Unix time. */
export function toPlainHappening(
  message: EventMessage | ServiceCheckMessage,
  senderContainerId: string | undefined,
  nowMs: number,
): PlainHappening {
  const { tags, host, origin } = identifyOrigin(message, message.tags, senderContainerId)
  const toldHost = message.host ?? host
  const common = {
    origin,
    tags,
    timeMs: message.timestampS === undefined ? nowMs : message.timestampS * 1000,
    ...(toldHost !== undefined && { host: toldHost }),
  }
  if (message.kind === 'service-check') {
    const { name, status } = message
    return { ...common, kind: 'check', name, status, message: message.message ?? '' }
  }
  const { title, text, alertType, priority, aggregationKey = '', sourceType = '' } = message
  return { ...common, kind: 'event', title, text, alertType, priority, aggregationKey, sourceType }
}
