import type { Series, SeriesKind } from '../../model/series.ts'

/** A series as Datadog's payloads spell it. */
export interface WireSeries {
  readonly metric: string
  readonly kind: SeriesKind
  readonly tags: readonly string[]
  readonly intervalS: number
  /** What the series is about; the first is the host. */
  readonly resources: readonly { readonly type: string; readonly name: string }[]
}

/** The series in our words: the resource `host` is its host, every other resource a tag `<type>:<name>`. */
export function seriesFromWire(wire: WireSeries): Series {
  const host = wire.resources.find(({ type }) => type === 'host')?.name ?? ''
  const others = wire.resources.filter(({ type, name }) => type !== 'host' && name !== '')
  return {
    metric: wire.metric,
    kind: wire.kind,
    host,
    tags: [...wire.tags, ...others.map(({ type, name }) => `${type}:${name}`)],
    intervalS: wire.intervalS,
  }
}
