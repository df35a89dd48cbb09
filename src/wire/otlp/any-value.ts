/** A value of an attribute, or a body of a log, as JSON would have it; bytes are base64. */
export type AnyValue =
  | string
  | number
  | boolean
  | null
  | readonly AnyValue[]
  | { readonly [name: string]: AnyValue }

/** Values in values; what is deeper is refused. */
export const maxDepth = 64

/** A value as a text: lists and objects as JSON. */
export function textOfValue(value: AnyValue | undefined): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}
