import { z } from 'zod'
import type { EngineClient } from '../../../docker/engine-client.ts'
import { EngineError } from '../../../docker/engine-error.ts'
import { hasApiVersion } from '../../../docker/engine-version.ts'
import type { EngineContainer } from '../../../docker/parse-inspect.ts'
import { parseStats } from '../../../docker/parse-stats.ts'
import type { Reading } from './reading.ts'
import { EngineClock } from './stats-clock.ts'
import { toReading } from './stats-reading.ts'

/** Questions that are open at the same time: each costs the engine some milliseconds of CPU. */
export const statsAtOnce = 8
/** New containers are noticed after this long at most. */
const lookEveryMs = 1000
/** A container whose figures fail is asked less often, up to this many intervals apart, and takes no one's turn. */
const longestPause = 4

/** Whom it asks about what, and who is told. */
export interface StatsPollerOptions {
  /** Of its own, with `statsAtOnce` connections: nothing else waits behind these questions. */
  readonly client: EngineClient
  /** The containers that need the engine's figures now. */
  readonly containers: () => readonly EngineContainer[]
  readonly intervalMs: number
  /** Must not throw. */
  readonly onReading: (containerId: string, reading: Reading) => void
}

interface Turn {
  container: EngineContainer
  /** Monotonic milliseconds. */
  dueAtMs: number
  isOpen: boolean
  /** How often in a row it failed, and why last. */
  failures: number
  message: string
  /** When the engine read the figures that were told last: some engines give the same ones again. */
  readAtMs: number
}

/** Asks the engine for the figures of the containers whose cgroups cannot be read, each once in an interval. */
export class StatsPoller {
  readonly #options: StatsPollerOptions
  readonly #clock = new EngineClock()
  readonly #turns = new Map<string, Turn>()
  readonly #open = new Set<Promise<void>>()
  #wake: () => void = () => {}

  constructor(options: StatsPollerOptions) {
    this.#options = options
  }

  /** Works until `signal` aborts; never throws. */
  async run(signal: AbortSignal): Promise<void> {
    signal.addEventListener('abort', () => this.#wake(), { once: true })
    while (!signal.aborted) {
      const nowMs = performance.now()
      this.#look(nowMs)
      this.#askDue(nowMs, signal)
      await this.#idle(this.#idleMs())
    }
    await Promise.all(this.#open)
  }

  /** Names of the containers whose figures could not be had the last time, each with the reason. */
  faults(): ReadonlyMap<string, string> {
    const failing = [...this.#turns.values()].filter(({ failures }) => failures > 0)
    return new Map(failing.map(({ container, message }) => [container.name, message]))
  }

  /** Takes in who has come and who has gone; those that come together get their turns spread over the interval. */
  #look(nowMs: number): void {
    const containers = this.#options.containers()
    const wanted = new Set(containers.map(({ id }) => id))
    for (const id of this.#turns.keys()) if (!wanted.has(id)) this.#turns.delete(id)
    const fresh = containers.filter(({ id }) => !this.#turns.has(id))
    for (const container of containers) {
      const turn = this.#turns.get(container.id)
      if (turn !== undefined) turn.container = container
    }
    for (const [at, container] of fresh.entries()) {
      const dueAtMs = nowMs + (at * this.#options.intervalMs) / fresh.length
      const told = { isOpen: false, failures: 0, message: '', readAtMs: 0 }
      this.#turns.set(container.id, { container, dueAtMs, ...told })
    }
  }

  #askDue(nowMs: number, signal: AbortSignal): void {
    const due = [...this.#turns.values()]
      .filter(({ isOpen, dueAtMs }) => !isOpen && dueAtMs <= nowMs)
      .toSorted((one, other) => one.dueAtMs - other.dueAtMs)
    for (const turn of due.slice(0, statsAtOnce - this.#open.size)) {
      const asking = this.#ask(turn, signal).finally(() => {
        this.#open.delete(asking)
        this.#wake()
      })
      this.#open.add(asking)
    }
  }

  /** Until the next turn; while all connections are in use, until one of them is free, which wakes it. */
  #idleMs(): number {
    if (this.#open.size >= statsAtOnce) return lookEveryMs
    const waiting = [...this.#turns.values()].filter(({ isOpen }) => !isOpen)
    const nextAtMs = Math.min(...waiting.map(({ dueAtMs }) => dueAtMs))
    return Math.max(1, Math.min(lookEveryMs, nextAtMs - performance.now()))
  }

  /** Resolves after `ms`, or when a question has ended or the source is to stop. */
  #idle(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  async #ask(turn: Turn, signal: AbortSignal): Promise<void> {
    turn.isOpen = true
    try {
      await this.#read(turn, signal)
      turn.failures = 0
    } catch (error) {
      if (signal.aborted) return
      turn.failures = isOfEngine(error) ? 1 : turn.failures + 1
      turn.message = textOf(error)
    } finally {
      turn.isOpen = false
      turn.dueAtMs = this.#nextDue(turn)
    }
  }

  async #read(turn: Turn, signal: AbortSignal): Promise<void> {
    const { client, onReading } = this.#options
    const { container } = turn
    const fromMs = performance.now()
    const id = encodeURIComponent(container.id)
    // Before 1.41 the engine ignores what it does not know, and takes a second to read twice.
    const query = hasApiVersion(client.engine(), '1.41') ? '&one-shot=true' : ''
    const json = await client.get(`/containers/${id}/stats?stream=false${query}`, signal)
    const stats = json === undefined ? undefined : parseStats(json)
    const isWanted = this.#turns.get(container.id) === turn && !signal.aborted
    if (stats === undefined || !isWanted || stats.readAtMs === turn.readAtMs) return
    turn.readAtMs = stats.readAtMs
    const toMs = performance.now()
    const readAtMs = this.#clock.toMonotonicMs(stats.readAtMs, { fromMs, toMs })
    onReading(container.id, toReading(stats, turn.container, readAtMs))
  }

  /** In step with its turns before; those that have passed are left out. */
  #nextDue({ dueAtMs, failures }: Turn): number {
    const { intervalMs } = this.#options
    const pauseMs = intervalMs * Math.min(longestPause, 2 ** Math.max(0, failures - 1))
    const passed = Math.floor(Math.max(0, performance.now() - dueAtMs) / pauseMs)
    return dueAtMs + (passed + 1) * pauseMs
  }
}

/** Not this container's fault: all are asked again in their turns. */
function isOfEngine(error: unknown): boolean {
  return error instanceof EngineError && !['ENGINE_SILENT', 'ENGINE_ANSWER'].includes(error.code)
}

function textOf(error: unknown): string {
  if (error instanceof z.ZodError) return `Cannot read its figures: ${z.prettifyError(error)}`
  return error instanceof Error ? error.message : String(error)
}
