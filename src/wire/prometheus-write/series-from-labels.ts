import type { Series } from '../../model/series.ts'
import { metricLabel } from '../../model/prometheus/labels.ts'

/** A label of Prometheus: its name and its value. */
export type Label = readonly [name: string, value: string]

/** Of one series. */
export const maxLabels = 100
/** In UTF-16 units. */
export const maxNameLength = 200
export const maxValueLength = 2048

/** Longer ones, and those with blanks around them, are no names of hosts. */
const maxHostLength = 255

/** Why a series cannot be kept: it has no usable name, or its labels are too many, too long or there twice. */
export type LabelFault = 'name' | 'labels'

/**
 * The series that labels of Prometheus name. What they say stays as it is, capitals and all, so that PromQL finds it again:
 * `__name__` is the metric, `host` the host, every other label a tag. Values come as gauges, counters too, since what is
 * sent of one is how far it has counted; nobody says in which interval.
 */
export function seriesFromLabels(labels: readonly Label[]): Series | LabelFault {
  const values = new Map<string, string>()
  for (const [name, value] of labels) {
    if (!isUsable(name, value) || values.has(name)) return 'labels'
    values.set(name, value)
  }
  const metric = values.get(metricLabel) ?? ''
  if (metric === '' || metric.length > maxNameLength) return 'name'
  if (values.size > maxLabels) return 'labels'
  const host = hostOf(values)
  values.delete(metricLabel)
  if (host !== '') values.delete('host')
  const kept = [...values].filter(([, value]) => value !== '')
  const tags = kept.map(([name, value]) => `${name.replaceAll(':', '_')}:${value}`)
  return { metric, kind: 'gauge', host, tags, intervalS: 0 }
}

function isUsable(name: string, value: string): boolean {
  return name !== '' && name.length <= maxNameLength && value.length <= maxValueLength
}

function hostOf(values: ReadonlyMap<string, string>): string {
  const host = values.get('host') ?? ''
  return host.length <= maxHostLength && host.trim() === host ? host : ''
}
