import { z } from 'zod'
import type { EngineClient } from './engine-client.ts'
import { EngineError } from './engine-error.ts'
import { readExitCode, type EngineEvent } from './parse-event.ts'
import { parseInspect, type EngineContainer } from './parse-inspect.ts'

/** One less than the client's connections: the question whether the engine is there never waits behind a stuck inspect. */
const inspectsAtOnce = 3

const listSchema = z.array(z.looseObject({ Id: z.string() }))
const policySchema = z.looseObject({
  HostConfig: z.looseObject({ RestartPolicy: z.looseObject({ Name: z.string() }) }),
})

/** A container that the engine has described. */
export interface Described {
  readonly kind: 'container'
  readonly container: EngineContainer
  /** Whether the engine may start it again by itself: its end alone does not tell what state it is in then. */
  readonly mayRestart: boolean
}

/** What came of inspecting one container. */
export type Inspected =
  | Described
  | { readonly kind: 'gone' }
  | { readonly kind: 'unreadable'; readonly id: string; readonly error: EngineError }

/** How containers are inspected. */
export interface InspectOptions {
  readonly signal: AbortSignal
  /** Lower-case names of labels and variables that are no secrets, since they are to become tags. */
  readonly publicNames: ReadonlySet<string>
}

/** Every container that the engine lists. */
export interface AllInspected {
  readonly described: readonly Described[]
  readonly unreadable: readonly Extract<Inspected, { kind: 'unreadable' }>[]
}

/**
 * Lists all containers and inspects each. One that cannot be read does not hide the others.
 * @throws {EngineError} When the engine is lost, or not a single container can be read.
 */
export async function inspectAll(
  client: EngineClient,
  options: InspectOptions,
): Promise<AllInspected> {
  const { signal } = options
  const list = await client.get('/containers/json?all=1', signal)
  const ids = listSchema.parse(list ?? []).map(({ Id }) => Id)
  const found: Inspected[] = []
  const next = ids.values()
  await workAtOnce(async () => {
    for (const id of next) found.push(await inspect(client, id, options))
  })
  const described = found.filter((one) => one.kind === 'container')
  const unreadable = found.filter((one) => one.kind === 'unreadable')
  if (described.length === 0 && unreadable[0] !== undefined) throw unreadable[0].error
  return { described, unreadable }
}

/**
 * Inspects the containers that have changed; what changes while it waits for its turn is inspected once. A short life
 * (`create`, `start`, `die`) costs two questions at most: what the end changes is in its event.
 */
export class ChangedContainers {
  readonly #client: EngineClient
  readonly #tell: (inspected: Inspected) => void
  readonly #known: Map<string, Described>
  readonly #waiting = new Set<string>()
  readonly #inFlight = new Set<string>()
  readonly #removed = new Set<string>()
  /** Ends that came while an inspect was under way, whose answer may be older. */
  readonly #ends = new Map<string, End>()
  /** Containers in which a process was killed since they were started: only the engine knows whether it was the first. */
  readonly #withOom = new Set<string>()
  #idle: (() => void)[] = []

  constructor(
    client: EngineClient,
    { known, tell }: { known: readonly Described[]; tell: (inspected: Inspected) => void },
  ) {
    this.#client = client
    this.#known = new Map(known.map((one) => [one.container.id, one]))
    this.#tell = tell
  }

  add(id: string): void {
    this.#waiting.add(id)
    this.#wakeAll()
  }

  /** Nothing more is told of a container that was removed. */
  remove(id: string): void {
    this.#waiting.delete(id)
    this.#known.delete(id)
    this.#withOom.delete(id)
    if (this.#inFlight.has(id)) this.#removed.add(id)
  }

  /** Takes a `die`: without a question where the event says all there is to know. */
  end(event: EngineEvent): void {
    const id = event.containerId
    const end = readEnd(event)
    if (end === undefined || this.#withOom.delete(id)) this.add(id)
    else if (this.#waiting.has(id)) return
    else if (this.#inFlight.has(id)) this.#ends.set(id, end)
    else this.#tellEnd(id, end)
  }

  /** Takes a change of networks, which is news only while it runs: each start and each end connect and disconnect, too. */
  noteNetworks(id: string | undefined): void {
    if (id !== undefined && hasProcess(this.#known.get(id))) this.add(id)
  }

  /** Takes an `oom`. */
  noteOom(id: string): void {
    if (hasProcess(this.#known.get(id))) this.#withOom.add(id)
    else this.add(id)
  }

  /**
   * Works until `options.signal` aborts.
   * @throws {EngineError} When the engine is lost.
   */
  async run(options: InspectOptions): Promise<void> {
    const { signal } = options
    signal.addEventListener('abort', () => this.#wakeAll(), { once: true })
    await workAtOnce(() => this.#work(options))
  }

  async #work(options: InspectOptions): Promise<void> {
    while (!options.signal.aborted) {
      const id = this.#takeNext()
      if (id === undefined) await this.#nextAdd()
      else await this.#inspectOne(id, options)
    }
  }

  async #inspectOne(id: string, options: InspectOptions): Promise<void> {
    this.#inFlight.add(id)
    try {
      const inspected = await inspect(this.#client, id, options)
      if (options.signal.aborted || this.#removed.has(id)) return
      if (inspected.kind === 'container') this.#known.set(id, inspected)
      const end = this.#ends.get(id)
      if (end !== undefined && hasProcess(this.#known.get(id))) this.#tellEnd(id, end)
      else this.#tell(inspected)
    } finally {
      this.#inFlight.delete(id)
      this.#removed.delete(id)
      this.#ends.delete(id)
    }
  }

  #tellEnd(id: string, end: End): void {
    const known = this.#known.get(id)
    if (known === undefined || known.mayRestart || !hasProcess(known)) {
      this.add(id)
      return
    }
    const { container } = known
    // The engine calls whatever had a health check unhealthy once it has ended.
    const health = container.health === 'none' ? 'none' : 'unhealthy'
    const ended: Described = { ...known, container: { ...container, ...end, health } }
    this.#known.set(id, ended)
    this.#tell(ended)
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

/** What the end of a container changes of it. */
type End = Pick<EngineContainer, 'state' | 'pid' | 'exitCode' | 'finishedAtMs'>

function readEnd(event: EngineEvent): End | undefined {
  const exitCode = readExitCode(event)
  if (exitCode === undefined) return undefined
  return { state: 'exited', pid: 0, exitCode, finishedAtMs: Number(event.timeNanos / 1_000_000n) }
}

function hasProcess(described: Described | undefined): boolean {
  const state = described?.container.state
  return state === 'running' || state === 'paused'
}

function readMayRestart(json: unknown): boolean {
  const { data } = policySchema.safeParse(json)
  const policy = data?.HostConfig.RestartPolicy.Name ?? ''
  return policy !== '' && policy !== 'no'
}

/**
 * A fault that is this container's alone is told as a value.
 * @throws {EngineError} When the engine itself cannot be reached.
 */
async function inspect(
  client: EngineClient,
  id: string,
  { signal, publicNames }: InspectOptions,
): Promise<Inspected> {
  try {
    const json = await client.get(`/containers/${encodeURIComponent(id)}/json`, signal)
    if (json === undefined) return { kind: 'gone' }
    const runtime = client.engine()?.runtime ?? 'docker'
    const container = parseInspect(json, runtime, publicNames)
    return { kind: 'container', container, mayRestart: readMayRestart(json) }
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
