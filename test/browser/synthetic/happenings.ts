import type { ServerResponse } from 'node:http'

import {
  happeningFacets,
  happeningKinds,
  type HappeningCounts,
  type HappeningFacet,
  type HappeningRow,
  type HappeningsAnswer,
} from '../../../src/api/contract/happenings.ts'

const dayMs = 86_400_000
const stepS = 36
const names = ['shop-web-1', 'shop-worker-1', 'shop-db-1', 'blog-front-1', 'mail-relay-1']

/**
 * Answers routes of happenings with a made-up week: a start and an end of some container every few minutes, a loop of
 * restarts, an OOM kill, a container that is ill, a check and what a program told. False for any other path.
 */
export function answerHappenings(url: URL, response: ServerResponse): boolean {
  if (url.pathname === '/api/happenings') {
    json(response, list(url))
    return true
  }
  if (url.pathname === '/api/happenings/counts') {
    json(response, count(url))
    return true
  }
  return false
}

function list(url: URL): HappeningsAnswer {
  const found = find(url)
  const limit = Number(url.searchParams.get('limit') ?? 100)
  const from = found.findIndex(({ id }) => id === url.searchParams.get('before')) + 1
  const happenings = found.slice(from, from + limit)
  return {
    happenings,
    next: found.length > from + limit ? (happenings.at(-1)?.id ?? null) : null,
  }
}

function count(url: URL): HappeningCounts {
  const found = find(url)
  const [fromS, toS] = [Number(url.searchParams.get('from')), Number(url.searchParams.get('to'))]
  const step = Math.max(1, Math.ceil((toS - fromS) / 100), toS - fromS > 3600 ? stepS : 1)
  const steps = Math.ceil((toS - fromS) / step)
  const bars = happeningKinds.map((kind) => {
    const counts = Array.from({ length: steps }, () => 0)
    for (const row of found) {
      const at = Math.floor((row.timeMs / 1000 - fromS) / step)
      if (row.kind === kind) counts[at] = (counts[at] ?? 0) + 1
    }
    return { kind, counts }
  })
  const facets = happeningFacets.map((facet) => [facet, valuesOf(facet, found)] as const)
  // Every facet is in the list that this is made from.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const all = Object.fromEntries(facets) as HappeningCounts['facets']
  return { total: found.length, stepS: step, fromS, bars, facets: all }
}

function valuesOf(
  facet: HappeningFacet,
  rows: readonly HappeningRow[],
): HappeningCounts['facets'][HappeningFacet] {
  const groups = Map.groupBy(rows, (row) => valueOf(facet, row))
  return [...groups]
    .filter(([value]) => value !== '')
    .map(([value, found]) => ({ value, count: found.length }))
    .toSorted((one, other) => other.count - one.count)
    .slice(0, 10)
}

function valueOf(facet: HappeningFacet, row: HappeningRow): string {
  if (facet === 'container') return row.container?.name ?? ''
  if (facet === 'image') return row.container?.image ?? ''
  return row[facet]
}

/** Of the search it only understands `key:value`. */
function find(url: URL): readonly HappeningRow[] {
  const [from, to] = [Number(url.searchParams.get('from')), Number(url.searchParams.get('to'))]
  const query = url.searchParams.get('query') ?? ''
  const terms = [...query.matchAll(/(kind|action|container|image|host|actor):([\w.-]+)/g)]
  return makeDay(Date.now()).filter(
    (row) =>
      row.timeMs >= from * 1000 &&
      row.timeMs <= Math.min(to * 1000 + 999, Date.now()) &&
      terms.every(
        ([, key, value]) =>
          value === valueOf(happeningFacets.find((facet) => facet === key) ?? 'kind', row),
      ),
  )
}

/** All of the day around a moment, the newest first; the same rows however often it is asked for. */
function makeDay(nowMs: number): readonly HappeningRow[] {
  const rows: HappeningRow[] = []
  const beginMs = Math.floor((nowMs - dayMs) / 600_000) * 600_000
  for (let timeMs = beginMs; timeMs < nowMs + 600_000; timeMs += 600_000)
    rows.push(...tenMinutes(timeMs))
  return rows.toSorted((one, other) => other.timeMs - one.timeMs || (one.id < other.id ? 1 : -1))
}

function tenMinutes(timeMs: number): readonly HappeningRow[] {
  const turn = timeMs / 600_000
  const make = (afterS: number, different: Partial<HappeningRow>): HappeningRow =>
    makeRow(timeMs + afterS * 1000, different)
  const name = names[turn % names.length] ?? ''
  const rows = [
    make(3, { ...of(name), action: 'create' }),
    make(3.4, { ...of(name), action: 'start' }),
    make(120, {
      ...of(name),
      kind: 'exit',
      action: 'exited',
      exitCode: [0, 143, 137, 139, 127][turn % 5] ?? 0,
      tone: turn % 5 < 2 ? 'none' : 'critical',
      ranMs: 116_600,
    }),
  ]
  for (let second = 1; second < 600; second += turn % 3 === 0 ? 20 : 90) {
    if (turn % 3 === 2) continue
    rows.push(
      make(second + 5, {
        ...of('shop-worker-1'),
        kind: 'exit',
        action: 'exited',
        exitCode: 1,
        tone: 'critical',
        ranMs: 412,
      }),
    )
    rows.push(make(second + 5.8, { ...of('shop-worker-1'), action: 'start' }))
  }
  rows.push(
    make(200, {
      kind: 'event',
      action: 'deploys',
      actor: 'deploys',
      tone: 'ok',
      title: `shop ${turn % 40} is deployed`,
      text: 'by the pipeline\n14 commits',
      tags: ['env:prod', 'service:shop'],
    }),
  )
  rows.push(
    make(300, {
      kind: 'check',
      action: 'critical',
      actor: 'http.can_connect',
      tone: 'critical',
      title: 'http.can_connect is CRITICAL on a-host',
      text: 'Connection refused',
    }),
  )
  rows.push(
    make(340, {
      kind: 'check',
      action: 'ok',
      actor: 'http.can_connect',
      tone: 'ok',
      title: 'http.can_connect is OK on a-host',
    }),
  )
  rows.push(make(410, { ...of('shop-db-1'), kind: 'oom', action: 'oom', tone: 'critical' }))
  rows.push(
    make(410.2, {
      ...of('shop-db-1'),
      kind: 'exit',
      action: 'oom_killed',
      exitCode: 137,
      tone: 'critical',
      ranMs: 8_412_000,
    }),
  )
  rows.push(
    make(480, { ...of('shop-web-1'), kind: 'health', action: 'unhealthy', tone: 'critical' }),
  )
  rows.push(make(520, { ...of('shop-web-1'), kind: 'health', action: 'healthy', tone: 'ok' }))
  return rows
}

function of(name: string): Pick<HappeningRow, 'container' | 'tags'> {
  const id = Buffer.from(name).toString('hex').padEnd(64, '0').slice(0, 64)
  const image = `registry.example/${name.split('-')[0]}:1.2.3`
  return {
    container: { id, name, image },
    tags: [`container_name:${name}`, 'env:prod', `docker_image:${image}`],
  }
}

function makeRow(timeMs: number, different: Partial<HappeningRow>): HappeningRow {
  const { container = null, action = 'start', kind = 'engine' } = different
  return {
    id: `${timeMs}-${kind}-${action}-${container?.name ?? ''}`,
    timeMs,
    kind,
    action,
    tone: 'none',
    title: `${container?.name ?? ''}: ${action}`,
    text: '',
    host: 'a-host',
    actor: 'docker',
    container,
    exitCode: null,
    ranMs: null,
    tags: [],
    ...different,
  }
}

function json(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
