import { isLevelKey, type LogFilter } from './log-filter.ts'
import { LogQueryError } from './log-query-error.ts'
import { LogScanner } from './log-scanner.ts'
import { parseFieldTest } from './parse-field-test.ts'
import { parseRegexTerm } from './parse-regex-term.ts'

/** Characters of a query. */
export const maxQueryLength = 4096
/** Words, phrases, fields and regular expressions of a query. */
export const maxTerms = 100
/** Brackets and negations within each other. */
export const maxDepth = 20

/**
 * Reads a query: words, `"phrases"`, `key:value`, `/regular expressions/`, joined by `AND` (which may be left out), `OR`,
 * `NOT` or `-`, and brackets. An empty one, and `*`, mean every line. docs/guide/logs.md tells what each part matches.
 * @throws {LogQueryError} With the place of the fault and what is expected there.
 */
export function parseLogQuery(text: string): LogFilter {
  if (text.length > maxQueryLength) {
    const reason = `it has ${text.length} characters, at most ${maxQueryLength} are allowed`
    throw new LogQueryError(text, maxQueryLength, reason)
  }
  return new LogQueryParser(text).parse()
}

/** Reads a term without brackets, about the message or about one field. */
type ReadTerm = () => LogFilter

const termExpected = 'a word, a "phrase", key:value or /regular expression/ is expected'

class LogQueryParser {
  readonly #scanner: LogScanner
  #terms = 0
  #depth = 0

  constructor(text: string) {
    this.#scanner = new LogScanner(text)
  }

  parse(): LogFilter {
    if (this.#scanner.isAtEnd) return { kind: 'all' }
    const filter = this.#alternatives(this.#messageTerm)
    if (!this.#scanner.isAtEnd)
      throw this.#scanner.fault('no bracket is open that this could close')
    return filter
  }

  #alternatives(readTerm: ReadTerm): LogFilter {
    const filters = [this.#conjunction(readTerm)]
    while (this.#scanner.takeKeyword('OR')) filters.push(this.#conjunction(readTerm))
    return join('or', filters)
  }

  #conjunction(readTerm: ReadTerm): LogFilter {
    const filters = [this.#negatable(readTerm)]
    while (this.#scanner.takeKeyword('AND') || this.#isBeforeTerm()) {
      filters.push(this.#negatable(readTerm))
    }
    return join('and', filters)
  }

  #isBeforeTerm(): boolean {
    const scanner = this.#scanner
    return !(scanner.isAtEnd || scanner.isBefore(')') || scanner.isBeforeKeyword('OR'))
  }

  #negatable(readTerm: ReadTerm): LogFilter {
    if (!this.#scanner.takeKeyword('NOT') && !this.#scanner.takeMinus())
      return this.#group(readTerm)
    return { kind: 'not', filter: this.#nested(() => this.#negatable(readTerm)) }
  }

  #group(readTerm: ReadTerm): LogFilter {
    const start = this.#scanner.position
    if (!this.#scanner.take('(')) {
      this.#countTerm()
      return readTerm()
    }
    const filter = this.#nested(() => this.#alternatives(readTerm))
    if (!this.#scanner.take(')')) throw this.#scanner.faultAt(start, 'its closing ) is missing')
    return filter
  }

  readonly #messageTerm = (): LogFilter => {
    const scanner = this.#scanner
    const start = scanner.position
    const key = scanner.takeKey()
    if (key !== undefined) return this.#field(key, start)
    const regex = parseRegexTerm(scanner)
    if (regex !== undefined) return { kind: 'regex', regex }
    const quoted = scanner.takeQuoted()
    if (quoted === '') throw scanner.faultAt(start, 'a text is expected between the quotes')
    const pattern = quoted === undefined ? scanner.takeWord() : ([quoted] as const)
    return pattern.every((piece) => piece === '') ? { kind: 'all' } : { kind: 'text', pattern }
  }

  #field(key: string, start: number): LogFilter {
    if (this.#scanner.isAtWordEnd && !this.#scanner.isAt('(')) {
      const hint = 'a colon that is meant itself is written \\: or put in quotes'
      throw this.#scanner.faultAt(start, `${key}: needs a value right after the colon; ${hint}`)
    }
    return this.#group(() => ({
      kind: 'field',
      key,
      test: parseFieldTest(this.#scanner, isLevelKey(key)),
    }))
  }

  #nested(read: () => LogFilter): LogFilter {
    this.#depth += 1
    if (this.#depth > maxDepth) {
      throw this.#scanner.fault(`at most ${maxDepth} brackets and negations may be nested`)
    }
    const filter = read()
    this.#depth -= 1
    return filter
  }

  #countTerm(): void {
    const scanner = this.#scanner
    if (scanner.isAtEnd || scanner.isBefore(')')) throw scanner.fault(termExpected)
    if (scanner.isBeforeKeyword('AND') || scanner.isBeforeKeyword('OR')) {
      throw scanner.fault(`${termExpected}; the word itself is put in quotes`)
    }
    this.#terms += 1
    if (this.#terms > maxTerms) throw scanner.fault(`at most ${maxTerms} terms are allowed`)
  }
}

function join(kind: 'and' | 'or', filters: readonly LogFilter[]): LogFilter {
  const [only] = filters
  return only !== undefined && filters.length === 1 ? only : { kind, filters }
}
