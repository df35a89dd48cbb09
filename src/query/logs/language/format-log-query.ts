import { logLevels } from '../../../model/log-level.ts'
import {
  isLevelKey,
  type FieldTest,
  type LogFilter,
  type LogRegex,
  type TextPattern,
} from './log-filter.ts'

/** The text of a query that `parseLogQuery` reads as this filter. */
export function formatLogQuery(filter: LogFilter): string {
  switch (filter.kind) {
    case 'all':
      return '*'
    case 'text':
      return formatPattern(filter.pattern)
    case 'regex':
      return formatRegex(filter.regex)
    case 'field':
      return `${formatKey(filter.key)}:${formatTest(filter.test, isLevelKey(filter.key))}`
    case 'not':
      return `NOT ${formatWithin(filter.filter)}`
    case 'and':
      return filter.filters.map(formatWithin).join(' ')
    case 'or':
      // `AND` binds closer than `OR`.
      return filter.filters
        .map((part) => (part.kind === 'and' ? formatLogQuery(part) : formatWithin(part)))
        .join(' OR ')
  }
}

function formatWithin(filter: LogFilter): string {
  const text = formatLogQuery(filter)
  return filter.kind === 'and' || filter.kind === 'or' ? `(${text})` : text
}

function formatTest(test: FieldTest, isLevel: boolean): string {
  switch (test.kind) {
    case 'text':
      return formatPattern(test.pattern)
    case 'regex':
      return formatRegex(test.regex)
    case 'range': {
      const { from, to } = test
      const start = from?.isIncluded === true ? '[' : '{'
      const end = to?.isIncluded === true ? ']' : '}'
      return `${start}${formatEnd(from?.value, isLevel)} TO ${formatEnd(to?.value, isLevel)}${end}`
    }
  }
}

function formatEnd(value: number | undefined, isLevel: boolean): string {
  if (value === undefined) return '*'
  return isLevel ? (logLevels[value] ?? 'unknown') : String(value)
}

function formatRegex({ source, isCaseless }: LogRegex): string {
  return `/${source}/${isCaseless ? 'i' : ''}`
}

/** A text without `*` is put in quotes, unless it is a plain word. */
function formatPattern(pattern: TextPattern): string {
  const [only] = pattern
  if (pattern.length > 1) return pattern.map(escapeWord).join('*')
  if (/^[\p{L}\p{N}][\p{L}\p{N}_.]*$/u.test(only) && !/^(?:AND|OR|NOT)$/.test(only)) return only
  return `"${only.replaceAll(/["\\]/g, String.raw`\$&`)}"`
}

function escapeWord(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N}_.]/gu, String.raw`\$&`)
}

function formatKey(key: string): string {
  const name = key.startsWith('@') ? key.slice(1) : key
  const escaped = name.replaceAll(/^[^\p{L}_$]|[^\p{L}\p{N}_.$@/-]/gu, String.raw`\$&`)
  return key.startsWith('@') ? `@${escaped}` : escaped
}
