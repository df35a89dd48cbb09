import { useMemo, type ReactElement } from 'react'

import {
  happeningFacets,
  happeningKinds,
  type HappeningCounts,
} from '../../../src/api/contract/happenings.ts'
import { say } from '../messages/events.ts'
import { FacetList, type ChooseValue, type Facet } from '../searches/facet-list.tsx'

/** The most frequent values of what happened: its kinds, actions, containers, images, hosts and tellers. */
export function HappeningFacetList(props: {
  readonly counts: HappeningCounts
  readonly query: string
  readonly omitted: readonly string[]
  readonly onChoose: ChooseValue
}): ReactElement {
  const { counts, ...rest } = props
  const facets = useMemo(() => toFacets(counts), [counts])
  return <FacetList facets={facets} {...rest} />
}

function toFacets({ facets }: HappeningCounts): readonly Facet[] {
  return happeningFacets.map((field): Facet => {
    const title = say(`events.field.${field}`)
    // Most happenings have no container's name to give to a filter; only what has a value is chosen.
    const values = facets[field].filter(({ value }) => value !== '')
    if (field !== 'kind') return { field, title, values }
    return { field, title, values: values.map((of) => ({ ...of, ...kindWords(of.value) })) }
  })
}

function kindWords(value: string): { readonly text?: string; readonly band?: string } {
  const kind = happeningKinds.find((known) => known === value)
  return kind === undefined ? {} : { text: say(`events.kind.${kind}`), band: kind }
}
