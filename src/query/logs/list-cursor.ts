import { decodeLineKey, encodeLineKey, type LineKey } from './line-key.ts'

/** Where a page of lines ends, and the range that its list is about, in Unix milliseconds. */
export interface ListCursor {
  readonly after: LineKey
  readonly fromMs: number
  readonly toMs: number
}

/** The cursor as a text for addresses. */
export function encodeListCursor({ after, fromMs, toMs }: ListCursor): string {
  return [encodeLineKey(after), fromMs.toString(36), toMs.toString(36)].join('.')
}

/** Undefined for a text that is none. */
export function decodeListCursor(text: string): ListCursor | undefined {
  const [id = '', from = '', to = '', ...rest] = text.split('.', 4)
  const after = decodeLineKey(id)
  if (after === undefined || rest.length > 0) return undefined
  if (!/^[\da-z]{1,9}$/.test(from) || !/^[\da-z]{1,9}$/.test(to)) return undefined
  return { after, fromMs: Number.parseInt(from, 36), toMs: Number.parseInt(to, 36) }
}
