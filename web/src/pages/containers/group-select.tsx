import { Suspense, useState, type ReactElement } from 'react'

import type { LabelList } from '../../../../src/api/contract/labels.ts'
import { useLive } from '../../data/live.ts'
import { useRequest } from '../../data/request.ts'
import { lazyPart } from '../../elements/lazy-part.ts'
import { say } from '../../messages/message.ts'
import { groupByLabel, groupFields, isGroupField, labelOfGroup, tagKeys } from './group-by.ts'

const LabelDialog = lazyPart(async () => (await import('./label-dialog.tsx')).LabelDialog)

/** So many labels are offered at once; where there are more, they are searched for. */
const offeredLabels = 24
/** An answer that is older is asked for anew. */
const freshMs = 10_000
/** Of the option that opens the search; no name of a group has a line break. */
const searchValue = '\n'

/** One grouping: a field, a label or a tag. */
export function GroupSelect(props: {
  readonly place: number
  readonly groups: readonly string[]
  readonly onGroups: (groups: readonly string[]) => void
}): ReactElement {
  const { place, groups, onGroups } = props
  const { tags, labels, hasMoreLabels, look } = useOffered()
  const [isSearching, setSearching] = useState(false)
  const chosen = groups[place] ?? ''
  const isOther = (name: string): boolean => name === chosen || !groups.includes(name)
  function choose(name: string): void {
    const others = groups.slice(place + 1).filter((other) => other !== name)
    onGroups([...groups.slice(0, place), ...(name === '' ? [] : [name]), ...others])
  }
  return (
    <>
      <label
        className={place > 0 && chosen === '' ? 'control max-sm:hidden' : 'control'}
        onPointerEnter={look}
      >
        <span className="text-faint max-sm:sr-only">
          {say(place === 0 ? 'group.label' : 'group.then')}
        </span>
        <select
          className="max-w-36 truncate bg-transparent text-ink outline-none"
          title={labelOfGroup(chosen)}
          value={chosen}
          onPointerDown={look}
          onFocus={look}
          onChange={({ target: { value } }) =>
            value === searchValue ? setSearching(true) : choose(value)
          }
        >
          <option value="" className="bg-panel">
            {say(place === 0 ? 'group.none' : 'group.noSecond')}
          </option>
          {groupFields.filter(isOther).map((field) => (
            <option key={field} value={field} className="bg-panel">
              {say(`group.${field}`)}
            </option>
          ))}
          <Options
            title={say('group.tags')}
            names={withChosen(tags, chosen, 'tag').filter(isOther)}
          />
          <Options
            title={say('group.labels')}
            names={withChosen(labels, chosen, 'label').filter(isOther)}
            hasMore={hasMoreLabels}
          />
        </select>
      </label>
      {isSearching && (
        <Suspense>
          <LabelDialog
            onChoose={(label) => choose(groupByLabel(label))}
            onClose={() => setSearching(false)}
          />
        </Suspense>
      )}
    </>
  )
}

function Options(props: {
  readonly title: string
  readonly names: readonly string[]
  /** Whether others can be searched for. */
  readonly hasMore?: boolean
}): ReactElement | null {
  const { title, names, hasMore = false } = props
  if (names.length === 0 && !hasMore) return null
  return (
    <optgroup label={title} className="bg-panel">
      {names.map((name) => (
        <option key={name} value={name} className="bg-panel">
          {labelOfGroup(name) ?? name}
        </option>
      ))}
      {hasMore && (
        <option value={searchValue} className="bg-panel">
          {say('group.searchLabels')}
        </option>
      )}
    </optgroup>
  )
}

/** What containers can be grouped by beside fields, as it was when somebody last was about to choose. */
function useOffered(): {
  readonly tags: readonly string[]
  readonly labels: readonly string[]
  readonly hasMoreLabels: boolean
  readonly look: () => void
} {
  const { store } = useLive()
  const [tags, setTags] = useState<readonly string[]>()
  const path = `/api/containers/labels?limit=${offeredLabels}`
  const { data, dataUpdatedAt, refetch } = useRequest<LabelList>(path, {
    isEnabled: tags !== undefined,
  })
  const hasMoreLabels = data !== undefined && data.count > data.labels.length
  // Where there are so many, those of which each container has a value of its own are for the search.
  const labels = (data?.labels ?? []).filter(
    ({ containers, values }) => !hasMoreLabels || values < containers,
  )
  return {
    tags: tags ?? [],
    labels: labels.map(({ name }) => groupByLabel(name)).toSorted(),
    hasMoreLabels,
    look() {
      // Thousands of containers have tens of thousands of tags and labels: nobody looks through them before.
      setTags(tagKeys(store.rows().values()))
      if (tags !== undefined && Date.now() - dataUpdatedAt > freshMs) void refetch()
    },
  }
}

/** With what is chosen, whether anything still has it or not. */
function withChosen(
  names: readonly string[],
  chosen: string,
  kind: 'tag' | 'label',
): readonly string[] {
  if (chosen === '' || isGroupField(chosen) || names.includes(chosen)) return names
  const isLabel = labelOfGroup(chosen) !== undefined
  return isLabel === (kind === 'label') ? [chosen, ...names] : names
}
