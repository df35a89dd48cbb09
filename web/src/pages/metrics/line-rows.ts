import { curveFigures, type CurveFigures } from '../../charts/history-figures.ts'
import type { Curve } from '../../data/metric-answers.ts'
import { columnScaleFor } from '../../units/metric-unit.ts'
import { figureNames, type FigureName, type LineSort } from './view.ts'

/** One line of the answer as a row of the table. */
export interface LineRow {
  readonly curve: Curve
  readonly label: string
  /** Place of its colour in the palette: its place in the answer. */
  readonly colour: number
  readonly figures: CurveFigures
}

/** How the numbers of a column are written. */
export interface FigureColumn {
  /** Of the head; empty where rows have different units. */
  readonly unit: string
  readonly text: (row: LineRow) => string
}

/** Rows in the order of the answer. */
export function lineRows(curves: readonly Curve[]): readonly LineRow[] {
  const queries = new Set(curves.map(({ expression }) => withoutScopes(expression)))
  return curves.map((curve, colour) => ({
    curve,
    label: lineLabel(curve, queries.size === 1),
    colour,
    figures: curveFigures(curve),
  }))
}

/** Rows by one of their figures, those without it last, or by name. */
export function sortRows(
  rows: readonly LineRow[],
  { column, isFalling }: LineSort,
): readonly LineRow[] {
  const sign = isFalling ? -1 : 1
  const byName = (left: LineRow, right: LineRow): number =>
    left.label.localeCompare(right.label, undefined, { numeric: true })
  if (column === 'name') return rows.toSorted((left, right) => sign * byName(left, right))
  return rows.toSorted((left, right) => {
    const one = left.figures[column]
    const other = right.figures[column]
    if (one === undefined || other === undefined) {
      return Number(one === undefined) - Number(other === undefined)
    }
    return sign * (one - other) || byName(left, right)
  })
}

/**
 * All numbers of a column in the same unit, the figures beside each other too, but for the sum; in one for each unit of a metric where
 * rows have different ones.
 */
export function figureColumns(
  rows: readonly LineRow[],
): Readonly<Record<FigureName, FigureColumn>> {
  const units = [...new Set(rows.map(({ curve }) => curve.unit))]
  const columnOf = (name: FigureName): FigureColumn => {
    const scales = new Map(
      units.map((unit) => {
        const alike = rows.filter(({ curve }) => curve.unit === unit)
        return [
          unit,
          columnScaleFor(
            unit,
            alike.flatMap(({ figures }) => comparedWith(name).map((other) => figures[other])),
          ),
        ]
      }),
    )
    const only = units.length === 1 ? scales.get(units[0] ?? '') : undefined
    return {
      unit: only?.unit ?? '',
      text: ({ curve, figures }) => {
        const value = figures[name]
        return only?.numberText(value) ?? scales.get(curve.unit)?.text(value) ?? ''
      },
    }
  }
  return {
    min: columnOf('min'),
    avg: columnOf('avg'),
    max: columnOf('max'),
    last: columnOf('last'),
    sum: columnOf('sum'),
  }
}

/** The figures that are of the same size. */
function comparedWith(name: FigureName): readonly FigureName[] {
  return name === 'sum' ? ['sum'] : ['min', 'avg', 'max', 'last']
}

/** The table as comma-separated values: numbers as they were answered, in the unit of the metric. */
export function writeCsv(rows: readonly LineRow[]): string {
  const keys = [...new Set(rows.flatMap(({ curve }) => curve.groups.map(([key]) => key)))]
  const head = [...keys, 'query', 'unit', ...figureNames]
  const lines = rows.map(({ curve, figures }) => {
    const groups = new Map(curve.groups)
    const texts = [...keys.map((key) => groups.get(key) ?? ''), curve.expression, curve.unit]
    return [...texts.map(quote), ...figureNames.map((name) => figures[name] ?? '')]
  })
  return [head.map(quote), ...lines].map((cells) => `${cells.join(',')}\r\n`).join('')
}

/** The values it was grouped by; where lines come from several queries, the query too. */
function lineLabel({ expression, groups }: Curve, isOnlyQuery: boolean): string {
  const name = groups.map(([key, value]) => (value === '' ? `${key}: –` : value)).join(', ')
  if (name === '') return expression
  return isOnlyQuery ? name : `${withoutScopes(expression)} ${name}`
}

function withoutScopes(expression: string): string {
  return expression.replaceAll(/(?:\s+by\s*)?\{[^}]*\}/g, '')
}

/** A text that begins like a formula is not to be one for a spreadsheet. */
function quote(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
