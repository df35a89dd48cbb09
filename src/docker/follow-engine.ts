import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import type { EngineClient } from './engine-client.ts'
import { EngineError } from './engine-error.ts'
import { EventCursor } from './event-cursor.ts'
import { ChangedContainers, inspectAll, type Inspected } from './inspect-containers.ts'
import { parseEvent, type EngineEvent } from './parse-event.ts'
import type { EngineContainer } from './parse-inspect.ts'

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
}

/**
 * What changes a container or says that it did; the engine leaves out the rest, such as the `exec_*` of health checks,
 * so that a storm of those costs nothing here.
 */
const actions = [
  'attach', 'commit', 'copy', 'create', 'destroy', 'detach', 'die', 'export', 'health_status', 'kill',
  'oom', 'pause', 'rename', 'resize', 'restart', 'start', 'stop', 'unpause', 'update',
] // prettier-ignore
const eventFilters = encodeURIComponent(JSON.stringify({ type: ['container'], event: actions }))
/** Actions that leave the container as it was. */
const passing = new Set(['attach', 'detach', 'resize', 'commit', 'copy', 'export', 'kill'])

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
  const { signal, retryMs } = options
  const cursor = new EventCursor(Date.now())
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
  { signal, pingEveryMs, cursor }: FollowOptions & { cursor: EventCursor },
): Promise<void> {
  const connection = new AbortController()
  const cut = (): void => connection.abort()
  signal.addEventListener('abort', cut, { once: true })
  try {
    const { Version } = versionSchema.parse(await client.get('/version', connection.signal))
    await Promise.race([
      keepAsking(client, connection.signal, pingEveryMs),
      readState(client, listener, { until: connection.signal, cursor, version: Version }),
    ])
  } finally {
    signal.removeEventListener('abort', cut)
    connection.abort()
  }
}

/** Tells all containers, then every change. */
async function readState(
  client: EngineClient,
  listener: EngineListener,
  { until, cursor, version }: { until: AbortSignal; cursor: EventCursor; version: string },
): Promise<void> {
  // The stream opens before the list is read: what happens in between is then told twice, not never.
  const path = `/events?since=${cursor.since()}&filters=${eventFilters}`
  const lines = await client.openLines(path, until)
  const { containers, unreadable } = await inspectAll(client, until)
  if (until.aborted) return
  listener.onAll(
    containers,
    unreadable.map(({ id }) => id),
  )
  for (const one of unreadable) tellOne(listener, one)
  listener.onReachable(version)
  const changed = new ChangedContainers(client, (inspected) => tellOne(listener, inspected))
  await Promise.race([changed.run(until), readEvents(lines, listener, { cursor, changed })])
}

function tellOne(listener: EngineListener, inspected: Inspected): void {
  if (inspected.kind === 'container') listener.onChanged(inspected.container)
  if (inspected.kind === 'unreadable') listener.onUnreadable(inspected.id, inspected.error)
}

async function readEvents(
  lines: AsyncIterable<string>,
  listener: EngineListener,
  { cursor, changed }: { cursor: EventCursor; changed: ChangedContainers },
): Promise<void> {
  for await (const line of lines) {
    const event = parseEvent(line)
    if (!event || !cursor.advance(event)) continue
    listener.onEvent(event)
    if (event.action === 'destroy') {
      changed.remove(event.containerId)
      listener.onRemoved(event.containerId)
    } else if (!passing.has(event.action)) changed.add(event.containerId)
  }
}

/** Rejects as soon as the engine does not answer in time; a stream alone stays silent when the engine hangs. */
async function keepAsking(
  client: EngineClient,
  signal: AbortSignal,
  everyMs: number,
): Promise<void> {
  while (!signal.aborted) {
    await sleep(everyMs, undefined, { signal }).catch(() => {})
    if (!signal.aborted) await client.get('/version', signal)
  }
}
