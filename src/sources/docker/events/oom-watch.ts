import type { EngineEvent } from '../../../docker/parse-event.ts'
import type { Subject } from './event-subjects.ts'

/** An `oom` of the engine and a growth of the kernel's counter within this time are one kill. */
const sameKillMs = 5000
/** So long an `oom` of the engine waits for the next reading of the counter. */
const waitMs = 3000
/** Kills of one container that are told of one reading; a counter that jumps further is told as this many. */
const maxTold = 100

export interface OomSettings {
  /** `undefined` for a container that is kept out or not known. */
  readonly subjectOf: (id: string) => Subject | undefined
  /** Unix milliseconds. */
  readonly clock: () => number
}

interface Kills {
  /** What the engine has said and no reading of the counter has confirmed yet. */
  readonly waiting: { readonly event: EngineEvent; readonly atMs: number }[]
  /** When kills were told that only one side has reported so far: the other side's word on them may come yet. */
  readonly onlyCounted: number[]
  readonly onlyHeard: number[]
  lastGrowthMs: number
  hasEnded: boolean
}

/**
 * Puts the kernel's counters of kills beside the engine's `oom`: one event for each process killed. The kernel counts every
 * one but is read once a second; the engine is prompt and the only one to tell a kill that ended the container, but may tell
 * one kill twice or two as one.
 */
export class OomWatch {
  readonly #settings: OomSettings
  readonly #kills = new Map<string, Kills>()
  #ready: EngineEvent[] = []

  constructor(settings: OomSettings) {
    this.#settings = settings
  }

  /** Takes an `oom` of the engine. */
  onEngineOom(event: EngineEvent): void {
    const kills = this.#of(event.containerId)
    const atMs = this.#settings.clock()
    forgetOld(kills, atMs)
    if (kills.onlyCounted.shift() === undefined) kills.waiting.push({ event, atMs })
  }

  /** Takes by how much the counter of a container has grown. */
  onKernelKills(id: string, count: number, timeMs: number): void {
    if (count <= 0) return
    const kills = this.#of(id)
    forgetOld(kills, timeMs)
    kills.lastGrowthMs = timeMs
    for (let kill = 0; kill < Math.min(count, maxTold); kill += 1) {
      if (kills.onlyHeard.shift() !== undefined) continue
      const heard = kills.waiting.shift()
      // Two of one moment would be taken for one that was sent twice.
      const event = heard?.event ?? this.#describe(id, timeMs + kill)
      if (event !== undefined) this.#ready.push(event)
      if (heard === undefined) kills.onlyCounted.push(timeMs)
    }
  }

  /** Takes that a container has ended: its counter will be read once more at most. */
  onEnd(id: string): void {
    const kills = this.#kills.get(id)
    if (kills !== undefined) kills.hasEnded = true
  }

  /** The kills to be told now, each as an `oom` of the engine. Call it behind the readings of `timeMs`. */
  take(timeMs: number): readonly EngineEvent[] {
    for (const [id, kills] of this.#kills) {
      forgetOld(kills, timeMs)
      this.#tellHeard(kills, timeMs)
      const { waiting, onlyCounted, onlyHeard } = kills
      if (waiting.length + onlyCounted.length + onlyHeard.length === 0) this.#kills.delete(id)
    }
    return this.#ready.splice(0)
  }

  /** Tells what was heard and not counted in time. */
  #tellHeard(kills: Kills, timeMs: number): void {
    const { waiting, hasEnded, lastGrowthMs } = kills
    const isDue = (atMs: number): boolean => hasEnded || Math.abs(timeMs - atMs) >= waitMs
    while (waiting[0] !== undefined && isDue(waiting[0].atMs)) {
      const heard = waiting.shift()
      // The counter is read and has not grown by it: the engine has told one kill twice.
      const isTwin = !hasEnded && Math.abs(timeMs - lastGrowthMs) <= sameKillMs
      if (heard === undefined || isTwin) continue
      this.#ready.push(heard.event)
      kills.onlyHeard.push(timeMs)
    }
  }

  /** Everything that is left, at the end. */
  takeAll(): readonly EngineEvent[] {
    const heard = [...this.#kills.values()].flatMap(({ waiting }) =>
      waiting.map(({ event }) => event),
    )
    this.#kills.clear()
    return [...this.#ready.splice(0), ...heard]
  }

  #of(id: string): Kills {
    const known = this.#kills.get(id)
    if (known !== undefined) return known
    const kills: Kills = {
      waiting: [],
      onlyCounted: [],
      onlyHeard: [],
      lastGrowthMs: -Infinity,
      hasEnded: false,
    }
    this.#kills.set(id, kills)
    return kills
  }

  #describe(id: string, timeMs: number): EngineEvent | undefined {
    const subject = this.#settings.subjectOf(id)
    if (subject === undefined) return undefined
    return {
      action: 'oom',
      detail: '',
      containerId: id,
      containerName: subject.name,
      image: subject.image,
      timeNanos: BigInt(Math.floor(timeMs)) * 1_000_000n,
      attributes: {},
    }
  }
}

/** Of a clock that was set, all is forgotten: better a kill told twice than one not told. */
function forgetOld({ onlyCounted, onlyHeard }: Kills, nowMs: number): void {
  for (const times of [onlyCounted, onlyHeard])
    while (times[0] !== undefined && Math.abs(nowMs - times[0]) > sameKillMs) times.shift()
}
