const unitsMs: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  y: 31_536_000_000,
}

/** Milliseconds of `1h30m`; undefined when it is no duration. A year has 365 days. */
export function parseDuration(text: string): number | undefined {
  if (!/^(\d+y)?(\d+w)?(\d+d)?(\d+h)?(\d+m)?(\d+s)?(\d+ms)?$/.test(text) || text === '') {
    return undefined
  }
  let totalMs = 0
  for (const [, count = '', unit = ''] of text.matchAll(/(\d+)(ms|[smhdwy])/g)) {
    totalMs += Number(count) * (unitsMs[unit] ?? 0)
  }
  return totalMs
}

/** The number that a literal says: `1e3`, `0x1F`, `1_000`, `Inf`, or a duration in seconds; undefined for none. */
export function parseNumber(text: string): number | undefined {
  const [, sign = '', bare = ''] = /^([+-]?)\s*(.*)$/s.exec(text) ?? []
  const size = parseUnsigned(bare)
  return size === undefined || sign !== '-' ? size : -size
}

function parseUnsigned(text: string): number | undefined {
  if (/^inf(inity)?$/i.test(text)) return Infinity
  if (/^nan$/i.test(text)) return NaN
  const durationMs = parseDuration(text)
  if (durationMs !== undefined) return durationMs / 1000
  const plain = text.replaceAll('_', '')
  if (/^0x[\da-f]+$/i.test(plain)) return Number.parseInt(plain.slice(2), 16)
  // A leading zero means octal, as in Go.
  if (/^0[0-7]+$/.test(plain)) return Number.parseInt(plain, 8)
  return /^(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) ? Number(plain) : undefined
}

const escapes: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  '"': '"',
  "'": "'",
}

/**
 * What a text in quotes says; between backquotes nothing is escaped. Undefined when it does not end or an escape is
 * none of Go's.
 * @see https://prometheus.io/docs/prometheus/latest/querying/basics/#string-literals
 */
export function parseText(literal: string): string | undefined {
  const quote = literal[0] ?? ''
  if (literal.length < 2 || literal.at(-1) !== quote) return undefined
  const body = literal.slice(1, -1)
  if (quote === '`') return body
  let text = ''
  for (const [piece] of body.matchAll(pieces)) {
    const part = piece.startsWith('\\') ? unescape(piece) : piece
    if (part === undefined) return undefined
    text += part
  }
  return text
}

/** One escape or what is none; `\` alone stays to be refused. */
const pieces = /\\x[\da-fA-F]{2}|\\u[\da-fA-F]{4}|\\U[\da-fA-F]{8}|\\[0-7]{3}|\\.?|[^\\]+/gs

function unescape(escape: string): string | undefined {
  const rest = escape.slice(1)
  if (rest.length === 1) return escapes[rest]
  if (rest === '') return undefined
  const code = /^[xu]/i.test(rest) ? Number.parseInt(rest.slice(1), 16) : Number.parseInt(rest, 8)
  return code > 0x10_ff_ff ? undefined : String.fromCodePoint(code)
}
