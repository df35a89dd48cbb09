import type { WidgetExpression } from '../api/contract/dashboards.ts'
import type { Expression } from '../query/metric-language/expression.ts'
import { nameIn, numberIn, objectIn, objectsIn } from './json-fields.ts'
import type { Term } from './read-terms.ts'

/** Which rows of a list are shown. */
export interface Top {
  readonly limit: number
  readonly order: 'asc' | 'desc'
  /** What is sorted by, counted from 0. */
  readonly orderBy: number
}

/** How many groups are kept, by which number, and which come first. */
interface TopCall {
  readonly count: number | undefined
  readonly reduce: WidgetExpression['reduce'] | undefined
  readonly order: Top['order']
}

const reductions: ReadonlyMap<string, WidgetExpression['reduce']> = new Map([
  ['mean', 'avg'],
  ['max', 'max'],
  ['min', 'min'],
  ['last', 'last'],
  ['sum', 'sum'],
  ['area', 'area'],
  ['l2norm', 'l2norm'],
])
const topPattern = /^(top|bottom)(\d+)?(?:_(\w+))?$/
const orders = ['asc', 'desc'] as const
const usualLimit = 10
const maxLimit = 1000

/** What the file says of a list's rows: in the request's `sort`, in a formula, in the request itself, or by `top(…)`. */
export function readTop(terms: readonly Term[]): Top {
  const request = terms[0]?.request ?? {}
  const sort = objectIn(request, 'sort')
  const sortedBy = objectsIn(sort, 'order_by').find(({ type }) => type === 'formula') ?? {}
  const limits = terms.map(({ formula }) => objectIn(formula, 'limit'))
  const ordered = terms.map(
    (term, index) =>
      nameIn(limits[index] ?? {}, 'order', orders) ?? nameIn(term.request, 'order', orders),
  )
  const call = readTopCall(terms[0]?.parsed)
  const counts = [
    numberIn(sort, 'count'),
    ...limits.map((limit) => numberIn(limit, 'count')),
    numberIn(request, 'limit'),
    call?.count,
  ]
  const orderBy = numberIn(sortedBy, 'index') ?? ordered.findIndex((order) => order !== undefined)
  const order = nameIn(sortedBy, 'order', orders) ?? ordered.find((one) => one !== undefined)
  return {
    limit: clamp(counts.find((count) => count !== undefined) ?? usualLimit, 1, maxLimit),
    order: order ?? call?.order ?? 'desc',
    orderBy: clamp(orderBy, 0, terms.length - 1),
  }
}

/** What `top(…, 5, 'max', 'desc')` or `top5_max(…)` around an expression says. */
export function readTopCall(expression: Expression | undefined): TopCall | undefined {
  if (expression?.kind !== 'call') return undefined
  const [, side, shortCount, shortMethod] = topPattern.exec(expression.name) ?? []
  if (side === undefined) return undefined
  const [count = Number(shortCount), method = shortMethod, order] = expression.options
  return {
    count: typeof count === 'number' ? count : undefined,
    reduce: reductions.get(String(method)),
    order: orders.find((one) => one === order) ?? (side === 'top' ? 'desc' : 'asc'),
  }
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, Math.trunc(value)))
}
