import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openAccess, type Access, type AccessOptions } from '../../src/access/open-access.ts'
import { openFixedKeys } from '../../src/access/open-fixed-keys.ts'
import { openServer, type ServerOptions } from '../../src/cli/open-server.ts'
import { openDashboards } from '../../src/dashboards/open-dashboards.ts'
import type { HttpServer } from '../../src/http/start-http.ts'
import type { Container } from '../../src/model/container.ts'
import type { Catalogue } from '../../src/query/catalogue/open-catalogue.ts'
import type { Happenings } from '../../src/query/happenings/open-happenings.ts'
import type { LogQuestions } from '../../src/query/logs/open-log-questions.ts'
import type { StoreQuestions } from '../../src/query/open-questions.ts'
import type { PrometheusQuestions } from '../../src/query/prometheus/open-prometheus.ts'
import { LiveTable } from '../../src/store/live-table.ts'
import { SeriesRegistry } from '../../src/store/series-registry.ts'
import type { StoreBatch } from '../../src/store/store.ts'
import { openLog } from '../../src/telemetry/log.ts'
import { openViews } from '../../src/views/open-views.ts'

/** A server on a free port whose store keeps what it is given in a list. */
export interface TestServer extends HttpServer {
  readonly access: Access
  readonly live: LiveTable
  readonly written: StoreBatch[]
  /** Posts with the right key. */
  readonly post: (
    path: string,
    body: Buffer | string,
    headers?: Record<string, string>,
  ) => Promise<Response>
  readonly get: (path: string, headers?: Record<string, string>) => Promise<Response>
  [Symbol.asyncDispose](): Promise<void>
}

const notAsked = (): Promise<never> => Promise.reject(new Error('not asked for in this test'))

const noLogs: LogQuestions = {
  list: notAsked,
  histogram: notAsked,
  facets: notAsked,
  context: notAsked,
  ledgers: notAsked,
  follow: () => ({ takenMs: () => 0, wake: () => {}, close: () => {} }),
  close: () => {},
}

const noCatalogue: Catalogue = {
  listMetrics: notAsked,
  findMetric: notAsked,
  listTags: notAsked,
  listActiveMetrics: notAsked,
  listHosts: notAsked,
  listHostTags: notAsked,
}

const noHappenings: Happenings = {
  listEvents: notAsked,
  findEvent: notAsked,
  listServiceChecks: notAsked,
  list: notAsked,
  count: notAsked,
}

const noPrometheus: PrometheusQuestions = {
  query: notAsked,
  queryRange: notAsked,
  labelNames: notAsked,
  labelValues: notAsked,
  series: notAsked,
  metadata: notAsked,
}

const noQuestions: StoreQuestions = {
  askSeries: notAsked,
  askFormulas: notAsked,
  askScalars: notAsked,
  askRuns: notAsked,
  askPast: notAsked,
  askLabels: notAsked,
  logs: noLogs,
  catalogue: noCatalogue,
  happenings: noHappenings,
  prometheus: noPrometheus,
}

export const testKey = '0123456789abcdef0123456789abcdef'

/** What replaces the defaults of a test's server. */
export interface TestServerOptions extends Partial<ServerOptions> {
  /** Without an `access` of its own: what its own is opened with. */
  readonly accessOptions?: Partial<AccessOptions>
}

/** Opens it; what is given replaces the defaults. */
export async function openTestServer({
  accessOptions,
  ...options
}: TestServerOptions = {}): Promise<TestServer> {
  const written: StoreBatch[] = []
  const clock = options.clock ?? Date.now
  const log = openLog('silent', 'test')
  const live = options.live ?? new LiveTable({ clock })
  const folder = await mkdtemp(join(tmpdir(), 'vigie-access-'))
  const access =
    options.access ??
    (await openAccess({
      dataDir: folder,
      listenHost: '127.0.0.1',
      fixedKeys: { test: testKey },
      sessionMs: 7 * 24 * 3_600_000,
      signInTries: 5,
      log,
      isServer: false,
      passwordCost: { ln: 10, r: 8, p: 1 },
      clock,
      ...accessOptions,
    }))
  const server = await openServer({
    host: '127.0.0.1',
    port: 0,
    gate: access.gate,
    keys: openFixedKeys({ test: testKey }),
    access,
    version: '0.0.0-test',
    log,
    store: {
      write: async (batch) => {
        written.push(batch)
      },
    },
    registry: new SeriesRegistry(10_000, clock),
    live,
    retentionMs: 7 * 24 * 3_600_000,
    sketchesRetentionMs: 7 * 24 * 3_600_000,
    totalsRetentionMs: 90 * 24 * 3_600_000,
    logsRetentionMs: 30 * 24 * 3_600_000,
    ...noQuestions,
    describeStore: () => ({
      bytesOnDisk: 0,
      maxBytes: 0,
      droppedForSpace: null,
      isDiskFull: false,
      lateHours: 0,
      tiers: [],
    }),
    questionsWithin: () => noQuestions,
    askSql: notAsked,
    dashboards: openDashboards({ folder: '/nonexistent', log }),
    views: await openViews({ dataDir: folder, clock }),
    ...options,
  })
  async function close(): Promise<void> {
    await server.close()
    await rm(folder, { recursive: true, force: true })
  }
  return {
    url: server.url,
    close,
    access,
    live,
    written,
    post: (path, body, headers = {}) =>
      fetch(server.url + path, {
        method: 'POST',
        body: Buffer.from(body),
        headers: { 'dd-api-key': testKey, 'content-type': 'application/json', ...headers },
      }),
    get: (path, headers = {}) => fetch(server.url + path, { headers }),
    [Symbol.asyncDispose]: close,
  }
}

/** A running container with a name and an id made of one digit. */
export function sampleContainer(digit: string, change: Partial<Container> = {}): Container {
  return {
    id: digit.repeat(64),
    name: `web-${digit}`,
    image: 'registry:5000/team/web:1.2',
    imageId: `sha256:${'0'.repeat(64)}`,
    runtime: 'docker',
    state: 'running',
    health: 'none',
    createdAtMs: 1_700_000_000_000,
    wasOomKilled: false,
    restartCount: 0,
    command: 'httpd -f',
    labels: {},
    env: [],
    ports: [],
    mounts: [],
    networks: [],
    networkMode: 'bridge',
    tags: [],
    ...change,
  }
}

/** The one sentence of a refusal. */
export async function sentenceOf(response: Response): Promise<string> {
  const answer: unknown = await response.json()
  if (
    typeof answer === 'object' &&
    answer !== null &&
    'errors' in answer &&
    Array.isArray(answer.errors)
  ) {
    return answer.errors.join(' | ')
  }
  throw new Error(`No sentence in ${JSON.stringify(answer)}`)
}
