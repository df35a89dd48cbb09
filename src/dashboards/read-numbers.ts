import type { WidgetBody, WidgetExpression } from '../api/contract/dashboards.ts'
import type { JsonObject } from './json-fields.ts'
import { readConditions } from './read-conditions.ts'
import { readNumberFormat } from './read-number-format.ts'
import { readTerms, type Term } from './read-terms.ts'
import { readTop, readTopCall } from './read-top.ts'
import type { Reading } from './reading.ts'

/** One number; undefined when it cannot be asked. */
export function readQueryValue(
  definition: JsonObject,
  reading: Reading,
): Extract<WidgetBody, { type: 'query_value' }> | undefined {
  const term = readOne(definition, reading)
  return (
    term && {
      type: 'query_value',
      value: expressionOf(term),
      format: readNumberFormat(definition, term.formula),
      conditions: readConditions(term.formula, term.request),
    }
  )
}

/** The groups with the highest or lowest numbers; undefined when they cannot be asked. */
export function readToplist(
  definition: JsonObject,
  reading: Reading,
): Extract<WidgetBody, { type: 'toplist' }> | undefined {
  const term = readOne(definition, reading)
  if (term === undefined) return undefined
  const { limit, order } = readTop([term])
  const reduce = readTopCall(term.parsed)?.reduce ?? term.reduce
  return {
    type: 'toplist',
    value: { ...expressionOf(term), reduce },
    format: readNumberFormat(definition, term.formula),
    limit,
    order,
    conditions: readConditions(term.formula, term.request),
  }
}

/** Numbers side by side for each group; undefined when no column can be asked. */
export function readQueryTable(
  definition: JsonObject,
  reading: Reading,
): Extract<WidgetBody, { type: 'query_table' }> | undefined {
  const terms = readTerms(definition, reading)
  if (terms.length === 0) return undefined
  const columns = terms.map((term) => ({
    ...expressionOf(term),
    format: readNumberFormat(definition, term.formula),
    conditions: readConditions(term.formula, term.request),
  }))
  return { type: 'query_table', columns, ...readTop(terms) }
}

/** How values are spread, over time or altogether; undefined when they cannot be asked. */
export function readSpread(
  type: 'heatmap' | 'distribution',
  definition: JsonObject,
  reading: Reading,
): Extract<WidgetBody, { type: 'heatmap' | 'distribution' }> | undefined {
  const term = readOne(definition, reading)
  return term && { type, value: expressionOf(term) }
}

function readOne(definition: JsonObject, reading: Reading): Term | undefined {
  const [term, ...others] = readTerms(definition, reading)
  if (others.length > 0) reading.leaveOut(`all but the first of its ${others.length + 1} queries`)
  return term
}

function expressionOf({ text, alias, reduce }: Term): WidgetExpression {
  return { text, alias, reduce }
}
