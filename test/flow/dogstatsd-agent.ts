import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AgentReport, SourceReport } from '../../src/model/agent-report.ts'
import type { Series } from '../../src/model/series.ts'
import { KnownSeries } from '../../src/wire/datadog-series/known-series.ts'
import { walkSeries } from '../../src/wire/datadog-series/walk-series.ts'
import { RecordingIntake } from '../agent/recording-intake.ts'
import { patience } from '../patience.ts'
import { findFreePort } from '../agent/find-free-port.ts'
import { startVigie, type Vigie } from './vigie-process.ts'
import { waitUntil } from './wait-until.ts'

/** Where an agent of a test listens and what it delivers to. */
export interface Place extends AsyncDisposable {
  readonly intake: RecordingIntake
  readonly udpPort: number
  readonly socketPath: string
  readonly streamPath: string
  /** Starts an agent here that looks at nothing but what it is sent. */
  readonly start: (env?: Readonly<Record<string, string>>) => Promise<Vigie>
  /** What has arrived of a counter: its rates, each times its interval. */
  readonly countOf: (metric: string) => number
  /** Unix seconds of all points of a metric. */
  readonly timesOf: (metric: string) => readonly number[]
  /** What the agent told last of its source `dogstatsd`. */
  readonly told: () => SourceReport | undefined
  /** What the agent tells that was dropped for a reason. */
  readonly dropped: (reason: string) => number
}

/** A place of its own: a folder, a free port and an intake. */
export async function openPlace(): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'vigie-test-'))
  const intake = await new RecordingIntake().open()
  const [udpPort, socketPath] = [await findFreePort(), join(folder, 'dsd.socket')]
  const streamPath = join(folder, 'stream.socket')
  const start = async (env: Readonly<Record<string, string>> = {}): Promise<Vigie> => {
    const seen = intake.received.length
    const vigie = await startVigie(['agent'], {
      env: {
        VIGIE_SERVER_URL: intake.url,
        DD_API_KEY: '0'.repeat(32),
        VIGIE_SOURCES_DOCKER_ENABLED: 'false',
        DD_DOGSTATSD_PORT: String(udpPort),
        DD_DOGSTATSD_SOCKET: socketPath,
        DD_DOGSTATSD_STREAM_SOCKET: streamPath,
        DD_DOGSTATSD_FLUSH_INCOMPLETE_BUCKETS: 'true',
        VIGIE_AGENT_STOP_TIMEOUT: String(2 * patience),
        ...env,
      },
    })
    await waitUntil('the agent reports', 30_000, () => {
      if (vigie.process.exitCode !== null) throw new Error(vigie.output())
      return existsSync(socketPath) && findTold(intake, seen) !== undefined
    })
    return vigie
  }
  return {
    intake,
    udpPort,
    socketPath,
    streamPath,
    start,
    countOf: (metric) =>
      listPoints(intake, metric).reduce(
        (sum, { series, value }) => sum + value * (series.kind === 'rate' ? series.intervalS : 1),
        0,
      ),
    timesOf: (metric) => listPoints(intake, metric).map(({ timeS }) => timeS),
    told: () => findTold(intake),
    dropped: (reason) => findReport(intake)?.dropped[reason] ?? 0,
    async [Symbol.asyncDispose]() {
      await intake[Symbol.asyncDispose]()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

interface ArrivedPoint {
  readonly series: Series
  readonly timeS: number
  readonly value: number
}

function listPoints({ received }: RecordingIntake, metric: string): readonly ArrivedPoint[] {
  return received
    .filter(({ route, status }) => route.startsWith('/api/v2/series') && status === 202)
    .flatMap(({ body }) => {
      const { series, timesS, values } = walkSeries(body, new KnownSeries<Series>(0), (one) => one)
      return series.flatMap((one, at) =>
        one?.metric === metric
          ? [{ series: one, timeS: timesS[at] ?? 0, value: values[at] ?? 0 }]
          : [],
      )
    })
}

function findTold(intake: RecordingIntake, from = 0): SourceReport | undefined {
  return findReport(intake, from)?.sources.find(({ name }) => name === 'dogstatsd')
}

function findReport({ received }: RecordingIntake, from = 0): AgentReport | undefined {
  const last = received.slice(from).findLast(({ route }) => route.includes('/report'))
  if (last === undefined) return undefined
  const { agentReports }: { agentReports: readonly AgentReport[] } = JSON.parse(
    last.body.toString(),
  )
  return agentReports.at(-1)
}
