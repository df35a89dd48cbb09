import { isDeepStrictEqual } from 'node:util'
import type { Container } from '../model/container.ts'
import { LiveFigureSet } from './live-figure-set.ts'
import { liveFigureNames } from './live-figures.ts'
import type { AgentKind } from './agents/known-agent.ts'
import type { ContainerRecord } from './store.ts'

/** A container that lives on unchanged is written again after this long, so that its row outlives the retention. */
const storeAgainMs = 6 * 3_600_000

/** A container with its newest figures, as it is at this moment. */
export interface LiveContainer {
  /** Stands for the id in live ticks; stable until the server restarts. */
  readonly key: number
  readonly host: string
  readonly container: Container
  /** In the order of `liveFigureNames`; null where unread. */
  readonly figures: readonly (number | null)[]
  /** When the newest figure was taken, Unix milliseconds; undefined before the first. */
  readonly figuresAtMs: number | undefined
  /** The 60 s up to `figuresAtMs`, oldest first; null where nothing was read. */
  readonly cpuSpark: readonly (number | null)[]
  readonly memorySpark: readonly (number | null)[]
}

const cpuIndex = liveFigureNames.indexOf('cpu')
const memoryIndex = liveFigureNames.indexOf('memory')
/** Decimals that a page can use: hundredths of a percent and of a period, whole bytes. */
const factors = liveFigureNames.map((name) => (/^(cpu|throttled)/.test(name) ? 100 : 1))
const withFigures: ReadonlySet<string> = new Set(['running', 'paused', 'restarting'])

/** One container of the live table: what the agent told of it and the figures that belong to it. */
export class LiveEntry {
  readonly key: number
  readonly id: string
  readonly figures = new LiveFigureSet(liveFigureNames.length, [cpuIndex, memoryIndex])
  host = ''
  /** Absent while only points have come: the inventory follows within a second or two. */
  container: Container | undefined
  /** When the agent saw the container like this. */
  seenAtMs = 0
  /** When a point or an inventory last named it, by our own clock. */
  touchedAtMs = 0
  removedAtMs: number | undefined
  /** Whose agent told of it last; unknown after a start. */
  teller: AgentKind | undefined
  isDirty = false
  #version = 0
  #storedSeenAtMs = 0
  #storedVersion = 0
  /** What the last tick said; undefined when the next one has to say all. */
  #sentRow: readonly (number | null)[] | undefined

  constructor(key: number, id: string) {
    this.key = key
    this.id = id
  }

  /** Takes over what the agent says; true when that is news. */
  update(container: Container, seenAtMs: number): boolean {
    this.seenAtMs = seenAtMs
    if (this.container !== undefined && isDeepStrictEqual(this.container, container)) return false
    this.container = container
    this.#version++
    return true
  }

  /** What the store does not hold yet, with the way to say that it does now; undefined when it holds all. */
  unstored(): { record: ContainerRecord; confirm: () => void } | undefined {
    if (this.container === undefined) return undefined
    const isOld = this.seenAtMs - this.#storedSeenAtMs >= storeAgainMs
    if (this.#version === this.#storedVersion && !isOld) return undefined
    const version = this.#version
    const seenAtMs = this.seenAtMs
    return {
      record: { host: this.host, timeMs: this.seenAtMs, container: this.container },
      confirm: () => {
        this.#storedVersion = Math.max(this.#storedVersion, version)
        this.#storedSeenAtMs = Math.max(this.#storedSeenAtMs, seenAtMs)
      },
    }
  }

  /** `[key, …figures]` for a tick, or `[key]` when all figures are as in the last one. */
  tickRow(): readonly (number | null)[] {
    const row = this.#row()
    const sent = this.#sentRow
    if (sent !== undefined && row.every((figure, index) => figure === sent[index]))
      return [this.key]
    this.#sentRow = row
    return [this.key, ...row]
  }

  /** Makes the next tick say all figures: somebody has seen newer ones than the last tick told. */
  forgetTick(): void {
    this.#sentRow = undefined
  }

  /** All of it; undefined while only points have come. */
  view(): LiveContainer | undefined {
    const { container, figures } = this
    if (container === undefined) return undefined
    const startedS = Math.floor((container.startedAtMs ?? 0) / 1000)
    const hasFigures = withFigures.has(container.state) && figures.newestS >= startedS
    return {
      key: this.key,
      host: this.host,
      container,
      figures: hasFigures ? this.#row() : factors.map(() => null),
      figuresAtMs: figures.newestS === 0 ? undefined : figures.newestS * 1000,
      cpuSpark: figures.spark(cpuIndex).map((value) => rounded(value, cpuIndex)),
      memorySpark: figures.spark(memoryIndex).map((value) => rounded(value, memoryIndex)),
    }
  }

  #row(): (number | null)[] {
    return factors.map((_, index) => rounded(this.figures.figure(index), index))
  }
}

function rounded(value: number | undefined, index: number): number | null {
  if (value === undefined || Number.isNaN(value)) return null
  const factor = factors[index] ?? 1
  return Math.round(value * factor) / factor
}
