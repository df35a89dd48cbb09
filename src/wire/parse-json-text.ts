import { WireError } from './wire-error.ts'

/** Values and members of one body; agents send some ten thousands. A few bytes of JSON take a hundred in memory. */
const mostValues = 1_000_000
/** Lists and objects in each other. What walks through JSON calls itself for each. */
const mostLevels = 1000

const codes = { quote: 0x22, comma: 0x2c, list: 0x5b, backslash: 0x5c, listEnd: 0x5d, object: 0x7b, objectEnd: 0x7d } // prettier-ignore

/**
 * Reads JSON that anybody may have written: what would take much memory and time is refused before it is read.
 * @param what Names it in errors: `the series`.
 * @throws {WireError} When it is not JSON, holds more than 1,000,000 values, or is more than 1,000 levels deep.
 */
export function parseJsonText(text: string, what: string): unknown {
  const tooMuch = findTooMuch(text)
  if (tooMuch !== undefined) throw new WireError(`Cannot read ${what}: ${tooMuch}`)
  try {
    return JSON.parse(text)
  } catch (cause) {
    const seen = cause instanceof Error ? cause.message : String(cause)
    throw new WireError(`Cannot read ${what}: not JSON: ${seen}`, { cause })
  }
}

function findTooMuch(text: string): string | undefined {
  // Shorter than the levels alone: neither bound can be passed.
  if (text.length <= mostLevels) return undefined
  let values = 1
  let level = 0
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case codes.quote:
        at = endOfText(text, at)
        break
      case codes.list:
      case codes.object:
        values += 1
        level += 1
        if (level > mostLevels)
          return `lists and objects lie more than ${mostLevels} deep in each other`
        break
      case codes.listEnd:
      case codes.objectEnd:
        level -= 1
        break
      case codes.comma:
        values += 1
        break
      default:
    }
    if (values > mostValues) return `it holds more than ${mostValues} values; send less at once`
  }
  return undefined
}

/** Where the text that begins with this quote ends, or the end of all. */
function endOfText(text: string, start: number): number {
  let at = text.indexOf('"', start + 1)
  while (at !== -1 && isEscaped(text, at)) at = text.indexOf('"', at + 1)
  return at === -1 ? text.length : at
}

/** An odd number of backslashes before it. */
function isEscaped(text: string, quote: number): boolean {
  let at = quote
  while (text.charCodeAt(at - 1) === codes.backslash) at -= 1
  return (quote - at) % 2 === 1
}
