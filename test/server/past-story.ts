import assert from 'node:assert/strict'
import type { AgentRow } from '../../src/api/contract/agents.ts'
import type { ContainerRow } from '../../src/api/contract/containers.ts'
import { toAgentRow } from '../../src/api/rows/agent-row.ts'
import { toContainerRow } from '../../src/api/rows/container-row.ts'
import type { Container } from '../../src/model/container.ts'
import { LiveTable } from '../../src/store/live-table.ts'
import type { StoredSeries } from '../../src/store/store.ts'
import type { TemporaryStore } from '../../src/store/temporary-store.ts'
import { sampleContainer } from './open-test-server.ts'
import { sampleReport } from './sample-report.ts'
import { sampleTotals } from './sample-totals.ts'

/** What a live page showed. */
interface Shown {
  readonly containers: readonly ContainerRow[]
  readonly agents: readonly AgentRow[]
}

/** A series, and the seconds of the story at which it has a point. */
interface Part {
  readonly series: StoredSeries
  readonly everyS: number
  readonly isThere: (second: number) => boolean
}

const lengthS = 200
const metrics = ['cpu.usage', 'cpu.user', 'mem.working_set', 'mem.rss', 'io.read_bytes']
const always = (): boolean => true

/** Some minutes of two hosts, told to a live table second by second, and to a store as the server would. */
export class PastStory {
  /** A run between two looks of the agent, in seconds of the story. */
  static readonly unseenRun = [{ name: 'blink', fromS: 141, toS: 144 }] as const
  readonly startS: number
  readonly table: LiveTable
  readonly #shown = new Map<number, Shown>()
  #nowMs = 0

  constructor(startS: number) {
    this.startS = startS
    this.table = new LiveTable({ clock: () => this.#nowMs })
  }

  get endS(): number {
    return this.startS + lengthS
  }

  /** What a live page showed at a second of the story. */
  shownAt(second: number): Shown {
    return this.#shown.get(second) ?? assert.fail(`nothing of second ${second}`)
  }

  /** Tells all of it; to the store one batch at its end. */
  async tell(store: TemporaryStore): Promise<void> {
    const parts = makeParts(store)
    const stored: { series: StoredSeries; timeMs: number; value: number }[] = []
    const records = []
    for (let second = 0; second <= lengthS; second += 1) {
      const timeS = this.startS + second
      this.#nowMs = timeS * 1000 + 200
      for (const host of ['a', 'b']) {
        this.#tellHost(host, second)
        const { records: news, confirm } = this.table.unstored(host)
        records.push(...news)
        confirm()
      }
      const points = pointsAt(parts, second, timeS * 1000)
      stored.push(...points)
      this.table.record(
        points.map(({ series }) => this.table.follow(series)),
        toColumns(points),
      )
      this.#shown.set(second, {
        containers: this.table.snapshot().map(toContainerRow),
        agents: this.table.listAgents().map(toAgentRow),
      })
    }
    await store.write({
      points: { series: stored.map(({ series }) => series), ...toColumns(stored) },
      containers: records,
      runs: PastStory.unseenRun.map(({ name, fromS, toS }) =>
        sampleTotals('f', {
          host: 'a',
          name,
          startedAtMs: (this.startS + fromS) * 1000,
          finishedAtMs: (this.startS + toS) * 1000,
        }),
      ),
    })
  }

  /** Host b falls silent at 100. */
  #tellHost(host: string, second: number): void {
    if (host === 'b' && second >= 100) return
    const timeMs = this.#nowMs - 100
    const containers = containersAt(host, second, this.startS)
    this.table.applyInventory({
      kind: 'inventory',
      host,
      timeMs,
      isFull: true,
      containers,
      removedIds: [],
    })
    this.table.applyAgentReport(
      sampleReport({
        host,
        timeMs: this.#nowMs,
        cpuRatio: costOf(second),
        startedAtMs: 1000,
        hostFacts: { cpuCount: 4, memoryBytes: 8e9, os: 'Linux', kernel: '6', cgroupVersion: 'v2' },
      }),
    )
  }
}

/** `web` runs, `job` ends at 60 and goes at 120, `db` is paused at 40, `new` is made at 70, `idle` never runs, `far` is on b. */
function containersAt(host: string, second: number, startS: number): Container[] {
  const started = { startedAtMs: startS * 1000 - 5000 }
  if (host === 'b') return [sampleContainer('5', { name: 'far', ...started })]
  const job: Partial<Container> =
    second < 60
      ? { ...started }
      : { ...started, state: 'exited', finishedAtMs: (startS + 60) * 1000, exitCode: 3 }
  const labels = { 'com.docker.compose.project': 'shop' }
  const limits = { cpuLimitCores: 1.5, memoryLimitBytes: 3e9 }
  return [
    sampleContainer('0', { name: 'web', labels, tags: ['team:shop'], ...started, ...limits }),
    ...(second < 120 ? [sampleContainer('1', { name: 'job', ...job })] : []),
    sampleContainer('2', { name: 'db', ...started, state: second < 40 ? 'running' : 'paused' }),
    ...(second < 70
      ? []
      : [sampleContainer('3', { name: 'new', startedAtMs: (startS + 70) * 1000 })]),
    sampleContainer('4', { name: 'idle', state: 'created' }),
  ]
}

function makeParts(store: TemporaryStore): readonly Part[] {
  const resolve = (metric: string, host: string, tags: string[], intervalS: number): StoredSeries =>
    store.series.resolve({ metric, kind: 'gauge', host, tags, intervalS }) ?? assert.fail(metric)
  const ofContainer = (digit: string, everyS: number, isThere: Part['isThere']): Part[] =>
    metrics.map((metric) => ({
      series: resolve(
        `docker.${metric}`,
        digit === '5' ? 'b' : 'a',
        [`container_id:${digit.repeat(64)}`],
        everyS,
      ),
      everyS,
      isThere,
    }))
  const webTags = [`container_id:${'0'.repeat(64)}`]
  const ofHost = (host: string, isThere: Part['isThere']): Part[] =>
    ['system.cpu.idle', 'system.mem.total', 'system.mem.usable', 'vigie.agent.mem.rss'].map(
      (metric) => ({ series: resolve(metric, host, [], 1), everyS: 1, isThere }),
    )
  return [
    ...ofContainer('0', 1, (second) => second < 90 || second > 95),
    ...['eth0', 'eth1'].map((device) => ({
      series: resolve('docker.net.bytes_rcvd', 'a', [...webTags, `device:${device}`], 1),
      everyS: 1,
      isThere: (second: number) => device === 'eth0' || second < 65,
    })),
    { series: resolve('docker.thread.count', 'a', webTags, 15), everyS: 15, isThere: always },
    ...ofContainer('1', 1, (second) => second < 60),
    ...ofContainer('2', 10, always),
    ...ofContainer('3', 1, (second) => second > 70),
    ...ofContainer('5', 1, (second) => second < 100),
    ...ofHost('a', (second) => second % 7 !== 3),
    ...ofHost('b', (second) => second < 100),
    { series: resolve('system.load.1', 'a', [], 15), everyS: 15, isThere: always },
    ...['a', 'b'].map((host) => ({
      series: resolve('vigie.agent.cpu.usage', host, [], 1),
      everyS: 1,
      isThere: (second: number) => host === 'a' || second < 100,
    })),
  ]
}

function pointsAt(
  parts: readonly Part[],
  second: number,
  timeMs: number,
): { series: StoredSeries; timeMs: number; value: number }[] {
  return parts.flatMap(({ series, everyS, isThere }, index) =>
    second % everyS === 0 && isThere(second)
      ? [{ series, timeMs, value: valueOf(series.metric, index, second) }]
      : [],
  )
}

function valueOf(metric: string, index: number, second: number): number {
  if (metric === 'vigie.agent.cpu.usage') return costOf(second) * 100
  if (metric === 'vigie.agent.mem.rss') return sampleReport().rssBytes
  return ((index * 31 + second * 17) % 97) + second / 8
}

function costOf(second: number): number {
  return (second % 16) / 1024
}

function toColumns(points: readonly { timeMs: number; value: number }[]): {
  timesMs: Float64Array
  values: Float64Array
} {
  return {
    timesMs: Float64Array.from(points, ({ timeMs }) => timeMs),
    values: Float64Array.from(points, ({ value }) => value),
  }
}
