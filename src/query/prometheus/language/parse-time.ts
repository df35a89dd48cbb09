import { parseDuration, parseNumber } from './parse-literals.ts'
import type { PromExpression, SelectorExpression, SubqueryExpression } from './promql.ts'
import { childNamed, childrenOf, fault, textOf, type Source } from './syntax-node.ts'
import { expectType } from './value-type.ts'

/** An expression, and whether it stood there without parentheses. */
export interface Operand {
  readonly of: PromExpression
  readonly isBare: boolean
}

/**
 * What `[5m]`, `[1h:1m]`, `offset 5m` or `@ 1700000000` make of the expression before them; `source` is the node that ends
 * with one of these.
 */
export function applyPostfix(source: Source, operand: Operand): PromExpression {
  switch (source.node.name) {
    case 'SubqueryExpr':
      return applySubquery(source, operand)
    case 'MatrixSelector':
      return applyRange(source, operand)
    case 'OffsetExpr':
      return applyOffset(source, operand)
    default:
      return applyAt(source, operand)
  }
}

function applySubquery(source: Source, { of }: Operand): PromExpression {
  const [, range = source, step] = childrenOf(source)
  expectType(of, 'instant vector', { text: source.text, where: 'before a subquery' })
  const stepMs = step && positiveMs(step)
  const place = { ...of.place, end: source.node.to }
  const rangeMs = positiveMs(range)
  return { kind: 'subquery', place, of, rangeMs, offsetMs: 0, ...(stepMs && { stepMs }) }
}

function applyRange(source: Source, { of, isBare }: Operand): PromExpression {
  const [, range = source] = childrenOf(source)
  if (of.kind !== 'selector' || of.rangeMs !== undefined || !isBare) {
    throw fault(range, 'a range can only follow a selector; write [1h:1m] for what is computed')
  }
  if (of.offsetMs !== 0 || of.at !== undefined) {
    throw fault(range, 'the range has to stand before offset and @')
  }
  return { ...of, place: { ...of.place, end: source.node.to }, rangeMs: positiveMs(range) }
}

function applyOffset(source: Source, operand: Operand): PromExpression {
  const modifier = childrenOf(source).at(-1) ?? source
  const of = timed(operand, modifier, 'offset')
  if (of.offsetMs !== 0) throw fault(modifier, 'there are two offsets')
  return { ...of, place: { ...of.place, end: source.node.to }, offsetMs: durationMs(modifier) }
}

function applyAt(source: Source, operand: Operand): PromExpression {
  const modifier = childrenOf(source).at(-1) ?? source
  const of = timed(operand, modifier, '@')
  if (of.at !== undefined) throw fault(modifier, 'there are two times after @')
  return { ...of, place: { ...of.place, end: source.node.to }, at: atOf(modifier) }
}

function timed(
  { of, isBare }: Operand,
  modifier: Source,
  name: string,
): SelectorExpression | SubqueryExpression {
  if (isBare && (of.kind === 'selector' || of.kind === 'subquery')) return of
  throw fault(modifier, `${name} can only follow a selector or a subquery`)
}

function atOf(modifier: Source): number | 'start' | 'end' {
  if (childNamed(modifier, 'AtStart') !== undefined) return 'start'
  if (childNamed(modifier, 'AtEnd') !== undefined) return 'end'
  const seconds = parseNumber(textOf(modifier))
  if (seconds === undefined || !Number.isFinite(seconds)) {
    throw fault(modifier, `"${textOf(modifier)}" is no time`)
  }
  return Math.round(seconds * 1000)
}

function positiveMs(source: Source): number {
  const ms = durationMs(source)
  if (ms <= 0) throw fault(source, 'a duration has to be greater than 0')
  return ms
}

function durationMs(source: Source): number {
  const text = textOf(source).trim()
  const [, sign = '', bare = ''] = /^([+-]?)\s*(.*)$/s.exec(text) ?? []
  const sizeMs = parseDuration(bare) ?? 1000 * (parseNumber(bare) ?? NaN)
  if (!Number.isFinite(sizeMs)) throw fault(source, `"${text}" is no duration`)
  return Math.round(sign === '-' ? -sizeMs : sizeMs)
}
