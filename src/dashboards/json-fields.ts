/** An object of a file that others wrote: nothing is known of its fields. */
export type JsonObject = Readonly<Record<string, unknown>>

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The object in a field; an empty one where there is none. */
export function objectIn(object: JsonObject, key: string): JsonObject {
  const value = object[key]
  return isObject(value) ? value : {}
}

/** The objects of a list in a field; none where there is no list. */
export function objectsIn(object: JsonObject, key: string): readonly JsonObject[] {
  return listIn(object, key).filter(isObject)
}

/** The texts of a list in a field; none where there is no list. */
export function textsIn(object: JsonObject, key: string): readonly string[] {
  return listIn(object, key).filter((value) => typeof value === 'string')
}

/** The text in a field; empty where there is none. */
export function textIn(object: JsonObject, key: string): string {
  const value = object[key]
  return typeof value === 'string' ? value : ''
}

/** The finite number in a field, also where it is written as a text; else undefined. */
export function numberIn(object: JsonObject, key: string): number | undefined {
  const value = object[key]
  if (typeof value === 'string' && value.trim() === '') return undefined
  const number = typeof value === 'string' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined
}

/** The name in a field, if it is one of `names`; else undefined. */
export function nameIn<Name extends string>(
  object: JsonObject,
  key: string,
  names: readonly Name[],
): Name | undefined {
  return names.find((name) => name === object[key])
}

/** The list in a field; empty where there is none. */
export function listIn(object: JsonObject, key: string): readonly unknown[] {
  const value: unknown = object[key]
  return Array.isArray(value) ? value : []
}
