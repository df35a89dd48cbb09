import { Agent } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { AgentList } from '../../src/api/contract/agents.ts'
import { compress } from '../../src/sinks/server/zstd.ts'
import { openStore } from '../../src/store/open-store.ts'
import { defaultRetention } from '../../src/store/retention.ts'
import { encodeSeries } from '../../src/wire/datadog-series/encode-series.ts'
import { askSql, getJson, startVigie } from '../../test/flow/vigie-process.ts'
import type { Contestant, Question } from './contestant.ts'
import { askedMetric, pointsAt } from './load.ts'
import { postUntilTaken } from './post.ts'
import { waitUntilIdle } from '../wait-until-idle.ts'

/** The roller's own rhythm is 10 s. */
const lookEveryMs = 5000

export interface VigieContestant extends Contestant {
  readonly url: string
  /** The tables of points, after `measureDisk()`. */
  readonly tables: () => readonly TableSize[]
}

/** What one table of points holds. */
export interface TableSize {
  readonly table: string
  readonly rows: number
  readonly bytes: number
}

/** Our server, which keeps every second for a month here, so that as much can be asked of it as of the others. */
export async function startOurs(): Promise<VigieContestant> {
  const server = await startVigie(['server'], { env: { VIGIE_RETENTION_POINTS_1S: '31d' } })
  const url = await server.url()
  const key = await server.key()
  const pid = server.process.pid ?? 0
  const agent = new Agent({ keepAlive: true, maxSockets: 4 })
  const headers = {
    'dd-api-key': key,
    'content-type': 'application/x-protobuf',
    'content-encoding': 'zstd',
  }
  let tables: readonly TableSize[] = []
  return {
    name: 'Vigie',
    pid,
    url,
    write: async (load, seconds) => {
      const bodies: Promise<Buffer>[] = []
      for (const { body } of encodeSeries(pointsAt(load, seconds))) bodies.push(compress(body))
      const posts = (await Promise.all(bodies)).map((body) =>
        postUntilTaken(`${url}/api/v2/series`, { body, headers, agent }),
      )
      await Promise.all(posts)
    },
    settle: async () => {
      await untilRolledUp(url)
      await waitUntilIdle(pid)
    },
    ask: (question) => askOurs(url, question),
    tables: () => tables,
    measureDisk: async () => {
      await server.stop()
      tables = await readTables(server.dataDir)
      return tables.reduce((sum, { bytes }) => sum + bytes, 0)
    },
    async [Symbol.asyncDispose]() {
      agent.destroy()
      await server[Symbol.asyncDispose]()
    },
  }
}

/** Looks seldom, and first at what costs next to nothing: what the server is asked here counts as its own. */
async function untilRolledUp(url: string): Promise<void> {
  for (let isRolledUp = false; !isRolledUp;) {
    await sleep(lookEveryMs)
    isRolledUp = !(await hasLateHours(url)) && (await hasRollups(url))
  }
}

async function hasLateHours(url: string): Promise<boolean> {
  return (await getJson<AgentList>(`${url}/api/agents`)).server.store.lateHours > 0
}

async function hasRollups(url: string): Promise<boolean> {
  const where = `WHERE metric = '${askedMetric}'`
  const [[raw] = []] = await askSql(url, `SELECT count() FROM metrics ${where}`)
  const [[rolled] = []] = await askSql(url, `SELECT sum(count) FROM metrics_10s ${where}`)
  return Number(raw) === Number(rolled)
}

async function askOurs(url: string, { fromS, toS, stepS, by }: Question): Promise<void> {
  const query = `avg:${askedMetric}{*} by {${by}}.rollup(avg, ${stepS})`
  const search = new URLSearchParams({ query, from: `${fromS}`, to: `${toS}` })
  const answer = await getJson<{ readonly series: readonly unknown[] }>(
    `${url}/api/v1/query?${search.toString()}`,
  )
  if (answer.series.length === 0) throw new Error(`Nothing was found by ${query}`)
}

async function readTables(dataDir: string): Promise<readonly TableSize[]> {
  const store = await openStore({
    dataDir,
    maxMemoryBytes: 512 * 1024 * 1024,
    retention: { ...defaultRetention, points1sMs: 31 * 86_400_000 },
    queueBytes: 1024 * 1024,
    maxSeries: 1,
    logBudgetBytes: 1024 * 1024,
  })
  const answer = await store.read.query({
    query: `SELECT table, toFloat64(sum(rows)) AS rows, toFloat64(sum(bytes_on_disk)) AS bytes
      FROM system.parts WHERE active AND database = 'vigie' AND (startsWith(table, 'points_') OR table = 'series')
      GROUP BY table ORDER BY table`,
    format: 'JSONEachRow',
  })
  const tables = await answer.json<TableSize>()
  await store.close()
  return tables
}
