import type { Filter } from './expression.ts'
import type { QueryScanner } from './query-scanner.ts'

const keyPattern = /[^\s:,(){}!*$]+/y
/** A value may hold colons, since tags are split at their first one. */
const valuePattern = /[^\s,(){}]+/y
const variablePattern = /\$[A-Za-z_]/y
/** Brackets and negations within each other. */
const maxDepth = 30

/**
 * Reads a scope up to its closing brace: `*`, or tags with `,` or `AND`, `OR`, `NOT` or `!`, `IN (…)` and brackets.
 * A comma binds as `AND` does, and `AND` before `OR`. An empty scope means every series, as `*` does.
 * @throws {QuestionError} With the place of the fault.
 * @see https://docs.datadoghq.com/metrics/advanced-filtering/
 */
export function parseScope(scanner: QueryScanner): Filter {
  if (scanner.take('}')) return { kind: 'all' }
  const filter = parseOr(scanner, 0)
  if (!scanner.take('}')) throw scanner.fault('a comma, AND, OR or } is expected')
  return filter
}

function parseOr(scanner: QueryScanner, depth: number): Filter {
  const filters = [parseAnd(scanner, depth)]
  while (scanner.takeKeyword('or')) filters.push(parseAnd(scanner, depth))
  return join('or', filters)
}

function parseAnd(scanner: QueryScanner, depth: number): Filter {
  const filters = [parseNot(scanner, depth)]
  while (scanner.take(',') || scanner.takeKeyword('and')) filters.push(parseNot(scanner, depth))
  return join('and', filters)
}

function parseNot(scanner: QueryScanner, depth: number): Filter {
  if (depth > maxDepth) {
    throw scanner.fault(`at most ${maxDepth} brackets and negations may be nested`)
  }
  if (scanner.take('!') || scanner.takeKeyword('not')) {
    return { kind: 'not', filter: parseNot(scanner, depth + 1) }
  }
  if (!scanner.take('(')) return parseTag(scanner)
  const filter = parseOr(scanner, depth + 1)
  if (!scanner.take(')')) throw scanner.fault('a comma, AND, OR or ) is expected')
  return filter
}

function parseTag(scanner: QueryScanner): Filter {
  if (scanner.take('*')) return { kind: 'all' }
  refuseVariable(scanner)
  const key = scanner.takePattern(keyPattern)
  if (key === undefined) throw scanner.fault('a tag such as key:value, or *, is expected')
  if (scanner.take(':')) return { kind: 'tag', key, value: parseValue(scanner) }
  const isNegated = scanner.takeKeyword('not')
  if (scanner.takeKeyword('in')) {
    const filter = join('or', parseList(scanner, key))
    return isNegated ? { kind: 'not', filter } : filter
  }
  if (isNegated) throw scanner.fault(`IN is expected, as in ${key} NOT IN (a, b)`)
  return { kind: 'word', text: key }
}

function parseList(scanner: QueryScanner, key: string): readonly Filter[] {
  scanner.expect('(', `${key} IN (a, b)`)
  const filters: Filter[] = []
  do {
    filters.push({ kind: 'tag', key, value: parseValue(scanner) })
  } while (scanner.take(','))
  if (!scanner.take(')')) throw scanner.fault('a comma or ) is expected')
  return filters
}

function parseValue(scanner: QueryScanner): string {
  refuseVariable(scanner)
  const value = scanner.takePattern(valuePattern)
  if (value === undefined) throw scanner.fault('the value of a tag is expected')
  return value
}

/** Dashboards put values in the place of their variables before they ask. */
function refuseVariable(scanner: QueryScanner): void {
  const at = scanner.position
  if (scanner.takePattern(variablePattern) === undefined) return
  throw scanner.faultAt(at, 'only dashboards know template variables')
}

function join(kind: 'and' | 'or', filters: readonly Filter[]): Filter {
  const [only] = filters
  return only !== undefined && filters.length === 1 ? only : { kind, filters }
}
