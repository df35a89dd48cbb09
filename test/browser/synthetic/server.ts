import { readFile } from 'node:fs/promises'
import { createServer, type Server, type ServerResponse } from 'node:http'
import { extname, join } from 'node:path'

import type { Figures } from '../../../src/api/contract/containers.ts'
import type { HappeningCounts } from '../../../src/api/contract/happenings.ts'
import type { QueryAnswer, QuerySeries } from '../../../src/api/contract/query.ts'
import type { RunList } from '../../../src/api/contract/runs.ts'
import { createFleet, type Fleet } from './fleet.ts'
import { answerHappenings } from './happenings.ts'
import { answerLabels } from './labels.ts'
import { answerLogs } from './log-lines.ts'
import { answerPast } from './past.ts'

/** `VIGIE_TEST_WEB`: pages that were built elsewhere. */
const dist = process.env['VIGIE_TEST_WEB'] ?? join(import.meta.dirname, '../../../web/dist')
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
}

/**
 * Serves the built pages over a made-up fleet and its logs, to measure what a thousand moving rows cost a browser. It speaks the
 * routes of `src/api/contract/` and is no stand-in for the server in any other test.
 */
export function createSyntheticServer(
  containerCount: number,
  logLinesPerSecond = 0,
  ticksPerSecond = 1,
): Server {
  const fleet = createFleet(containerCount, Math.floor(Date.now() / 1000) * 1000)
  return createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    if (answerLogs(url, response, logLinesPerSecond) || answerHappenings(url, response)) return
    if (answerPast(url, response, fleet)) return
    if (url.pathname === '/api/containers/labels') void answerLabels(request, response, fleet)
    else if (url.pathname === '/api/live') stream(fleet, response, ticksPerSecond)
    else void answer(fleet, url, response)
  })
}

async function answer(fleet: Fleet, url: URL, response: ServerResponse): Promise<void> {
  if (url.pathname === '/api/agents') return json(response, agentList(fleet))
  if (url.pathname === '/api/happenings/counts') return json(response, anHour(url))
  if (url.pathname === '/api/runs') return json(response, noRuns())
  if (url.pathname === '/api/v1/query') return json(response, queryAnswer(url, fleet))
  if (url.pathname.startsWith('/api/containers/')) {
    const detail = fleet.detail(url.pathname.slice('/api/containers/'.length), Date.now())
    if (detail) return json(response, detail)
    return json(response, { errors: ['Cannot find a container with this id'] }, 404)
  }
  return file(url.pathname, response)
}

const serverCost = { rssBytes: 412e6, cpuRatio: 0.034 }

/** A stream whose seconds pass `ticksPerSecond` times as fast as ours. */
function stream(fleet: Fleet, response: ServerResponse, ticksPerSecond: number): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
  const startedMs = wholeSecondMs()
  let tickCount = 0
  const send = (event: string, data: unknown): void => {
    response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
  }
  send('snapshot', {
    time: startedMs,
    serverId: 'synthetic',
    containers: fleet.rowsAt(startedMs),
    agents: fleet.liveAgentsAt(startedMs),
    server: serverCost,
  })
  const timer = setInterval(() => {
    tickCount += 1
    const time = ticksPerSecond === 1 ? wholeSecondMs() : startedMs + tickCount * 1000
    send('tick', { time, rows: fleet.tick(time) })
    send('agents', { time, ...fleet.agentNews(time), server: serverCost })
  }, 1000 / ticksPerSecond)
  response.on('close', () => clearInterval(timer))
}

/** What happened in the hour that is asked for: some starts and ends, and a kill for want of memory. */
function anHour(url: URL): HappeningCounts {
  const fromS = Number(url.searchParams.get('from'))
  const kinds = { engine: 128, exit: 31, health: 2, oom: 1 } as const
  const action = { start: 40, exited: 30, unhealthy: 2, oom: 1 }
  const values = (of: Readonly<Record<string, number>>): { value: string; count: number }[] =>
    Object.entries(of).map(([value, count]) => ({ value, count }))
  const none = { container: [], image: [], host: [], actor: [] }
  return {
    total: 162,
    fromS,
    stepS: 3600,
    bars: [
      { kind: 'engine', counts: [kinds.engine] },
      { kind: 'exit', counts: [kinds.exit] },
    ],
    facets: { ...none, kind: values(kinds), action: values(action) },
  }
}

function agentList(fleet: Fleet): unknown {
  const server = { version: '0.1.0', pid: 4200, startedAt: 0, ...serverCost }
  return { time: Date.now(), server, agents: fleet.agentsAt(Date.now()) }
}

/** Nothing of the fleet ever ends. */
function noRuns(): RunList {
  const unread = {
    cpuSeconds: null,
    userSeconds: null,
    systemSeconds: null,
    throttledSeconds: null,
    memoryPeakBytes: null,
    readBytes: null,
    writtenBytes: null,
    receivedBytes: null,
    sentBytes: null,
  }
  const time = Date.now()
  return { time, since: time, runs: [], sums: { runs: 0, exact: 0, ...unread } }
}

/** One series for each `avg:<metric>{container_id:<id>}` of the question. */
function queryAnswer(url: URL, fleet: Fleet): QueryAnswer {
  const [from, to] = [Number(url.searchParams.get('from')), Number(url.searchParams.get('to'))]
  const query = url.searchParams.get('query') ?? ''
  const parts = [...query.matchAll(/:([\w.]+)\{container_id:(\w+)\}/g)]
  return {
    status: 'ok',
    res_type: 'time_series',
    query,
    from_date: from * 1000,
    to_date: to * 1000,
    group_by: [],
    message: '',
    series: parts.map(([, metric = '', id = '']) => series({ fleet, metric, id, from, to })),
  }
}

interface Asked {
  readonly fleet: Fleet
  readonly metric: string
  readonly id: string
  readonly from: number
  readonly to: number
}

function series({ fleet, metric, id, from, to }: Asked): QuerySeries {
  const interval = Math.max(1, Math.ceil((to - from) / 900))
  const figure = figureOf[metric]
  const pointlist: [number, number | null][] = []
  for (let second = Math.ceil(from / interval) * interval; second < to - 2; second += interval) {
    // Twenty seconds that nobody read, to be seen as a gap.
    const isMissing = second % 211 < 20 || figure === undefined
    const figures = isMissing ? undefined : fleet.detail(id, second * 1000)?.figures
    pointlist.push([second * 1000, (figure && figures?.[figure]) ?? null])
  }
  return {
    metric,
    display_name: metric,
    aggr: 'avg',
    expression: metric,
    scope: '*',
    tag_set: [],
    query_index: 0,
    start: from * 1000,
    end: to * 1000,
    interval,
    length: pointlist.length,
    pointlist,
    unit: [],
  }
}

const figureOf: Readonly<Record<string, keyof Figures>> = {
  'docker.cpu.usage': 'cpu',
  'docker.cpu.user': 'cpuUser',
  'docker.cpu.system': 'cpuSystem',
  'docker.cpu.throttled': 'throttled',
  'docker.mem.working_set': 'memory',
  'docker.mem.rss': 'memoryRss',
  'docker.mem.cache': 'memoryCache',
  'docker.net.bytes_rcvd': 'netRcvd',
  'docker.net.bytes_sent': 'netSent',
  'docker.io.read_bytes': 'ioRead',
  'docker.io.write_bytes': 'ioWritten',
  'docker.thread.count': 'threads',
}

function wholeSecondMs(): number {
  return Math.floor(Date.now() / 1000) * 1000
}

async function file(path: string, response: ServerResponse): Promise<void> {
  const name = extname(path) === '' ? '/index.html' : path
  const body = await readFile(join(dist, name)).catch(() => undefined)
  if (body === undefined) {
    response.writeHead(404).end()
    return
  }
  response.writeHead(200, {
    'content-type': types[extname(name)] ?? 'application/octet-stream',
    'content-security-policy': "default-src 'self'; img-src 'self' data:",
  })
  response.end(body)
}

function json(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
