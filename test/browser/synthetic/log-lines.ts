import type { ServerResponse } from 'node:http'

import type {
  LogFacets,
  LogHistogram,
  LogList,
  LogRow,
  LogTailRows,
} from '../../../src/api/contract/logs.ts'

/** Lines of a page. */
const pageLines = 500
/** As many lines as the server sends a page at once. */
const batchLines = 500
const levels = ['info', 'debug', 'warn', 'error', 'unknown'] as const
const names = ['shop-web-1', 'shop-api-1', 'shop-db-1', 'blog-front-1']

/**
 * Answers routes of logs with made-up lines: one a millisecond, as far back as anyone asks, and a tail of `perSecond`.
 * False for any other path.
 */
export function answerLogs(url: URL, response: ServerResponse, perSecond: number): boolean {
  switch (url.pathname) {
    case '/api/logs':
      json(response, listLines(url))
      return true
    case '/api/logs/histogram':
      json(response, noHistogram())
      return true
    case '/api/logs/facets':
      json(response, noFacets())
      return true
    case '/api/logs/tail':
      tailLines(response, perSecond)
      return true
    default:
      return false
  }
}

function listLines(url: URL): LogList {
  const to = Number(url.searchParams.get('cursor') ?? Date.now())
  const rows = Array.from({ length: pageLines }, (_, index) => makeLine(to - index))
  return { from: 0, to, rows, next: String(to - pageLines), tail: String(to) }
}

function tailLines(response: ServerResponse, perSecond: number): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
  const startedAt = Date.now()
  let sent = 0
  const timer = setInterval(
    () => {
      const due = Math.floor(((Date.now() - startedAt) / 1000) * perSecond)
      const count = Math.min(batchLines, due - sent)
      const skipped = due - sent - count
      const rows = Array.from({ length: count }, (_, index) => makeLine(due - count + index + 1e13))
      sent = due
      const batch: LogTailRows = { rows, skipped }
      response.write(`id: ${sent}\nevent: rows\ndata: ${JSON.stringify(batch)}\n\n`)
    },
    (1000 * batchLines) / perSecond,
  )
  response.on('close', () => clearInterval(timer))
}

/** A line of about 150 characters, some with colours, some that need several lines of the page. */
function makeLine(number: number): LogRow {
  const name = names[number % names.length] ?? ''
  const level = levels[number % levels.length] ?? 'unknown'
  const text = `request ${number} method=GET path=/cart/${number % 97} status=200 user=${(number * 7919).toString(36)}`
  const coloured = number % 13 === 0 ? `\u001b[32mdone\u001b[0m ${text}` : text
  return {
    id: String(number),
    time: number > 1e13 ? Date.now() : number,
    timeNanos: 0,
    host: 'a-host',
    containerId: String(number % names.length).repeat(64),
    containerName: name,
    image: 'registry.example/shop:1.2',
    service: 'shop',
    source: 'shop',
    level,
    stream: 'stdout',
    message: number % 7 === 0 ? `${coloured}\n  ${text}` : coloured,
    attributes: {},
    tags: ['env:prod', `container_name:${name}`],
  }
}

function noHistogram(): LogHistogram {
  return { from: 0, to: 1000, stepMs: 1000, times: [0], levels: [], total: 0 }
}

function noFacets(): LogFacets {
  return { from: 0, to: 1000, facets: [], sampledLines: null }
}

function json(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
