// A process that takes what an agent sends and adds it up, cheaply: `node bench/dogstatsd/intake.ts <port>`. It tells by
// message when it listens, and its tally when it is asked.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { zstdDecompressSync } from 'node:zlib'
import type { AgentReport } from '../../src/model/agent-report.ts'
import type { Series } from '../../src/model/series.ts'
import { KnownSeries } from '../../src/wire/datadog-series/known-series.ts'
import { walkSeries } from '../../src/wire/datadog-series/walk-series.ts'
import { counterNames, ticket } from './load.ts'

/** What has arrived since the start. */
export interface Tally {
  /** Sum of all counters of the load: rates by their intervals. */
  readonly counted: number
  /** Packets of loads with tickets. */
  readonly packets: number
  readonly points: number
  readonly sketchBodies: number
  /** Unix seconds of all intervals in which counters of the load were told. */
  readonly intervals: readonly number[]
  /** The agent's newest figures of its own receiving, by metric. */
  readonly own: Readonly<Record<string, number>>
  /** Unix seconds of the points of a figure that a source makes every second. */
  readonly beats: readonly number[]
  /** The agent's newest report of itself. */
  readonly report: AgentReport | undefined
}

/** A figure of the source `host`. */
const beat = 'system.load.1'
const knownBytes = 256 * 1024 * 1024
const known = new KnownSeries<Series>(knownBytes)
const tally = {
  counted: 0,
  packets: 0,
  intervals: [] as number[],
  own: {} as Record<string, number>,
  points: 0,
  sketchBodies: 0,
  beats: [] as number[],
  report: undefined as AgentReport | undefined,
}

if (import.meta.main) {
  const server = createServer((request, response) => {
    void answer(request, response)
  })
  server.keepAliveTimeout = 60_000
  server.listen(Number(process.argv[2]), '127.0.0.1', () => process.send?.('open'))
  process.on('message', () => process.send?.(tally))
  process.on('disconnect', () => process.exit())
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  take(request.url ?? '', await buffer(request))
  response.writeHead(202).end('{}')
}

function take(route: string, body: Buffer): void {
  if (route.startsWith('/api/v2/series')) takeSeries(zstdDecompressSync(body))
  else if (route.startsWith('/api/beta/sketches')) tally.sketchBodies += 1
  else if (route.startsWith('/api/vigie/v1/report')) {
    const { agentReports } = JSON.parse(zstdDecompressSync(body).toString())
    tally.report = agentReports.at(-1) ?? tally.report
  }
}

function takeSeries(body: Buffer): void {
  const { series, timesS, values, length } = walkSeries(body, known, (one) => one)
  tally.points += length
  for (let at = 0; at < length; at += 1) {
    const one = series[at]
    if (one !== undefined) takePoint(one, timesS[at] ?? 0, values[at] ?? 0)
  }
}

function takePoint(series: Series, timeS: number, value: number): void {
  const { metric, kind, intervalS } = series
  if (metric === beat) tally.beats.push(timeS)
  if (metric === ticket) tally.packets += value * intervalS
  if (metric.startsWith('vigie.dogstatsd.')) tally.own[metric] = value
  if (kind !== 'rate' || !isCounter(series)) return
  tally.counted += value * intervalS
  if (!tally.intervals.includes(timeS)) tally.intervals.push(timeS)
}

/** By series, since each comes again and again. */
const counters = new WeakMap<Series, boolean>()

function isCounter(series: Series): boolean {
  const found = counters.get(series)
  if (found !== undefined) return found
  const { metric } = series
  const isOne = counterNames.some((name) => metric === name || metric.startsWith(`${name}.`))
  counters.set(series, isOne)
  return isOne
}
