import { z } from 'zod'
import { WireError } from './wire-error.ts'

/**
 * Reads JSON that must fit a schema. `what` names it in errors: `the series`.
 * @throws {WireError} When it is not JSON or does not fit; names the first place: `series[2].metric`.
 */
export function parseJson<T>(bytes: Uint8Array, schema: z.ZodType<T>, what: string): T {
  const result = schema.safeParse(parseText(bytes, what))
  if (result.success) return result.data
  const issue = result.error.issues[0]
  const place =
    issue === undefined || issue.path.length === 0 ? 'the body' : z.core.toDotPath(issue.path)
  const seen = (issue?.message ?? 'it does not fit').replace(/^Invalid (input|option): /, '')
  throw new WireError(`Cannot read ${what}: ${place}: ${seen}`)
}

function parseText(bytes: Uint8Array, what: string): unknown {
  try {
    return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString())
  } catch (cause) {
    const seen = cause instanceof Error ? cause.message : String(cause)
    throw new WireError(`Cannot read ${what}: not JSON: ${seen}`, { cause })
  }
}
