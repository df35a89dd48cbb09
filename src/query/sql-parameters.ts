/** What can be bound. */
export type SqlValue = string | number | bigint | readonly string[]

/** Parts of a statement with the values it binds; no text of a person is ever part of the statement itself. */
export class SqlParameters {
  readonly values: Record<string, SqlValue> = {}
  readonly #prefix: string

  /** What the names of its values begin with: another for each part of a statement that binds values of its own. */
  constructor(prefix = 'p') {
    this.#prefix = prefix
  }

  /** Binds a text and returns what stands for it. */
  text(value: string): string {
    return this.#bind(value.toWellFormed(), 'String')
  }

  /** Binds a list of texts and returns what stands for it. */
  texts(value: readonly string[]): string {
    return this.#bind(value, 'Array(String)')
  }

  /** Binds a whole number and returns what stands for it. */
  whole(value: number | bigint): string {
    return this.#bind(typeof value === 'bigint' ? value : Math.trunc(value), 'Int64')
  }

  /** Binds a whole number that is not negative and returns what stands for it. */
  unsigned(value: bigint): string {
    return this.#bind(value, 'UInt64')
  }

  /** Binds any finite number and returns what stands for it. */
  real(value: number): string {
    return this.#bind(value, 'Float64')
  }

  #bind(value: SqlValue, type: string): string {
    const name = `${this.#prefix}${Object.keys(this.values).length}`
    this.values[name] = value
    return `{${name}:${type}}`
  }
}
