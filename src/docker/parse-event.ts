import { z } from 'zod'

/** One message of the engine's event stream about a container. */
export interface EngineEvent {
  /** `start`, `die`, `health_status`, …: what stands before the first colon. */
  readonly action: string
  /** What stands behind it, such as `unhealthy`; empty when there is nothing. */
  readonly detail: string
  readonly containerId: string
  readonly containerName: string
  readonly image: string
  /** The engine's own time, Unix nanoseconds. */
  readonly timeNanos: bigint
  readonly attributes: Readonly<Record<string, string>>
}

const schema = z.looseObject({
  Type: z.literal('container').optional(),
  Action: z.string(),
  Actor: z.looseObject({ ID: z.string(), Attributes: z.record(z.string(), z.string()).nullish() }),
  time: z.int().optional().catch(undefined),
})

/**
 * Reads one line of `GET /events`.
 * @returns `undefined` if it is not about a container or cannot be read: one bad line costs that line only.
 * @see Docker Engine API, SystemEvents
 */
export function parseEvent(line: string): EngineEvent | undefined {
  const parsed = schema.safeParse(parseJson(line))
  if (!parsed.success) return undefined
  const { Action: whole, Actor: actor } = parsed.data
  const attributes = actor.Attributes ?? {}
  const colon = whole.indexOf(':')
  return {
    action: colon < 0 ? whole : whole.slice(0, colon),
    detail: colon < 0 ? '' : whole.slice(colon + 1).trim(),
    containerId: actor.ID,
    containerName: attributes['name'] ?? '',
    image: attributes['image'] ?? '',
    timeNanos: readNanos(line, parsed.data.time),
    attributes,
  }
}

/** `timeNano` has more digits than a JSON number keeps, so it is read from the text. */
function readNanos(line: string, timeS: number | undefined): bigint {
  const digits = /"timeNano"\s*:\s*(\d+)/.exec(line)?.[1]
  return digits === undefined ? BigInt(timeS ?? 0) * 1_000_000_000n : BigInt(digits)
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
