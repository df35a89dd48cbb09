/** Labels of a series, sorted by name, none of them empty. */
export type Labels = readonly (readonly [name: string, value: string])[]

/** The label that holds the name of the metric. */
export const metricLabel = '__name__'

/** Labels from pairs in any order; of pairs with one name the last counts, and an empty value is none. */
export function makeLabels(pairs: Iterable<readonly [string, string]>): Labels {
  return [...new Map(pairs)]
    .filter(([, value]) => value !== '')
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
}

/** A text that two sets of labels share only when they are equal. */
export function keyOf(labels: Labels): string {
  return JSON.stringify(labels)
}

/** The empty text when there is none. */
export function labelValue(labels: Labels, name: string): string {
  return labels.find(([own]) => own === name)?.[1] ?? ''
}

export function keepLabels(labels: Labels, names: readonly string[]): Labels {
  return labels.filter(([name]) => names.includes(name))
}

export function dropLabels(labels: Labels, names: readonly string[]): Labels {
  return labels.filter(([name]) => !names.includes(name))
}

/** What is left once a function has made something else of a metric. */
export function dropMetric(labels: Labels): Labels {
  return dropLabels(labels, [metricLabel])
}

/** As people write it: `metric{label="value"}`. */
export function formatLabels(labels: Labels): string {
  const conditions = dropMetric(labels).map(([name, value]) => `${name}=${JSON.stringify(value)}`)
  return `${labelValue(labels, metricLabel)}{${conditions.join(', ')}}`
}
