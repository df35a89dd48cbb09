import type { ReactElement } from 'react'

import type { LogFacet, LogFacets } from '../../../src/api/contract/logs.ts'
import { say, sayCount, type LogMessageKey } from '../messages/logs.ts'
import { countQuantity } from '../units/quantity.ts'
import { choiceOf, type ValueChoice } from './edit-query.ts'
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

/** A value of a field, and what is to become of it in the query. */
export type ChooseValue = (key: string, value: string, choice: ValueChoice) => void

/** The most frequent values of each field. A click asks for a value, its second button leaves it out. */
export function FacetList(props: {
  readonly facets: LogFacets
  readonly query: string
  /** Fields that say the same of all lines. */
  readonly omitted: readonly string[]
  readonly onChoose: ChooseValue
}): ReactElement {
  const { facets, query, omitted, onChoose } = props
  const shown = facets.facets.filter(
    ({ field, values }) => values.length > 0 && !omitted.includes(field),
  )
  return (
    <nav aria-label={say('logs.facets')} className="log-facets">
      {shown.map((facet) => (
        <details key={facet.field} open className="log-facet">
          <summary>{titleOf(facet.field)}</summary>
          <ul>
            {facet.values.map(({ value, count }) => (
              <Value
                key={value}
                field={facet.field}
                value={value}
                count={count}
                choice={choiceOf(query, facet.field, value)}
                onChoose={onChoose}
              />
            ))}
          </ul>
        </details>
      ))}
      {facets.sampledLines !== null && shown.length > 0 && (
        <p className="px-1 pt-2 text-2xs text-faint">
          {sayCount('logs.sampled', facets.sampledLines)}
        </p>
      )}
    </nav>
  )
}

function Value(props: {
  readonly field: string
  readonly value: string
  readonly count: number
  readonly choice: ValueChoice | undefined
  readonly onChoose: ChooseValue
}): ReactElement {
  const { field, value, count, choice, onChoose } = props
  const text = value === '' ? say('logs.none') : value
  return (
    <li data-choice={choice} data-band={field === 'level' ? findBand(value) : undefined}>
      <button
        type="button"
        className="log-facet-value"
        aria-pressed={choice === 'included'}
        title={text}
        onClick={(event) => onChoose(field, value, event.altKey ? 'excluded' : 'included')}
      >
        <span className="truncate">{text}</span>{' '}
        <span className="log-facet-count">{countQuantity(count).number}</span>
      </button>
      <button
        type="button"
        className="log-facet-exclude"
        aria-pressed={choice === 'excluded'}
        aria-label={say('logs.exclude', { value: text })}
        title={say('logs.exclude', { value: text })}
        onClick={() => onChoose(field, value, 'excluded')}
      >
        −
      </button>
    </li>
  )
}

function titleOf(field: LogFacet['field']): string {
  const key = titles[field]
  return key === undefined ? field : say(key)
}
