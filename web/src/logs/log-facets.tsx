import type { ReactElement } from 'react'

import type { LogFacet, LogFacets } from '../../../src/api/contract/logs.ts'
import { say, sayCount, type LogMessageKey } from '../messages/logs.ts'
import { FacetList, type ChooseValue, type Facet } from '../searches/facet-list.tsx'
import { findBand } from './level-band.ts'

const titles: Readonly<Record<string, LogMessageKey>> = {
  level: 'logs.field.level',
  container: 'logs.field.container',
  service: 'logs.field.service',
  source: 'logs.field.source',
  image: 'logs.field.image',
  host: 'logs.field.host',
  stream: 'logs.field.stream',
}

/** The most frequent values of each field of lines. */
export function LogFacetList(props: {
  readonly facets: LogFacets
  readonly query: string
  readonly omitted: readonly string[]
  readonly onChoose: ChooseValue
}): ReactElement {
  const { facets, ...rest } = props
  const { sampledLines } = facets
  const note = sampledLines === null ? undefined : sayCount('logs.sampled', sampledLines)
  return <FacetList facets={facets.facets.map(toFacet)} note={note} {...rest} />
}

function toFacet({ field, values }: LogFacet): Facet {
  const key = titles[field]
  const banded = values.map((value) => {
    return { ...value, band: field === 'level' ? findBand(value.value) : undefined }
  })
  return { field, title: key === undefined ? field : say(key), values: banded }
}
