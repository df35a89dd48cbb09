import type { EventRow, EventsAnswer } from '../../../src/api/contract/happenings.ts'
import type { ChartEvent } from '../charts/chart-event.ts'
import type { Tone } from '../elements/container-state.ts'
import type { Span } from '../data/history.ts'
import { fetchJson } from '../data/request.ts'

/**
 * The newest events of a span that a search finds.
 * @throws {RequestError} If they cannot be listed.
 */
export async function askEvents(
  query: string,
  { fromS, toS }: Span,
  options: { readonly limit: number; readonly signal: AbortSignal },
): Promise<EventsAnswer> {
  const parameters = new URLSearchParams({
    from: String(fromS),
    to: String(toS),
    ...(query !== '' && { query }),
    limit: String(options.limit),
  })
  return await fetchJson<EventsAnswer>(`/api/events?${parameters}`, options.signal)
}

/** An event as a mark on a chart. */
export function toChartEvent(event: EventRow): ChartEvent {
  const tone = eventTone(event)
  const isState = tone === 'ok' || tone === 'warning' || tone === 'critical'
  return { timeMs: event.timeMs, title: event.title, state: isState ? tone : 'none' }
}

/** The state that an event stands for. */
export function eventTone({ alertType }: Pick<EventRow, 'alertType'>): Tone {
  switch (alertType) {
    case 'error':
      return 'critical'
    case 'warning':
      return 'warning'
    case 'success':
      return 'ok'
    default:
      return 'off'
  }
}
