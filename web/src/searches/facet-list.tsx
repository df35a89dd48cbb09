import type { ReactElement } from 'react'

import { say } from '../messages/search.ts'
import { countQuantity } from '../units/quantity.ts'
import { choiceOf, type ValueChoice } from './edit-query.ts'

/** A field with its most frequent values. */
export interface Facet {
  /** As the search names it. */
  readonly field: string
  readonly title: string
  readonly values: readonly FacetValue[]
}

/** A value of a field. */
export interface FacetValue {
  readonly value: string
  readonly count: number
  /** Shown instead of the value itself. */
  readonly text?: string | undefined
  /** Its colour, as `data-band` in the style sheet. */
  readonly band?: string | undefined
}

/** A value of a field, and what is to become of it in the query. */
export type ChooseValue = (key: string, value: string, choice: ValueChoice) => void

/** The most frequent values of each field. A click asks for a value, its second button leaves it out. */
export function FacetList(props: {
  readonly facets: readonly Facet[]
  readonly query: string
  /** Fields that say the same of all that is found. */
  readonly omitted: readonly string[]
  /** What the counts are of, where they are not of everything. */
  readonly note?: string | undefined
  readonly onChoose: ChooseValue
}): ReactElement {
  const { facets, query, omitted, note, onChoose } = props
  const shown = facets.filter(({ field, values }) => values.length > 0 && !omitted.includes(field))
  return (
    <nav aria-label={say('search.fields')} className="facets">
      {shown.map(({ field, title, values }) => (
        <details key={field} open className="facet">
          <summary>{title}</summary>
          <ul>
            {values.map((value) => (
              <Value
                key={value.value}
                field={field}
                of={value}
                choice={choiceOf(query, field, value.value)}
                onChoose={onChoose}
              />
            ))}
          </ul>
        </details>
      ))}
      {note !== undefined && shown.length > 0 && (
        <p className="px-1 pt-2 text-2xs text-faint">{note}</p>
      )}
    </nav>
  )
}

function Value(props: {
  readonly field: string
  readonly of: FacetValue
  readonly choice: ValueChoice | undefined
  readonly onChoose: ChooseValue
}): ReactElement {
  const { field, of, choice, onChoose } = props
  const { value, count, band } = of
  const text = of.text ?? (value === '' ? say('search.none') : value)
  return (
    <li data-choice={choice} data-band={band}>
      <button
        type="button"
        className="facet-value"
        aria-pressed={choice === 'included'}
        title={text}
        onClick={(event) => onChoose(field, value, event.altKey ? 'excluded' : 'included')}
      >
        <span className="truncate">{text}</span>{' '}
        <span className="facet-count">{countQuantity(count).number}</span>
      </button>
      <button
        type="button"
        className="facet-exclude"
        aria-pressed={choice === 'excluded'}
        aria-label={say('search.exclude', { value: text })}
        title={say('search.exclude', { value: text })}
        onClick={() => onChoose(field, value, 'excluded')}
      >
        −
      </button>
    </li>
  )
}
