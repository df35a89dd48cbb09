import assert from 'node:assert/strict'
import { makeSketch } from '../agent/sketches.ts'
import type { AgentReport } from '../../src/model/agent-report.ts'
import type { TemporaryStore } from '../../src/store/temporary-store.ts'
import { sampleContainer, type TestServer } from './open-test-server.ts'
import { sampleLedger } from './sample-ledger.ts'
import { sampleBlock, sampleOrigin } from './sample-logs.ts'
import { sampleReport } from './sample-report.ts'
import { sampleTotals } from './sample-totals.ts'

/** A team, in the names, tags, texts and values of whose containers its word is. */
interface Team {
  readonly word: 'shop' | 'vault'
  /** Of the ids of its containers. */
  readonly digit: 'a' | 'b'
  readonly value: number
}

const twoTeams: readonly Team[] = [
  { word: 'shop', digit: 'a', value: 11 },
  { word: 'vault', digit: 'b', value: 98_765 },
]

/**
 * Stores of each team whatever there is: figures, distributions, lines, events, checks, runs, containers and agents.
 * The scope `team:shop` sees the first and nothing of the second, `vault`; nor what is of hosts alone.
 */
export async function writeTwoTeams(
  server: TestServer,
  store: TemporaryStore,
  nowMs: number,
): Promise<void> {
  for (const team of twoTeams) {
    await writeLive(server, team, nowMs)
    await writeEnded(store, team, nowMs)
    await writeNumbers(server, store, { team, nowMs })
    await writeHappenings(server, team, nowMs)
    await writeLogs(store, team, nowMs)
  }
}

function tagsOf({ word, digit }: Team): readonly string[] {
  return [
    `team:${word}`,
    `container_name:${word}-1`,
    `container_id:${digit.repeat(64)}`,
    `${word}_key:1`,
  ]
}

async function post(server: TestServer, path: string, body: object): Promise<void> {
  const answer = await server.post(path, JSON.stringify(body))
  assert.equal(answer.status, 202, await answer.text())
}

/** The id of a container of a team that ended a day ago. */
export function endedIdOf(digit: Team['digit']): string {
  return digit + '0'.repeat(63)
}

async function writeEnded(store: TemporaryStore, team: Team, nowMs: number): Promise<void> {
  const { word, digit } = team
  const id = endedIdOf(digit)
  const container = sampleContainer(digit, {
    id,
    name: `${word}-0`,
    state: 'removed',
    labels: { [`${word}.label`]: word },
    tags: [`team:${word}`],
  })
  await store.write({
    containers: [{ host: `${word}-host`, timeMs: nowMs - 86_400_000, container }],
  })
}

async function writeLive(server: TestServer, team: Team, timeMs: number): Promise<void> {
  const { word, digit, value } = team
  const container = sampleContainer(digit, {
    name: `${word}-1`,
    image: `registry/${word}:1`,
    labels: { [`${word}.label`]: word },
    env: [`${word.toUpperCase()}=1`],
    tags: tagsOf(team),
  })
  const host = `${word}-host`
  const report: AgentReport = sampleReport({
    host,
    timeMs,
    cpuRatio: value,
    sources: [{ name: 'docker', state: 'degraded', message: `${host} is ill`, restarts: 0 }],
  })
  const inventories = [
    {
      kind: 'inventory',
      host,
      timeMs: timeMs - 30_000,
      isFull: true,
      containers: [container],
      removedIds: [],
    },
  ]
  await post(server, '/api/vigie/v1/report', { inventories, agentReports: [report] })
}

async function writeNumbers(
  server: TestServer,
  store: TemporaryStore,
  { team, nowMs }: { readonly team: Team; readonly nowMs: number },
): Promise<void> {
  const { word, digit, value } = team
  const host = `${word}-host`
  const points = [[Math.floor(nowMs / 1000) - 30, value]]
  const ofHost = { metric: 'system.load.1', host, points, tags: [`rack:${word}`] }
  const own = [`${word}.orders`, 'docker.cpu.usage'].map((metric) => ({
    metric,
    host,
    points,
    tags: tagsOf(team),
    interval: 1,
  }))
  await post(server, '/api/v1/series', { series: [...own, ofHost] })
  const series = store.series.resolve({
    metric: 'latency',
    kind: 'distribution',
    host,
    tags: tagsOf(team),
    intervalS: 10,
  })
  assert.ok(series)
  await store.write({
    sketches: [{ ...makeSketch([value]), series, timeMs: nowMs - 30_000 }],
    runs: [
      sampleTotals(digit, {
        host,
        name: `${word}-1`,
        image: `registry/${word}:1`,
        tags: tagsOf(team),
        memoryPeakBytes: value,
        finishedAtMs: nowMs - 30_000,
      }),
    ],
  })
}

async function writeHappenings(server: TestServer, team: Team, nowMs: number): Promise<void> {
  const { word } = team
  const timestamp = Math.floor(nowMs / 1000) - 30
  const host = `${word}-host`
  const event = { timestamp, host, msg_title: `${word} began`, msg_text: '' }
  const ofHost = { ...event, msg_title: 'vault: disk of the host', tags: [`rack:${word}`] }
  await post(server, '/intake/', {
    events: { docker: [{ ...event, tags: tagsOf(team) }, ofHost] },
  })
  const check = { host_name: host, status: 0, message: `${word} is well`, timestamp }
  await post(server, '/api/v1/check_run', [
    { ...check, check: `${word}.up`, tags: tagsOf(team) },
    { ...check, check: 'vault.ntp', tags: [] },
  ])
}

async function writeLogs(store: TemporaryStore, team: Team, nowMs: number): Promise<void> {
  const { word, digit } = team
  const origin = sampleOrigin(digit, {
    host: `${word}-host`,
    containerName: `${word}-1`,
    image: `registry/${word}:1`,
    service: word,
    source: word,
    tags: tagsOf(team),
  })
  const timeNs = BigInt(nowMs - 30_000) * 1_000_000n
  await store.write({
    logs: [
      sampleBlock([
        { message: `line of ${word}`, timeNs, origin, attributes: { [`${word}_field`]: word } },
      ]),
    ],
    ledgers: [
      sampleLedger({
        host: `${word}-host`,
        name: `docker:${digit.repeat(64)}`,
        containerId: digit.repeat(64),
        containerName: `${word}-1`,
        timeMs: nowMs,
      }),
    ],
  })
}
