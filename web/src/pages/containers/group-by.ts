import type { ContainerRow } from '../../../../src/api/contract/containers.ts'
import type { LabelOf } from '../../../../src/api/contract/container-filter/label-book.ts'
import type { LiveRow } from '../../data/live-row.ts'

/** Fields of a container that rows can be grouped by; of other names `label.<name>` is a label, the rest are keys of tags. */
export const groupFields = ['project', 'service', 'image', 'host'] as const
export type GroupField = (typeof groupFields)[number]

/** Tags that each container has a value of its own for. */
const ownTags: ReadonlySet<string> = new Set([
  'container_id',
  'container_name',
  'display_container_name',
])

/** Whether a name is that of a field. */
export function isGroupField(name: string): name is GroupField {
  return groupFields.some((field) => field === name)
}

const labelPrefix = 'label.'
/** The group of containers whose label is there and empty. */
const emptyValue = '""'
/** The group of containers whose label was not told yet. */
export const untold = '…'

/** What rows are grouped by for them to be grouped by a label. */
export function groupByLabel(label: string): string {
  return labelPrefix + label
}

/** The label that rows are grouped by under a name; undefined when it is no label's. */
export function labelOfGroup(by: string): string | undefined {
  return by.startsWith(labelPrefix) ? by.slice(labelPrefix.length) : undefined
}

/** What a container has under the name of a field, of a label or the key of a tag; empty when nothing. Of several values the first. */
export function groupName(container: ContainerRow, by: string, labelOf: LabelOf): string {
  if (isGroupField(by)) return container[by] ?? ''
  const label = labelOfGroup(by)
  if (label !== undefined) return labelGroup(labelOf(container.id, label))
  const prefix = `${by}:`
  return container.tags.find((tag) => tag.startsWith(prefix))?.slice(prefix.length) ?? ''
}

function labelGroup(value: string | null | undefined): string {
  if (value === undefined) return untold
  return value === null ? '' : value || emptyValue
}

/** The keys of tags that the containers have and that can put several into one group, sorted. */
export function tagKeys(rows: Iterable<LiveRow>): readonly string[] {
  const keys = new Set<string>()
  for (const { container } of rows) {
    for (const tag of container.tags) {
      const at = tag.indexOf(':')
      if (at > 0) keys.add(tag.slice(0, at))
    }
  }
  return [...keys].filter((key) => !ownTags.has(key) && !isGroupField(key)).toSorted()
}
