import { z } from 'zod'
import type { EngineClient } from './engine-client.ts'
import { EngineError } from './engine-error.ts'
import { parseInspect, type EngineContainer } from './parse-inspect.ts'

/** One less than the client's connections: the question whether the engine is there never waits behind a stuck inspect. */
const inspectsAtOnce = 3

const listSchema = z.array(z.looseObject({ Id: z.string() }))

/** What came of inspecting one container. */
export type Inspected =
  | { readonly kind: 'container'; readonly container: EngineContainer }
  | { readonly kind: 'gone' }
  | { readonly kind: 'unreadable'; readonly id: string; readonly error: EngineError }

/** Every container that the engine lists. */
export interface AllInspected {
  readonly containers: readonly EngineContainer[]
  readonly unreadable: readonly Extract<Inspected, { kind: 'unreadable' }>[]
}

/**
 * Lists all containers and inspects each. One that cannot be read does not hide the others.
 * @throws {EngineError} When the engine is lost, or not a single container can be read.
 */
export async function inspectAll(client: EngineClient, signal: AbortSignal): Promise<AllInspected> {
  const list = await client.get('/containers/json?all=1', signal)
  const ids = listSchema.parse(list ?? []).map(({ Id }) => Id)
  const found: Inspected[] = []
  const next = ids.values()
  await workAtOnce(async () => {
    for (const id of next) found.push(await inspect(client, id, signal))
  })
  const containers = found.flatMap((one) => (one.kind === 'container' ? [one.container] : []))
  const unreadable = found.filter((one) => one.kind === 'unreadable')
  if (containers.length === 0 && unreadable[0] !== undefined) throw unreadable[0].error
  return { containers, unreadable }
}

/** Inspects the containers that have changed; what changes while it waits for its turn is inspected once. */
export class ChangedContainers {
  readonly #client: EngineClient
  readonly #tell: (inspected: Inspected) => void
  readonly #waiting = new Set<string>()
  readonly #inFlight = new Set<string>()
  readonly #removed = new Set<string>()
  #idle: (() => void)[] = []

  constructor(client: EngineClient, tell: (inspected: Inspected) => void) {
    this.#client = client
    this.#tell = tell
  }

  add(id: string): void {
    this.#waiting.add(id)
    this.#wakeAll()
  }

  /** Nothing more is told of a container that was removed. */
  remove(id: string): void {
    this.#waiting.delete(id)
    if (this.#inFlight.has(id)) this.#removed.add(id)
  }

  /**
   * Works until `signal` aborts.
   * @throws {EngineError} When the engine is lost.
   */
  async run(signal: AbortSignal): Promise<void> {
    signal.addEventListener('abort', () => this.#wakeAll(), { once: true })
    await workAtOnce(() => this.#work(signal))
  }

  async #work(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const id = this.#takeNext()
      if (id === undefined) await this.#nextAdd()
      else await this.#inspectOne(id, signal)
    }
  }

  async #inspectOne(id: string, signal: AbortSignal): Promise<void> {
    this.#inFlight.add(id)
    try {
      const inspected = await inspect(this.#client, id, signal)
      if (!signal.aborted && !this.#removed.has(id)) this.#tell(inspected)
    } finally {
      this.#inFlight.delete(id)
      this.#removed.delete(id)
    }
  }

  /** Never one that is being inspected: two answers could come in the wrong order. */
  #takeNext(): string | undefined {
    for (const id of this.#waiting) {
      if (this.#inFlight.has(id)) continue
      this.#waiting.delete(id)
      return id
    }
    return undefined
  }

  #nextAdd(): Promise<void> {
    return new Promise((resolve) => {
      this.#idle.push(resolve)
    })
  }

  #wakeAll(): void {
    const idle = this.#idle
    this.#idle = []
    for (const wake of idle) wake()
  }
}

/**
 * A fault that is this container's alone is told as a value.
 * @throws {EngineError} When the engine itself cannot be reached.
 */
async function inspect(client: EngineClient, id: string, signal: AbortSignal): Promise<Inspected> {
  try {
    const json = await client.get(`/containers/${encodeURIComponent(id)}/json`, signal)
    if (json === undefined) return { kind: 'gone' }
    return { kind: 'container', container: parseInspect(json) }
  } catch (cause) {
    if (!(cause instanceof EngineError)) return toUnreadable(id, cause)
    if (cause.code !== 'ENGINE_ANSWER' && cause.code !== 'ENGINE_SILENT') throw cause
    return { kind: 'unreadable', id, error: cause }
  }
}

function toUnreadable(id: string, cause: unknown): Inspected {
  const seen = cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause)
  const message = `Cannot read what the engine tells of container ${id.slice(0, 12)}: ${seen}`
  return { kind: 'unreadable', id, error: new EngineError('ENGINE_ANSWER', message, { cause }) }
}

async function workAtOnce(work: () => Promise<void>): Promise<void> {
  await Promise.all(Array.from({ length: inspectsAtOnce }, work))
}
