import { knownMetric } from './known-metric.ts'

/** A unit in Datadog's names, and what it is divided by: `byte` and `second`; empty where there is none. */
export interface MetricUnit {
  readonly name: string
  readonly per: string
}

const none: MetricUnit = { name: '', per: '' }

/** Datadog's names for the units of our catalogue. */
const names: ReadonlyMap<string, string> = new Map([
  ['B', 'byte'],
  ['KiB', 'kibibyte'],
  ['MiB', 'mebibyte'],
  ['ns', 'nanosecond'],
  ['ms', 'millisecond'],
  ['s', 'second'],
  ['%', 'percent'],
  ['% of a core', 'percent'],
  ['% of all cores', 'percent'],
  ['containers', 'container'],
  ['images', 'image'],
  ['volumes', 'volume'],
  ['threads', 'thread'],
  ['files', 'file'],
  ['hits', 'hit'],
  ['faults', 'fault'],
  ['shares', 'share'],
  ['errors', 'error'],
  ['operations', 'operation'],
  ['packets', 'packet'],
  ['periods', 'period'],
])

/**
 * The unit of a metric of our own sources; without a name where it is not known, as for metrics of others.
 * @see https://docs.datadoghq.com/metrics/units/
 */
export function metricUnit(metric: string): MetricUnit {
  const unit = knownMetric(metric)?.unit
  if (unit === undefined) return none
  const [of = '', per] = unit.split('/', 2)
  return { name: names.get(of) ?? of, per: per === undefined ? '' : (names.get(per) ?? per) }
}
