import type { Event } from '../../model/event.ts'

/**
 * Events as `POST /intake/` takes them: grouped by where they come from.
 * @see Datadog Agent, serializer, "events"
 */
export function encodeEvents(events: readonly Event[], hostname: string): string {
  const bySource = Map.groupBy(events, ({ source }) => source)
  return JSON.stringify({
    apiKey: '',
    events: Object.fromEntries(
      [...bySource].map(([source, ofSource]) => [source, ofSource.map(toWire)]),
    ),
    internalHostname: hostname,
  })
}

function toWire(event: Event): Record<string, unknown> {
  return {
    msg_title: event.title,
    msg_text: event.text,
    timestamp: Math.floor(event.timeMs / 1000),
    priority: event.priority,
    host: event.host,
    tags: event.tags,
    alert_type: event.alertType,
    aggregation_key: event.aggregationKey,
    source_type_name: event.source,
    event_type: event.source,
  }
}
