import { isRecord } from '../../../../wire/logs/json-record.ts'

/**
 * Reads JSON; whole numbers that lose digits as numbers, such as ids of 64 bits, come back as texts.
 * @throws {SyntaxError}
 */
export function parseExactly(text: string): unknown {
  return /\d{16}/.test(text) ? JSON.parse(text, keepDigits) : JSON.parse(text)
}

/** The third argument has the text of the value, which the types do not know yet. @see https://github.com/tc39/proposal-json-parse-with-source */
function keepDigits(...[, value, context]: readonly unknown[]): unknown {
  const source = isRecord(context) ? context['source'] : undefined
  const isLossy = typeof value === 'number' && !Number.isSafeInteger(value)
  return isLossy && typeof source === 'string' && /^-?\d+$/.test(source) ? source : value
}
