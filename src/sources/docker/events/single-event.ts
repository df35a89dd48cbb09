import type { EngineEvent } from '../../../docker/parse-event.ts'
import type { Event } from '../../../model/event.ts'
import { severityOf } from './event-severity.ts'
import type { Subject } from './event-subjects.ts'

/**
 * One of the engine's events as one of ours.
 * @see docs/reference/events.md, "One by one"
 */
export function makeSingleEvent(event: EngineEvent, subject: Subject, host: string): Event {
  const { action, detail, containerId, containerName, timeNanos } = event
  const whole = detail === '' ? action : `${action}: ${detail}`
  const timeMs = Number(timeNanos / 1_000_000n)
  // On the way an event keeps whole seconds only: two of one second would be the same without the time in words.
  const time = new Date(timeMs).toISOString()
  return {
    kind: 'event',
    title: `Container ${containerId}: ${action}`,
    text: `Container ${containerName || subject.name} of image ${subject.image}: ${whole} at ${time}`,
    timeMs,
    alertType: severityOf([action]),
    priority: 'normal',
    aggregationKey: `docker:${containerId}`,
    source: 'docker',
    host,
    tags: [...subject.tags, `event_type:${action}`],
  }
}
