import type { Marker } from '../../../src/api/contract/dashboards.ts'

/** Something that happened while figures were taken: a mark on a chart. */
export interface ChartEvent {
  readonly timeMs: number
  /** What it was, in a few words. */
  readonly title: string
  readonly state: Marker['state']
  /** Where it is told in full; absent where nothing more is known. */
  readonly address?: string
}

const gravity: readonly Marker['state'][] = ['none', 'ok', 'warning', 'critical']

/** The events that lie within so many seconds of a time, the gravest first, then the newest. */
export function eventsNear(
  events: readonly ChartEvent[],
  timeS: number,
  withinS: number,
): readonly ChartEvent[] {
  return events
    .filter(({ timeMs }) => Math.abs(timeMs / 1000 - timeS) <= withinS)
    .toSorted((one, other) => gravityOf(other) - gravityOf(one) || other.timeMs - one.timeMs)
}

/** The events in the order in which they are to be drawn over each other. */
export function gravestLast(events: readonly ChartEvent[]): readonly ChartEvent[] {
  return events.toSorted((one, other) => gravityOf(one) - gravityOf(other))
}

/** The first event after a time (1), or the last one before it (-1); `undefined` where there is none. */
export function nextEvent(
  events: readonly ChartEvent[],
  timeS: number,
  direction: 1 | -1,
): ChartEvent | undefined {
  const beyond = events.filter(({ timeMs }) => (timeMs / 1000 - timeS) * direction > 0)
  return beyond.toSorted((one, other) => (one.timeMs - other.timeMs) * direction).at(0)
}

function gravityOf({ state }: ChartEvent): number {
  return gravity.indexOf(state)
}
