/** The texts between the signs `*` of what was asked for, each of which stands for anything; a single one has no `*`. */
export type TextPattern = readonly [string, ...string[]]

/** A regular expression in RE2's syntax, without its slashes. */
export interface LogRegex {
  readonly source: string
  /** Letters match in both cases. */
  readonly isCaseless: boolean
}

/** One end of a range. */
export interface RangeEnd {
  /** Of a level, its place in `logLevels`. */
  readonly value: number
  readonly isIncluded: boolean
}

/** What the value of a field has to be like; a range has at least one end. */
export type FieldTest =
  | { readonly kind: 'text'; readonly pattern: TextPattern }
  | { readonly kind: 'regex'; readonly regex: LogRegex }
  | { readonly kind: 'range'; readonly from?: RangeEnd; readonly to?: RangeEnd }

/** Which lines are meant. `text` and `regex` look at the message. */
export type LogFilter =
  | { readonly kind: 'all' }
  | { readonly kind: 'text'; readonly pattern: TextPattern }
  | { readonly kind: 'regex'; readonly regex: LogRegex }
  | { readonly kind: 'field'; readonly key: string; readonly test: FieldTest }
  | { readonly kind: 'not'; readonly filter: LogFilter }
  | { readonly kind: 'and' | 'or'; readonly filters: readonly LogFilter[] }

/** Whether a field is the level of the line. */
export function isLevelKey(key: string): boolean {
  return key === 'level' || key === 'status'
}
