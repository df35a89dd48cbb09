import { makeLabels, metricLabel, type Labels } from './labels.ts'

/**
 * The name that Prometheus can take of a metric: `docker.cpu.usage` is `docker_cpu_usage`.
 * @see https://prometheus.io/docs/concepts/data_model/#metric-names-and-labels
 */
export function promMetricName(metric: string): string {
  return plain(metric, /[^a-zA-Z0-9_:]/gu)
}

/** The name of the label that a key of tags is. */
export function promLabelName(key: string): string {
  return plain(key, /[^a-zA-Z0-9_]/gu)
}

/** What is needed of a series to name it. */
export interface NamedSeries {
  readonly metric: string
  readonly host: string
  /** Sorted. */
  readonly tags: readonly string[]
}

/**
 * The labels of a series: its metric, its host, and a label for each key of its tags. Several values of one key stand
 * joined by commas; a tag without a value is a label with the value `true`.
 */
export function promLabels({ metric, host, tags }: NamedSeries): Labels {
  const values = new Map<string, Set<string>>()
  for (const tag of tags) {
    const colon = tag.indexOf(':')
    const name = promLabelName(colon === -1 ? tag : tag.slice(0, colon))
    const own = values.get(name) ?? new Set()
    values.set(name, own.add(colon === -1 ? 'true' : tag.slice(colon + 1)))
  }
  const pairs = [...values].map(([name, own]) => [name, [...own].join(',')] as const)
  const hostPair = host === '' ? [] : [['host', host] as const]
  return makeLabels([...pairs, ...hostPair, [metricLabel, promMetricName(metric)]])
}

/** Each character that may not be there becomes `_`, and a name never begins with a digit. */
function plain(name: string, others: RegExp): string {
  const text = name.replaceAll(others, '_')
  return /^(\d|$)/.test(text) ? `_${text}` : text
}
