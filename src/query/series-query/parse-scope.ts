import type { Scanner } from './scanner.ts'
import type { Filter } from './series-question.ts'

const keyPattern = /[^\s:,(){}!*]+/y
/** A value may hold colons, since tags are split at their first one. */
const valuePattern = /[^\s,(){}]+/y
const maxDepth = 30

/**
 * Reads a scope up to its closing brace: `*`, or tags with `,` or `AND`, `OR`, `NOT` or `!`, `IN (…)` and brackets.
 * A comma binds as `AND` does, and `AND` before `OR`.
 * @throws {QuestionError} With the position.
 */
export function parseScope(scanner: Scanner): Filter {
  if (scanner.take('}')) return { kind: 'all' }
  const filter = parseOr(scanner, 0)
  scanner.expect('}')
  return filter
}

function parseOr(scanner: Scanner, depth: number): Filter {
  if (depth > maxDepth) throw scanner.fault(`at most ${maxDepth} brackets may be nested`)
  const filters = [parseAnd(scanner, depth)]
  while (scanner.takeKeyword('or')) filters.push(parseAnd(scanner, depth))
  return join('or', filters)
}

function parseAnd(scanner: Scanner, depth: number): Filter {
  const filters = [parseNot(scanner, depth)]
  while (scanner.take(',') || scanner.takeKeyword('and')) filters.push(parseNot(scanner, depth))
  return join('and', filters)
}

function parseNot(scanner: Scanner, depth: number): Filter {
  if (depth > maxDepth) throw scanner.fault(`at most ${maxDepth} brackets may be nested`)
  if (scanner.take('!') || scanner.takeKeyword('not')) {
    return { kind: 'not', filter: parseNot(scanner, depth + 1) }
  }
  if (scanner.take('(')) {
    const filter = parseOr(scanner, depth + 1)
    scanner.expect(')')
    return filter
  }
  return parseTag(scanner)
}

function parseTag(scanner: Scanner): Filter {
  if (scanner.take('$')) throw scanner.fault('template variables are not supported yet')
  if (scanner.take('*')) return { kind: 'all' }
  const key = scanner.takePattern(keyPattern)
  if (key === undefined) throw scanner.fault('a tag such as key:value is expected')
  if (scanner.take(':')) return { kind: 'tag', key, value: parseValue(scanner) }
  const isNegated = scanner.takeKeyword('not')
  if (!scanner.takeKeyword('in')) {
    if (isNegated) throw scanner.fault('IN is expected')
    return { kind: 'word', text: key }
  }
  const filter = join('or', parseList(scanner, key))
  return isNegated ? { kind: 'not', filter } : filter
}

function parseList(scanner: Scanner, key: string): readonly Filter[] {
  scanner.expect('(')
  const filters: Filter[] = []
  do {
    filters.push({ kind: 'tag', key, value: parseValue(scanner) })
  } while (scanner.take(','))
  scanner.expect(')')
  return filters
}

function parseValue(scanner: Scanner): string {
  const value = scanner.takePattern(valuePattern)
  if (value === undefined) throw scanner.fault('a value is expected')
  return value
}

function join(kind: 'and' | 'or', filters: readonly Filter[]): Filter {
  const [only] = filters
  return only !== undefined && filters.length === 1 ? only : { kind, filters }
}
