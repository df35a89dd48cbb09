import { z } from 'zod'
import { EngineError } from './engine-error.ts'

/** What an engine says of itself, and the version of its API that it is asked in. */
export interface EngineVersion {
  /** `20.10.24`, as the engine spells it; empty when it does not tell. */
  readonly version: string
  /** Such as `1.41`; absent for an engine that names none, which is then asked without a version. */
  readonly apiVersion?: string
  readonly runtime: 'docker' | 'podman'
}

/** The oldest and the newest version of the API whose answers are understood here. */
const oldestKnown = '1.24'
const newestKnown = '1.52'

const apiVersion = z
  .string()
  .regex(/^\d+\.\d+$/)
  .optional()
  .catch(undefined)
const schema = z.looseObject({
  Version: z.string().catch(''),
  ApiVersion: apiVersion,
  MinAPIVersion: apiVersion,
  Components: z
    .array(z.looseObject({ Name: z.string().catch('') }))
    .nullish()
    .catch([]),
})

/**
 * Reads the answer to `GET /version` and picks the newest version of the API that both sides know.
 * @throws {EngineError} `ENGINE_VERSION` when there is none.
 * @see Docker Engine API, SystemVersion; Podman answers the same with a component `Podman Engine`
 */
export function readEngineVersion(json: unknown, address: string): EngineVersion {
  const parsed = schema.safeParse(json)
  if (!parsed.success) return { version: '', runtime: 'docker' }
  const { Version: version, ApiVersion: newest, MinAPIVersion: oldest, Components } = parsed.data
  const isPodman = (Components ?? []).some(({ Name }) => /podman/i.test(Name))
  const engine = { version, runtime: isPodman ? 'podman' : 'docker' } as const
  if (newest === undefined) return engine
  if (isNewer(oldestKnown, newest)) throw tooOld(address, newest)
  if (oldest !== undefined && isNewer(oldest, newestKnown)) throw tooNew(address, oldest)
  return { ...engine, apiVersion: isNewer(newest, newestKnown) ? newestKnown : newest }
}

/** For people: `Docker 20.10.24, API 1.41`. */
export function describeEngineVersion({
  version,
  apiVersion: api,
  runtime,
}: EngineVersion): string {
  const name = runtime === 'podman' ? 'Podman' : 'Docker'
  const shown = version === '' ? name : `${name} ${version}`
  return api === undefined ? shown : `${shown}, API ${api}`
}

/** Whether the API of version `wanted` is spoken; taken for granted when the engine names no version. */
export function hasApiVersion(engine: EngineVersion | undefined, wanted: string): boolean {
  return engine?.apiVersion === undefined || !isNewer(wanted, engine.apiVersion)
}

/** 1.9 is older than 1.24. */
function isNewer(one: string, other: string): boolean {
  const [[major = 0, minor = 0] = [], [otherMajor = 0, otherMinor = 0] = []] = [one, other].map(
    (text) => text.split('.').map(Number),
  )
  return major === otherMajor ? minor > otherMinor : major > otherMajor
}

function tooOld(address: string, newest: string): EngineError {
  return new EngineError(
    'ENGINE_VERSION',
    `The container engine at ${address} is too old: it speaks the Engine API up to ${newest}, ${oldestKnown} is the oldest understood here; upgrade it to Docker 1.12 or newer`,
  )
}

function tooNew(address: string, oldest: string): EngineError {
  return new EngineError(
    'ENGINE_VERSION',
    `The container engine at ${address} is too new: it speaks the Engine API from ${oldest}, ${newestKnown} is the newest understood here; install a newer Vigie`,
  )
}
