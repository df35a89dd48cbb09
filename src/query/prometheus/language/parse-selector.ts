import { parseText } from './parse-literals.ts'
import type { Matcher, SelectorExpression } from './promql.ts'
import { childNamed, childrenOf, fault, placeOf, textOf, type Source } from './syntax-node.ts'

const operators: ReadonlySet<string> = new Set<Matcher['operator']>(['=', '!=', '=~', '!~'])

/**
 * `metric{label="value"}`.
 * @throws {PrometheusError} When nothing in it has to be there, or the metric is named twice.
 */
export function parseSelector(source: Source): SelectorExpression {
  const name = childNamed(source, 'Identifier')
  const conditions = childNamed(source, 'LabelMatchers')
  const listed = conditions === undefined ? [] : childrenOf(conditions).map(parseMatcher)
  const matchers: Matcher[] = name === undefined ? listed : [nameMatcher(textOf(name)), ...listed]
  if (name !== undefined && listed.some(({ label }) => label === '__name__')) {
    throw fault(source, 'the metric is named twice, before the braces and between them')
  }
  if (matchers.every(isEmptyCondition)) {
    throw fault(source, 'a selector needs at least one matcher that the empty text does not fit')
  }
  return { kind: 'selector', place: placeOf(source), matchers, offsetMs: 0 }
}

/** Reads what stands in quotes. */
export function readQuoted(source: Source): string {
  const value = parseText(textOf(source))
  if (value === undefined) throw fault(source, 'the text in quotes does not end or cannot be read')
  return value
}

function nameMatcher(value: string): Matcher {
  return { label: '__name__', operator: '=', value }
}

function parseMatcher(source: Source): Matcher {
  if (source.node.name === 'QuotedLabelName') return nameMatcher(quotedName(source))
  const [label, operator, value] = childrenOf(source)
  if (label === undefined || operator === undefined || value === undefined) {
    throw fault(source, 'expected a label, an operator and a text')
  }
  const sign = textOf(operator)
  if (!isOperator(sign)) throw fault(operator, `unexpected "${sign}"`)
  const name = label.node.name === 'QuotedLabelName' ? quotedName(label) : textOf(label)
  return { label: name, operator: sign, value: readQuoted(value) }
}

function quotedName(source: Source): string {
  const literal = childNamed(source, 'StringLiteral')
  return readQuoted(literal ?? source)
}

function isOperator(text: string): text is Matcher['operator'] {
  return operators.has(text)
}

/** Whether a series without the label surely fits; what a pattern fits is for the engine to say. */
function isEmptyCondition({ operator, value }: Matcher): boolean {
  if (operator === '=') return value === ''
  if (operator === '!=') return value !== ''
  const fitsEmpty = value === '' || value === '.*'
  return operator === '=~' ? fitsEmpty : !fitsEmpty
}
