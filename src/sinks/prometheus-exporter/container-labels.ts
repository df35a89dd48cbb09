import type { BoardedContainer } from '../../component/container-board.ts'
import { promLabelName } from '../../model/prometheus/names.ts'
import { printLabels } from '../../wire/prometheus-text/print-labels.ts'

/** A longer label of a container is left out: it would stand on every line of it. */
const maxValueLength = 1024
/** Labels beyond this length in all are left out, the last by name first. */
const maxLabelsLength = 16_384

/** Which labels of containers become labels of metrics. */
interface LabelChoice {
  readonly isAll: boolean
  readonly keys: ReadonlySet<string>
}

/** The labels of a container, printed; what was printed once is kept as long as nothing is told anew of the container. */
export type PrintContainerLabels = (container: BoardedContainer, cgroupPath: string) => string

/** @param keys Labels of containers that are wanted, by name; `*` for all. */
export function createLabelPrinter(keys: readonly string[]): PrintContainerLabels {
  const choice = { isAll: keys.includes('*'), keys: new Set(keys) }
  const printed = new WeakMap<BoardedContainer, { cgroupPath: string; labels: string }>()
  return (container, cgroupPath) => {
    const known = printed.get(container)
    if (known?.cgroupPath === cgroupPath) return known.labels
    const labels = printContainerLabels(container, cgroupPath, choice)
    printed.set(container, { cgroupPath, labels })
    return labels
  }
}

/**
 * The labels that all metrics of a container have, printed, as cAdvisor has them: `id`, `name`, `image`, and
 * `container_label_` with each chosen label. Of two that become the same name the first by its own name counts.
 * @see `BaseContainerLabels` in `metrics/prometheus.go` of cAdvisor
 */
function printContainerLabels(
  { name, image, labels }: BoardedContainer,
  cgroupPath: string,
  choice: LabelChoice,
): string {
  const pairs = new Map([
    ['id', cgroupPath],
    ['name', name],
  ])
  if (image !== '') pairs.set('image', image)
  let length = 0
  for (const key of Object.keys(labels).toSorted()) {
    const value = labels[key] ?? ''
    const labelName = promLabelName(`container_label_${key}`)
    const isWanted = (choice.isAll || choice.keys.has(key)) && !pairs.has(labelName)
    if (!isWanted || value === '' || value.length > maxValueLength) continue
    length += labelName.length + value.length
    if (length > maxLabelsLength) break
    pairs.set(labelName, value)
  }
  return printLabels(pairs)
}
