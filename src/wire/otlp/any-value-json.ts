import { isRecord, type JsonRecord } from '../logs/json-record.ts'
import { maxDepth, type AnyValue } from './any-value.ts'
import { tooMuchSentence, type OtlpBudget } from './message.ts'

/**
 * Reads an `AnyValue` as OTLP's JSON writes it: `{"stringValue":"a"}`; `null` where it holds nothing that is known.
 * @param fault Makes the error for what was seen.
 * @throws {Error} What `fault` makes, when it is none, or values lie too deep in each other.
 */
export function readAnyValue(
  value: unknown,
  budget: OtlpBudget,
  fault: (seen: string) => Error,
): AnyValue {
  function read(given: unknown, depth: number): AnyValue {
    if (depth > maxDepth) throw fault(`holds values more than ${maxDepth} deep in each other`)
    if (!budget.takeMessage()) throw fault(tooMuchSentence)
    if (given === null || given === undefined) return null
    if (!isRecord(given)) throw fault('holds a value that is no object')
    const { arrayValue, kvlistValue } = given
    if (isRecord(arrayValue)) {
      return listOf(arrayValue['values']).map((one) => read(one, depth + 1))
    }
    if (!isRecord(kvlistValue)) return readPlain(given)
    return Object.fromEntries(listOf(kvlistValue['values']).map((pair) => readPair(pair, depth)))
  }
  function readPair(pair: unknown, depth: number): [string, AnyValue] {
    if (!isRecord(pair) || typeof pair['key'] !== 'string')
      throw fault('holds a pair without a key')
    return [pair['key'], read(pair['value'], depth + 1)]
  }
  return read(value, 1)
}

function readPlain({
  stringValue,
  boolValue,
  bytesValue,
  intValue,
  doubleValue,
}: JsonRecord): AnyValue {
  for (const plain of [stringValue, boolValue, bytesValue]) {
    if (typeof plain === 'string' || typeof plain === 'boolean') return plain
  }
  if (intValue !== undefined) return wholeNumber(intValue)
  return doubleValue === undefined ? null : Number(doubleValue)
}

function listOf(values: unknown): readonly unknown[] {
  return Array.isArray(values) ? values : []
}

/** What a double cannot hold stays a text. */
function wholeNumber(value: unknown): number | string {
  const number = Number(value)
  return typeof value === 'string' && !Number.isSafeInteger(number) ? value.slice(0, 100) : number
}
