import {
  dropLabels,
  keepLabels,
  keyOf,
  metricLabel,
  type Labels,
} from '../../../model/prometheus/labels.ts'
import type { Matching } from '../language/promql.ts'
import type { Line } from './values.ts'

/** The lines of both sides that a matching puts together. */
export interface MatchGroup {
  readonly left: readonly Line[]
  readonly right: readonly Line[]
}

/** All groups, those of one side alone too. */
export function groupBySides(
  left: readonly Line[],
  right: readonly Line[],
  matching: Matching,
): readonly MatchGroup[] {
  const keyed = (line: Line): string => keyOf(matchLabels(line.labels, matching))
  const lefts = Map.groupBy(left, keyed)
  const rights = Map.groupBy(right, keyed)
  const keys = new Set([...lefts.keys(), ...rights.keys()])
  return [...keys].map((key) => ({ left: lefts.get(key) ?? [], right: rights.get(key) ?? [] }))
}

/** The labels that have to be equal on both sides. */
export function matchLabels(labels: Labels, { kind, labels: names }: Matching): Labels {
  return kind === 'on' ? keepLabels(labels, names) : dropLabels(labels, [...names, metricLabel])
}
