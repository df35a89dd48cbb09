import { QuestionError } from '../question-error.ts'
import type { Expression } from './expression.ts'
import { groupKeys, widerKeys } from './group-keys.ts'
import { listQueries } from './list-queries.ts'
import { parseCallOptions, signatureOf } from './parse-call-options.ts'
import { parseMetricQuery } from './parse-metric-query.ts'
import { QueryScanner } from './query-scanner.ts'
import { numberPattern } from './scan-options.ts'

/** Characters of a text. */
export const maxLength = 10_000
/** Expressions of a text. */
export const maxExpressions = 20
/** Brackets, functions and signs within each other. */
export const maxDepth = 30
/** Queries and numbers of a text. */
export const maxOperands = 100

/**
 * Reads expressions in Datadog's query language, several of them separated by commas:
 * `top(avg:docker.cpu.usage{short_image:web,!host:a*} by {container_name}, 5), 100 * sum:a{*} / sum:b{*}`.
 * Each has a query in it, or a word that stands for one of `named`, as in formulas.
 * @throws {QuestionError} `invalid`, with the place of the fault and what is expected there.
 * @see https://docs.datadoghq.com/dashboards/querying/
 */
export function parseExpressions(
  text: string,
  named: ReadonlyMap<string, Expression> = new Map(),
): readonly Expression[] {
  if (text.length > maxLength) {
    const reason = `it has ${text.length} characters, at most ${maxLength} are allowed`
    throw new QuestionError('invalid', `Cannot read the query: ${reason}`, { at: maxLength })
  }
  return new ExpressionParser(text, named).parse()
}

const operandExpected = 'a query such as avg:metric{*}, a function, a number or ( is expected'
/** The name of a metric, a function or an aggregator. */
const namePattern = /[A-Za-z_][\w.]*/y

class ExpressionParser {
  readonly #scanner: QueryScanner
  readonly #named: ReadonlyMap<string, Expression>
  #depth = 0
  #operands = 0

  constructor(text: string, named: ReadonlyMap<string, Expression>) {
    this.#scanner = new QueryScanner(text)
    this.#named = named
  }

  parse(): readonly Expression[] {
    const expressions: Expression[] = []
    do {
      if (expressions.length === maxExpressions) {
        throw this.#scanner.fault(`at most ${maxExpressions} expressions may be asked at once`)
      }
      expressions.push(this.#sumWithQuery())
    } while (this.#scanner.take(','))
    if (!this.#scanner.isAtEnd) {
      throw this.#scanner.fault('one of + - * /, a comma or the end is expected')
    }
    return expressions
  }

  /** Numbers alone have no series. */
  #sumWithQuery(): Expression {
    const start = this.#scanner.position
    const expression = this.#sum()
    if (listQueries(expression).length > 0) return expression
    throw this.#scanner.faultAt(start, 'a query such as avg:metric{*} is expected beside numbers')
  }

  #sum(): Expression {
    return this.#operations(['+', '-'], () => this.#operations(['*', '/'], () => this.#signed()))
  }

  /** What operators of the same rank join is grouped from the left. */
  #operations(operators: readonly ('+' | '-' | '*' | '/')[], next: () => Expression): Expression {
    const start = this.#scanner.position
    let left = next()
    for (;;) {
      const at = this.#scanner.position
      const operator = operators.find((one) => this.#scanner.take(one))
      if (operator === undefined) return left
      const right = next()
      this.#checkGroups(at, groupKeys(left), groupKeys(right))
      left = { kind: 'operation', place: this.#scanner.placeFrom(start), operator, left, right }
    }
  }

  #checkGroups(at: number, left: readonly string[], right: readonly string[]): void {
    if (widerKeys(left, right) !== undefined) return
    const reason = `{${left.join()}} and {${right.join()}} cannot be matched, one side has to be grouped by all keys of the other`
    throw this.#scanner.faultAt(at, reason)
  }

  #signed(): Expression {
    const start = this.#scanner.position
    if (!this.#scanner.take('-')) return this.#operand()
    const of = this.#nested(() => this.#signed())
    return { kind: 'negation', place: this.#scanner.placeFrom(start), of }
  }

  #operand(): Expression {
    const scanner = this.#scanner
    const start = scanner.position
    if (scanner.take('(')) {
      const expression = this.#nested(() => this.#sum())
      if (!scanner.take(')')) throw scanner.fault('one of + - * / or ) is expected')
      return expression
    }
    const name = scanner.takePattern(namePattern)
    if (name !== undefined && scanner.take('(')) return this.#call(start, name)
    this.#countOperand(start)
    if (name === undefined) return this.#number(start)
    return this.#namedExpression(name) ?? this.#query(start, name)
  }

  /** What a word stands for that is no beginning of a query. */
  #namedExpression(word: string): Expression | undefined {
    const isQuery = this.#scanner.isBefore(':') || this.#scanner.isBefore('{')
    return isQuery ? undefined : this.#named.get(word)
  }

  /** A query whose first word was taken. */
  #query(start: number, word: string): Expression {
    const scanner = this.#scanner
    if (!scanner.take(':')) return parseMetricQuery(scanner, { start, metric: word })
    const metric = scanner.takePattern(namePattern)
    if (metric === undefined) throw scanner.fault('the name of a metric is expected')
    return parseMetricQuery(scanner, { start, aggregator: word, metric })
  }

  #number(start: number): Expression {
    const digits = this.#scanner.takePattern(numberPattern)
    if (digits === undefined) throw this.#scanner.fault(operandExpected)
    const value = Number(digits)
    if (!Number.isFinite(value)) throw this.#scanner.faultAt(start, 'a smaller number is expected')
    return { kind: 'number', place: this.#scanner.placeFrom(start), value }
  }

  #call(start: number, name: string): Expression {
    const signature = signatureOf(this.#scanner, start, name)
    const of = this.#nested(() => this.#sumWithQuery())
    const options = parseCallOptions(this.#scanner, signature)
    return { kind: 'call', place: this.#scanner.placeFrom(start), name, of, options }
  }

  #nested(read: () => Expression): Expression {
    if (this.#depth === maxDepth) {
      throw this.#scanner.fault(`at most ${maxDepth} brackets, functions and signs may be nested`)
    }
    this.#depth += 1
    const expression = read()
    this.#depth -= 1
    return expression
  }

  #countOperand(at: number): void {
    this.#operands += 1
    if (this.#operands <= maxOperands) return
    throw this.#scanner.faultAt(at, `at most ${maxOperands} queries and numbers may be combined`)
  }
}
