import { z } from 'zod'
import { toDockerAction } from './podman-words.ts'

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
  HealthStatus: z.string().optional().catch(undefined),
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
  // The end of a `prune` is told of no container.
  if (!parsed.success || parsed.data.Actor.ID === '') return undefined
  const { Action, HealthStatus, Actor: actor } = parsed.data
  const whole = toDockerAction(Action, HealthStatus)
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

const networkSchema = z.looseObject({
  Type: z.literal('network'),
  Action: z.enum(['connect', 'disconnect']),
  Actor: z.looseObject({ Attributes: z.looseObject({ container: z.string().min(1) }) }),
})

/**
 * Reads one line of `GET /events` that tells of a network.
 * @returns The id of the container that was connected to it or taken from it; `undefined` for any other line.
 * @see Docker Engine API, SystemEvents
 */
export function parseNetworkChange(line: string): string | undefined {
  const parsed = networkSchema.safeParse(parseJson(line))
  return parsed.success ? parsed.data.Actor.Attributes.container : undefined
}

/** What the container of a `die` ended with; Podman calls it otherwise. */
export function readExitCode({ attributes }: EngineEvent): number | undefined {
  const text = attributes['exitCode'] ?? attributes['containerExitCode']
  return text !== undefined && /^-?\d{1,10}$/.test(text) ? Number(text) : undefined
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
