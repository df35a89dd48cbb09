/** An object of JSON. */
export type JsonRecord = Readonly<Record<string, unknown>>

/** Whether a value of JSON is an object. */
export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The value of the first of these names that the object has; `undefined` where it has none, or `null`. */
export function firstOf(record: JsonRecord, names: readonly string[]): unknown {
  for (const name of names) {
    const value = Object.hasOwn(record, name) ? record[name] : undefined
    if (value !== undefined && value !== null) return value
  }
  return undefined
}

/** A text as it is, anything else as JSON; empty where it is nested too deep to be printed. */
export function jsonText(value: unknown): string {
  if (typeof value === 'string') return value
  try {
    return JSON.stringify(value)
  } catch (error) {
    if (error instanceof RangeError) return ''
    throw error
  }
}
