import type { ServerResponse } from 'node:http'

import type { PastAnswer, PastEvent } from '../../../src/api/contract/past.ts'
import type { QueryAnswer } from '../../../src/api/contract/query.ts'
import type { Fleet } from './fleet.ts'

/** Seconds of the past that are kept. */
const keptS = 3 * 3600
/** Beyond it, figures are means of ten seconds. */
const everySecondS = 3600
const points = 240

/** Answers `GET /api/past`, and the curve of the time bar, over the made-up fleet, whose figures can be told of any time. */
export function answerPast(url: URL, response: ServerResponse, fleet: Fleet): boolean {
  const number = (name: string): number => Number(url.searchParams.get(name) ?? 0)
  const query = url.searchParams.get('query') ?? ''
  if (url.pathname === '/api/v1/query' && query.startsWith('sum:')) {
    send(response, curve(fleet, query, { from: number('from'), to: number('to') }))
    return true
  }
  if (url.pathname !== '/api/past') return false
  const nowS = Math.floor(Date.now() / 1000)
  const atS = number('at')
  if (atS < nowS - keptS || atS > nowS) {
    const errors = [`Cannot show the containers at ${atS}: ask for ${nowS - keptS} to ${nowS}`]
    send(response, { errors }, 400)
    return true
  }
  send(response, past(fleet, { atS, seconds: number('seconds'), step: number('step') || 1, nowS }))
  return true
}

interface Asked {
  readonly atS: number
  readonly seconds: number
  readonly step: number
  readonly nowS: number
}

function past(fleet: Fleet, { atS, seconds, step, nowS }: Asked): PastAnswer {
  const resolutionS = atS < nowS - everySecondS ? 10 : 1
  const fromS = Math.min(Math.ceil(atS / resolutionS) * resolutionS, nowS - 2)
  const stepS = Math.max(step, resolutionS)
  const frames = Math.max(0, Math.floor((Math.min(fromS + seconds, nowS - 2) - fromS) / stepS))
  const times = Array.from({ length: frames }, (_, index) => (fromS + (index + 1) * stepS) * 1000)
  return {
    fromS,
    toS: fromS + frames * stepS,
    stepS,
    resolutionS,
    keptFromS: nowS - keptS,
    snapshot: {
      time: fromS * 1000,
      serverId: 'synthetic',
      containers: fleet.rowsAt(fromS * 1000),
      agents: fleet.liveAgentsAt(fromS * 1000),
    },
    events: times.flatMap((time): readonly PastEvent[] => [
      { kind: 'tick', data: { time, rows: fleet.tick(time) } },
      { kind: 'agents', data: { time, ...fleet.agentNews(time) } },
    ]),
  }
}

/** The CPU of the whole fleet, read at a few moments of the span, with a gap in it. */
function curve(fleet: Fleet, query: string, span: { from: number; to: number }): QueryAnswer {
  const { from, to } = span
  const interval = Math.ceil((to - from) / points)
  const start = Math.ceil(from / interval) * interval
  const pointlist = Array.from({ length: points }, (_, index) => {
    const second = start + index * interval
    const sum = fleet.tick(second * 1000).reduce((total, [, cpu]) => total + (cpu ?? 0), 0)
    const wave = 1 + 0.5 * Math.sin(second / 700) + 0.3 * Math.sin(second / 90)
    return [second * 1000, index % 71 > 66 ? null : sum * wave] as const
  })
  const series = {
    metric: 'docker.cpu.usage',
    display_name: '',
    aggr: 'sum',
    expression: query,
    scope: '*',
    tag_set: [],
    query_index: 0,
    unit: [],
    start: from * 1000,
    end: to * 1000,
    interval,
    length: points,
    pointlist,
  }
  return {
    status: 'ok',
    res_type: 'time_series',
    query,
    message: '',
    group_by: [],
    from_date: from * 1000,
    to_date: to * 1000,
    series: [series],
  }
}

function send(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
