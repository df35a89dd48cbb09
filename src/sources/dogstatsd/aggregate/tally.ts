import type { CounterName, Counters } from '../counters.ts'

/** What happened since it was handed on last, in plain numbers: adding to them costs nothing. */
export interface Tally {
  samples: number
  events: number
  serviceChecks: number
  badMetrics: number
  badEvents: number
  badServiceChecks: number
  unterminated: number
  contextsFull: number
  membersFull: number
  binsFull: number
  happeningsFull: number
  blocked: number
  timedOfOtherType: number
}

/** Which of the shared counters each number is for. */
const counterOf: readonly (readonly [keyof Tally, CounterName])[] = [
  ['samples', 'samples'],
  ['events', 'events'],
  ['serviceChecks', 'service_checks'],
  ['badMetrics', 'bad.metric'],
  ['badEvents', 'bad.event'],
  ['badServiceChecks', 'bad.service_check'],
  ['unterminated', 'bad.unterminated'],
  ['contextsFull', 'dropped.contexts_full'],
  ['membersFull', 'dropped.set_members_full'],
  ['binsFull', 'dropped.bins_full'],
  ['happeningsFull', 'dropped.happenings_full'],
  ['blocked', 'dropped.blocklist'],
  ['timedOfOtherType', 'dropped.timed_type'],
]

export function createTally(): Tally {
  return {
    samples: 0,
    events: 0,
    serviceChecks: 0,
    badMetrics: 0,
    badEvents: 0,
    badServiceChecks: 0,
    unterminated: 0,
    contextsFull: 0,
    membersFull: 0,
    binsFull: 0,
    happeningsFull: 0,
    blocked: 0,
    timedOfOtherType: 0,
  }
}

/** Adds everything to the counters that worker and agent share, and begins anew. */
export function handOn(tally: Tally, counters: Counters): void {
  for (const [field, name] of counterOf) {
    if (tally[field] === 0) continue
    counters.add(name, tally[field])
    tally[field] = 0
  }
}
