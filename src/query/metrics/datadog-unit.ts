import { metricUnit } from '../catalogue/metric-unit.ts'

/** A unit as Datadog tells it. */
export interface DatadogUnit {
  readonly family: string
  readonly name: string
  readonly plural: string
  readonly short_name: string
  /** How much one of it is in the plain unit of its family: seconds, bytes, percent. */
  readonly scale_factor: number
}

/** The unit, and what it is divided by; null where there is none or Datadog has none. */
export type UnitPair = readonly [DatadogUnit | null, DatadogUnit | null]

/**
 * The unit of a metric of ours; nulls for those of others, for plain numbers, and for what was calculated.
 * @see https://docs.datadoghq.com/metrics/units/
 */
export function datadogUnit(metric: string): UnitPair {
  const { name, per } = metricUnit(metric)
  return [units.get(name) ?? null, units.get(per) ?? null]
}

const units: ReadonlyMap<string, DatadogUnit> = new Map(
  (
    [
      ['bytes', 'byte', 'B', 1],
      ['bytes', 'kibibyte', 'KiB', 2 ** 10],
      ['bytes', 'mebibyte', 'MiB', 2 ** 20],
      ['time', 'nanosecond', 'ns', 1e-9],
      ['time', 'millisecond', 'ms', 1e-3],
      ['time', 'second', 's', 1],
      ['percentage', 'percent', '%', 1],
      ['percentage', 'fraction', 'fraction', 100],
      ['network', 'packet', 'pkt', 1],
      ['system', 'thread', 'thread', 1],
      ['system', 'fault', 'fault', 1],
      ['disk', 'file', 'file', 1],
      ['general', 'error', 'err', 1],
      ['general', 'operation', 'op', 1],
      ['cache', 'hit', 'hit', 1],
    ] as const
  ).map(([family, name, shortName, scale]) => [
    name,
    {
      family,
      name,
      plural: name === 'percent' ? name : `${name}s`,
      short_name: shortName,
      scale_factor: scale,
    },
  ]),
)
