/** The labels of one container. */
export type Labels = Readonly<Record<string, string>>

/** A label, how many containers have it, and how many different values it has. */
export interface LabelCount {
  readonly name: string
  readonly containers: number
  readonly values: number
}

/** Which labels are listed. */
export interface LabelsRequest {
  /** Stands in the name, without regard to case. */
  readonly search: string
  readonly limit: number
  /** Values of one label are counted up to here. */
  readonly maxValues: number
}

/** The first labels, and how many there are. */
export interface LabelsResult {
  readonly labels: readonly LabelCount[]
  readonly count: number
}

/** Of so few values each may be of one container alone and still be worth a look. */
const fewValues = 20

/** The labels of some containers, those first that part them best: see {@link rankOf}. */
export function listLabels(
  containers: Iterable<{ readonly labels: Labels }>,
  { search, limit, maxValues }: LabelsRequest,
): LabelsResult {
  const counts = countLabels(containers, maxValues)
  const wanted = search.toLowerCase()
  const found = counts.filter(({ name }) => name.toLowerCase().includes(wanted))
  return { labels: found.toSorted(compareUse).slice(0, limit), count: found.length }
}

function countLabels(
  containers: Iterable<{ readonly labels: Labels }>,
  maxValues: number,
): readonly LabelCount[] {
  const counts = new Map<string, { containers: number; readonly values: Set<string> }>()
  for (const { labels } of containers) {
    for (const [name, value] of Object.entries(labels)) {
      const count = counts.get(name) ?? { containers: 0, values: new Set() }
      counts.set(name, count)
      count.containers += 1
      if (count.values.size < maxValues) count.values.add(value)
    }
  }
  return [...counts].map(([name, { containers: count, values }]) => ({
    name,
    containers: count,
    values: values.size,
  }))
}

function compareUse(a: LabelCount, b: LabelCount): number {
  return (
    rankOf(a) - rankOf(b) ||
    b.containers - a.containers ||
    a.values - b.values ||
    (a.name < b.name ? -1 : 1)
  )
}

/** 0: several values, which containers share; 1: one value, so that a container has it or not; 2: one's own each, or of one alone. */
function rankOf({ containers, values }: LabelCount): 0 | 1 | 2 {
  if (containers === 1 || (values > fewValues && values * 2 > containers)) return 2
  return values > 1 ? 0 : 1
}
