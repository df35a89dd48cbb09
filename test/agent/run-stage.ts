import type { CgroupLife } from '../../src/cgroup/lifetime/cgroup-life.ts'
import type { EngineContainer } from '../../src/docker/parse-inspect.ts'
import type { ContainerTotals } from '../../src/model/container-totals.ts'
import type { Reading } from '../../src/sources/docker/figures/reading.ts'
import type { KeptRun } from '../../src/sources/docker/runs/run.ts'
import { RunLedger } from '../../src/sources/docker/runs/run-ledger.ts'
import { makeContainer } from './engine-container.ts'
import { makeEngineEvent } from './engine-event.ts'

/** The second 0 of a stage, Unix milliseconds. */
export const stageStartMs = 1_795_000_000_000

/** The life of a cgroup that used 0.1 s; times in seconds of the stage. */
export function makeLife(endedAt: number, change: Partial<CgroupLife> = {}): CgroupLife {
  return {
    containerId: 'a',
    endedAtMs: stageStartMs + endedAt * 1000,
    method: 'last_reading',
    cpuNanos: 100_000_000,
    cpuUserNanos: 60_000_000,
    cpuSystemNanos: 40_000_000,
    throttledNanos: 0,
    memoryPeakBytes: 4096,
    oomKills: 0,
    readBytes: 1,
    writtenBytes: 2,
    receivedBytes: undefined,
    sentBytes: undefined,
    cpuErrorNanos: 0,
    ...change,
  }
}

/** A reading at that second of the stage; of figures only those given. */
export function makeReading(
  at: number,
  sample: Partial<Reading['sample']> = {},
  limits: Partial<Reading['limits']> = {},
): Reading {
  return {
    sample: {
      readAtMs: at * 1000,
      cpuNanos: undefined,
      cpuUserNanos: undefined,
      cpuSystemNanos: undefined,
      quotaPeriods: undefined,
      throttledPeriods: undefined,
      throttledNanos: undefined,
      memoryUsageBytes: undefined,
      memoryAnonBytes: undefined,
      memoryFileBytes: undefined,
      memoryInactiveFileBytes: undefined,
      memoryKernelBytes: undefined,
      memorySwapBytes: undefined,
      memoryLimitHits: undefined,
      oomKills: undefined,
      pageFaults: undefined,
      majorPageFaults: undefined,
      threads: undefined,
      devices: undefined,
      cpuStalledNanos: undefined,
      memoryStalledNanos: undefined,
      ioStalledNanos: undefined,
      ...sample,
    },
    limits: {
      quotaCores: undefined,
      cpusetCores: undefined,
      cpuShares: undefined,
      memoryBytes: undefined,
      memorySoftBytes: undefined,
      memorySwapBytes: undefined,
      memoryPeakBytes: undefined,
      threads: undefined,
      ...limits,
    },
    interfaces: undefined,
  }
}

/** A ledger of runs with a clock of its own, to which things happen at given seconds. */
export class RunStage {
  readonly totals: ContainerTotals[] = []
  readonly dropped: Record<string, number> = {}
  /** What the table would say. */
  readonly readings = new Map<string, Reading>()
  readonly hidden = new Set<string>()
  /** Containers of another engine. */
  readonly foreign = new Set<string>()
  readonly ledger: RunLedger
  #nowMs = 0
  /** By how much the clock on the wall is set otherwise. */
  wallShiftMs = 0

  constructor(left: { runs?: readonly KeptRun[]; seenUntil?: number } = {}) {
    this.ledger = new RunLedger(
      {
        host: 'box-1',
        hostCpuCount: 4,
        subjects: {
          of: (id, mention) =>
            this.hidden.has(id) || this.foreign.has(id)
              ? undefined
              : {
                  name: mention?.containerName ?? '',
                  image: mention?.image ?? '',
                  tags: [`container_id:${id}`],
                },
        },
        lastReadingOf: (id) => this.readings.get(id),
        countDropped: (reason, count) => {
          this.dropped[reason] = (this.dropped[reason] ?? 0) + count
        },
        clock: () => stageStartMs + this.#nowMs + this.wallShiftMs,
        monotonic: () => this.#nowMs,
      },
      { runs: left.runs ?? [], seenUntilMs: stageStartMs + (left.seenUntil ?? 0) * 1000 },
    )
  }

  /** Lets the clock run to that second, with a `take()` at each whole one. */
  until(second: number): this {
    for (let next = Math.floor(this.#nowMs / 1000) + 1; next <= second; next += 1) {
      this.#nowMs = next * 1000
      this.totals.push(...this.ledger.take())
    }
    this.#nowMs = Math.max(this.#nowMs, second * 1000)
    return this
  }

  /** The engine tells something at that second. */
  engine(
    second: number,
    action: string,
    change: { id?: string; exitCode?: number; name?: string; toldAt?: number } = {},
  ): this {
    this.until(change.toldAt ?? second)
    const { id = 'a', exitCode, name = 'web' } = change
    this.ledger.onEvent(
      makeEngineEvent(action, {
        containerId: id,
        containerName: name,
        timeNanos: BigInt(Math.round(stageStartMs + second * 1000)) * 1_000_000n,
        attributes: exitCode === undefined ? {} : { exitCode: String(exitCode) },
      }),
    )
    return this
  }

  life(second: number, change: Partial<CgroupLife> = {}): this {
    this.until(second)
    this.ledger.onLife(makeLife(second, change))
    return this
  }

  /** The engine gives its list; times in seconds of the stage. */
  list(
    second: number,
    ...containers: readonly (Partial<EngineContainer> & { started?: number; finished?: number })[]
  ): this {
    this.until(second)
    this.ledger.onAll(
      containers.map(({ started = 0, finished, ...change }) =>
        makeContainer({
          id: 'a',
          startedAtMs: stageStartMs + started * 1000,
          ...(finished !== undefined && {
            state: 'exited',
            finishedAtMs: stageStartMs + finished * 1000,
            exitCode: 0,
            pid: 0,
          }),
          ...change,
        }),
      ),
      [],
    )
    return this
  }

  lost(second: number): this {
    this.until(second)
    this.ledger.onEngineLost()
    return this
  }

  /** Each total in short: `a 1-2.5 exit 0 last_reading exact`. */
  told(): readonly string[] {
    return this.totals.map((one) => {
      const [from, to] = [one.startedAtMs, one.finishedAtMs].map(
        (ms) => Math.round(ms - stageStartMs) / 1000,
      )
      const how = `${one.method}${one.isExact ? ' exact' : ''}${one.wasOomKilled ? ' oom' : ''}`
      return `${one.containerId} ${from}-${to} exit ${one.exitCode ?? '?'} ${how}`
    })
  }
}
