const decimal = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i
const hexadecimal = /^([+-]?)0x(?=\.?[\da-f])([\da-f]*)(?:\.([\da-f]*))?p([+-]?\d+)$/i
const infinite = /^[+-]?inf(?:inity)?$/i
const strayUnderscore = /(?<!\d)_|_(?!\d)/
const strayHexUnderscore = /(?<![\da-fx])_|_(?![\da-f])/i

/**
 * A number as Go's `strconv.ParseFloat` reads it, and so the Datadog Agent: decimal or hexadecimal with a binary exponent,
 * `_` between digits, `nan`, `inf` and `infinity` in any case. `undefined` for all else, spaces and the empty text included,
 * and for numbers beyond the largest finite one.
 * @see https://pkg.go.dev/strconv#ParseFloat
 */
export function parseFloat64(text: string): number | undefined {
  if (decimal.test(text)) return finite(Number(text))
  if (infinite.test(text)) return text.startsWith('-') ? -Infinity : Infinity
  if (text.toLowerCase() === 'nan') return Number.NaN
  if (/0x/i.test(text)) return parseHexadecimal(text)
  if (!text.includes('_') || strayUnderscore.test(text)) return undefined
  const digits = text.replaceAll('_', '')
  return decimal.test(digits) ? finite(Number(digits)) : undefined
}

function parseHexadecimal(text: string): number | undefined {
  if (strayHexUnderscore.test(text)) return undefined
  const parts = hexadecimal.exec(text.replaceAll('_', ''))
  if (parts === null) return undefined
  const [, sign, whole = '', fraction = '', exponent] = parts
  const mantissa = Number(BigInt(`0x${whole}${fraction}`))
  // In two steps: a power of two alone may be too large or too small where the product is not.
  const power = Math.max(-5000, Math.min(5000, Number(exponent))) - 4 * fraction.length
  const half = Math.trunc(power / 2)
  const value = mantissa === 0 ? 0 : mantissa * 2 ** half * 2 ** (power - half)
  return finite(sign === '-' ? -value : value)
}

function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined
}
