import { z } from 'zod'
import { parseJsonText } from './parse-json-text.ts'
import { WireError } from './wire-error.ts'

/**
 * Reads JSON that must fit a schema. `what` names it in errors: `the series`.
 * @throws {WireError} When it is not JSON, is more than anybody sends, or does not fit; names the first place: `series[2].metric`.
 */
export function parseJson<T>(bytes: Uint8Array, schema: z.ZodType<T>, what: string): T {
  const result = schema.safeParse(parseJsonText(textOf(bytes), what))
  if (result.success) return result.data
  const issue = result.error.issues[0]
  const place =
    issue === undefined || issue.path.length === 0 ? 'the body' : z.core.toDotPath(issue.path)
  const seen = (issue?.message ?? 'it does not fit').replace(/^Invalid (input|option): /, '')
  throw new WireError(`Cannot read ${what}: ${place}: ${seen}`)
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString()
}
