import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import type { EngineClient } from './engine-client.ts'
import { EngineError } from './engine-error.ts'
import { EventCursor } from './event-cursor.ts'
import { ChangedContainers, inspectAll, type Inspected } from './inspect-containers.ts'
import { parseEvent, parseNetworkChange, type EngineEvent } from './parse-event.ts'
import type { EngineContainer } from './parse-inspect.ts'
import { withPodmanNames } from './podman-words.ts'

/** Who is told what the engine does; none of these may throw. */
export interface EngineListener {
  /**
   * All containers of the engine: at the start and after each time it was away. Those of `unreadableIds` are there too,
   * but cannot be read.
   */
  readonly onAll: (containers: readonly EngineContainer[], unreadableIds: readonly string[]) => void
  readonly onChanged: (container: EngineContainer) => void
  readonly onRemoved: (id: string) => void
  /** One container cannot be read; all others can. */
  readonly onUnreadable: (id: string, error: EngineError) => void
  readonly onEvent: (event: EngineEvent) => void
  readonly onReachable: (version: string) => void
  readonly onUnreachable: (error: EngineError) => void
}

export interface FollowOptions {
  readonly signal: AbortSignal
  /** Time between two questions whether the engine is there. */
  readonly pingEveryMs: number
  /** Pause before the next try when it is not. */
  readonly retryMs: number
  /**
   * Actions told beside those that change a container. The engine leaves out all others, so that a storm of those, such as
   * the `exec_*` of health checks, costs nothing here.
   */
  readonly furtherActions?: readonly string[]
  /** How far the events were read before. Default: what happens from now on is told. */
  readonly cursor?: EventCursor
  /** Lower-case names of labels and variables that are no secrets, since they are to become tags. */
  readonly publicNames?: ReadonlySet<string>
}

/** What the engine is asked to tell when nobody asks for more: all that changes a container. */
const changingActions = [
  'create', 'destroy', 'die', 'health_status', 'oom', 'pause', 'rename', 'restart', 'start', 'stop', 'unpause',
  'update',
] as const // prettier-ignore
/** Podman tells of a probe before it has noted how that went: it is asked again after this long. */
const podmanHealthMs = 1000
const changing: ReadonlySet<string> = new Set(changingActions)
/** What changes the networks of a container; told of the network. */
const networkActions = ['connect', 'disconnect']

const versionSchema = z.looseObject({ Version: z.string() })

/**
 * Keeps telling `listener` what the engine's containers are, until `signal` aborts; an engine that goes away is asked
 * again until it is back, and the events of the time between are caught up. Never throws.
 */
export async function followEngine(
  client: EngineClient,
  listener: EngineListener,
  options: FollowOptions,
): Promise<void> {
  const { signal, retryMs, cursor = EventCursor.startingAt(Date.now()) } = options
  while (!signal.aborted) {
    try {
      await followOnce(client, listener, { ...options, cursor })
    } catch (error) {
      if (signal.aborted) return
      listener.onUnreachable(toEngineError(client, error))
      await sleep(retryMs, undefined, { signal }).catch(() => {})
    }
  }
}

function toEngineError(client: EngineClient, error: unknown): EngineError {
  if (error instanceof EngineError) return error
  const text = error instanceof Error ? error.message : String(error)
  return new EngineError(
    'ENGINE_ANSWER',
    `Cannot read what the engine at ${client.address} answers: ${text}`,
    { cause: error },
  )
}

/** One connection, from the first question to its loss; always rejects unless the signal aborts. */
async function followOnce(
  client: EngineClient,
  listener: EngineListener,
  options: FollowOptions & { cursor: EventCursor },
): Promise<void> {
  const { signal, pingEveryMs, cursor } = options
  const connection = new AbortController()
  const cut = (): void => connection.abort()
  signal.addEventListener('abort', cut, { once: true })
  try {
    const { Version } = versionSchema.parse(await client.get('/version', connection.signal))
    await Promise.race([
      keepAsking(client, connection.signal, pingEveryMs),
      readState(client, listener, {
        until: connection.signal,
        cursor,
        version: Version,
        filters: eventFilters(options.furtherActions ?? [], client),
        publicNames: options.publicNames ?? new Set(),
      }),
    ])
  } finally {
    signal.removeEventListener('abort', cut)
    connection.abort()
  }
}

function isPodman(client: EngineClient): boolean {
  return client.engine()?.runtime === 'podman'
}

/** The value of `filters`, ready for a query. */
function eventFilters(furtherActions: readonly string[], client: EngineClient): string {
  const actions = [...new Set([...changingActions, ...networkActions, ...furtherActions])]
  const event = isPodman(client) ? withPodmanNames(actions) : actions
  return encodeURIComponent(JSON.stringify({ type: ['container', 'network'], event }))
}

interface Connected {
  readonly until: AbortSignal
  readonly cursor: EventCursor
  readonly version: string
  readonly filters: string
  readonly publicNames: ReadonlySet<string>
}

/** Tells all containers, then every change. */
async function readState(
  client: EngineClient,
  listener: EngineListener,
  { until, cursor, version, filters, publicNames }: Connected,
): Promise<void> {
  // The stream opens before the list is read: what happens in between is then told twice, not never.
  const path = `/events?since=${cursor.since()}&filters=${filters}`
  const lines = await client.openLines(path, until)
  const { described, unreadable } = await inspectAll(client, { signal: until, publicNames })
  if (until.aborted) return
  listener.onAll(
    described.map(({ container }) => container),
    unreadable.map(({ id }) => id),
  )
  for (const one of unreadable) tellOne(listener, one)
  listener.onReachable(version)
  const changed = new ChangedContainers(client, {
    known: described,
    tell: (inspected) => tellOne(listener, inspected),
  })
  await Promise.race([
    changed.run({ signal: until, publicNames }),
    readEvents(lines, listener, { cursor, changed, isOfPodman: isPodman(client) }),
  ])
}

function tellOne(listener: EngineListener, inspected: Inspected): void {
  if (inspected.kind === 'container') listener.onChanged(inspected.container)
  if (inspected.kind === 'unreadable') listener.onUnreadable(inspected.id, inspected.error)
}

interface EventReading {
  readonly cursor: EventCursor
  readonly changed: ChangedContainers
  readonly isOfPodman: boolean
}

async function readEvents(
  lines: AsyncIterable<string>,
  listener: EngineListener,
  { cursor, changed, isOfPodman }: EventReading,
): Promise<void> {
  for await (const line of lines) {
    const event = parseEvent(line)
    if (event === undefined) changed.noteNetworks(parseNetworkChange(line))
    if (event === undefined || !cursor.advance(event)) continue
    listener.onEvent(event)
    follow(event, listener, changed)
    if (isOfPodman && event.action === 'health_status')
      setTimeout(() => changed.add(event.containerId), podmanHealthMs).unref()
  }
}

/** Finds out what the event has made of its container. */
function follow(event: EngineEvent, listener: EngineListener, changed: ChangedContainers): void {
  const { action, containerId: id } = event
  if (action === 'destroy') {
    changed.remove(id)
    listener.onRemoved(id)
  } else if (action === 'die') changed.end(event)
  else if (action === 'oom') changed.noteOom(id)
  else if (changing.has(action)) changed.add(id)
}

/** Rejects as soon as the engine does not answer in time; a stream alone stays silent when the engine hangs. */
async function keepAsking(
  client: EngineClient,
  signal: AbortSignal,
  everyMs: number,
): Promise<void> {
  while (!signal.aborted) {
    await sleep(everyMs, undefined, { signal }).catch(() => {})
    if (!signal.aborted) await client.ping(signal)
  }
}
