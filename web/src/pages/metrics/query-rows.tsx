import { useMemo, type ReactElement } from 'react'

import { say } from '../../messages/metrics.ts'
import { addQuery, changeQuery, removeQuery } from './edit-model.ts'
import { FormulaBox } from './formula-box.tsx'
import { isPlain, mostQueries, queryName, queryOf, type QueryModel } from './query-model.ts'
import { QueryRow } from './query-row.tsx'
import { readModel } from './read-query.ts'
import { writeModel } from './write-query.ts'

/** The queries of a text as fields to pick from; each pick writes the text anew. A text that is too involved has none. */
export function QueryRows(props: {
  readonly query: string
  readonly onQuery: (query: string) => void
}): ReactElement {
  const { query, onQuery } = props
  const isEmpty = query.trim() === ''
  const model = useMemo(() => (isEmpty ? emptyModel : readModel(query)), [isEmpty, query])
  if (model === undefined) {
    return (
      <p className="border-b border-line bg-panel px-3.5 pb-2.5 text-faint sm:px-5">
        {say('metrics.onlyText')}
      </p>
    )
  }
  const write = (changed: QueryModel): void => onQuery(writeModel(changed))
  const last = model.queries.at(-1)
  const hasFormula = model.queries.length > 1 || !isPlain(model)
  const adder = (
    <button
      type="button"
      className="control"
      disabled={model.queries.length === mostQueries}
      onClick={() => last && write(addQuery(model, queryOf(last.metric)))}
    >
      + {say('metrics.addQuery')}
    </button>
  )
  return (
    <div className="query-rows">
      {model.queries.map((one, place) => (
        <QueryRow
          // Queries have no other name than their place.
          key={queryName(place)}
          name={queryName(place)}
          isOnly={model.queries.length === 1}
          query={one}
          onChange={(change) => write(changeQuery(model, place, change))}
          onRemove={() => write(removeQuery(model, place))}
        >
          {!hasFormula && adder}
        </QueryRow>
      ))}
      {hasFormula && (
        <div className="query-row">
          <FormulaBox model={model} onModel={write} />
          {adder}
        </div>
      )}
    </div>
  )
}

/** One query about no metric yet. */
const emptyModel: QueryModel = { queries: [queryOf('')], formulas: [queryName(0)] }
