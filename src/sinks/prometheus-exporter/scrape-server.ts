import { createHash, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { constants, createGzip } from 'node:zlib'
import type { ListenAddress } from '../../component/listen-address.ts'
import type { TextFormat } from '../../wire/prometheus-text/metric-family.ts'
import { contentTypes } from '../../wire/prometheus-text/print-family.ts'
import { acceptsGzip, chooseFormat } from './choose-format.ts'

/** How pages are served. */
export interface ScrapeServerOptions {
  readonly listen: ListenAddress
  /** Absent: whoever reaches the address may read. */
  readonly bearerToken: string | undefined
  /** The page, in pieces that need not be empty or full. */
  readonly scrape: (format: TextFormat) => Iterable<string>
}

/** A page that is served until it is closed. */
export interface ScrapeServer {
  /** `http://127.0.0.1:8128/metrics`, with the port that was found where 0 was asked for. */
  readonly url: string
  readonly close: () => Promise<void>
}

const maxConnections = 64
/** Pages that are made at a time. */
const maxAtOnce = 4
const maxHeaderBytes = 8192
/** To send a request, and between two pieces of an answer. */
const idleMs = 10_000
/** For a whole answer. */
const answerMs = 60_000
/** Longer than what lies between two scrapes of most: they need no new connection. */
const keepAliveMs = 75_000
/** Beyond it costs more CPU than it saves bytes: lines are much the same. */
const gzipLevel = 1

/**
 * Serves `GET /metrics`, and nothing else.
 * @throws {Error} With a sentence that says what to do, when the address cannot be listened at.
 */
export async function openScrapeServer(options: ScrapeServerOptions): Promise<ScrapeServer> {
  let atWork = 0
  const server = createServer(
    { maxHeaderSize: maxHeaderBytes, headersTimeout: idleMs, requestTimeout: idleMs },
    (request, response) => {
      // What a client sends behind its question is not wanted.
      request.resume()
      const refusal = refuse(request, options.bearerToken) ?? refuseBusy(atWork)
      if (refusal !== undefined) {
        answerRefusal(response, refusal)
        return
      }
      atWork += 1
      void answerPage(request, response, options.scrape).finally(() => {
        atWork -= 1
      })
    },
  )
  server.maxConnections = maxConnections
  server.timeout = idleMs
  server.keepAliveTimeout = keepAliveMs
  const port = await listen(server, options.listen)
  const { host } = options.listen
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}/metrics`,
    async close() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

async function listen(server: Server, { host, port }: ListenAddress): Promise<number> {
  try {
    server.listen(port, host)
    await once(server, 'listening')
  } catch (cause) {
    const seen = cause instanceof Error ? cause.message : String(cause)
    const advice = 'set vigie.sinks.prometheus_exporter.listen to an address and port that are free'
    throw new Error(`Cannot serve /metrics on ${host}:${port}: ${seen}; ${advice}`, { cause })
  }
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : port
}

interface Refusal {
  readonly status: number
  readonly sentence: string
  readonly headers?: Readonly<Record<string, string>>
}

function refuse(
  { method, url = '', headers }: IncomingMessage,
  bearerToken: string | undefined,
): Refusal | undefined {
  if (url.split('?', 1)[0] !== '/metrics')
    return { status: 404, sentence: 'There is only /metrics here' }
  if (method !== 'GET' && method !== 'HEAD')
    return { status: 405, sentence: 'Ask with GET or HEAD', headers: { allow: 'GET, HEAD' } }
  if (bearerToken !== undefined && !isToken(headers.authorization, bearerToken))
    return {
      status: 401,
      sentence: 'Send "Authorization: Bearer" with vigie.sinks.prometheus_exporter.bearer_token',
      headers: { 'www-authenticate': 'Bearer' },
    }
  return undefined
}

function refuseBusy(atWork: number): Refusal | undefined {
  if (atWork < maxAtOnce) return undefined
  const sentence = `${maxAtOnce} others are being answered; ask again in a second`
  return { status: 503, sentence, headers: { 'retry-after': '1' } }
}

/** Compares digests, which takes the same time wherever two tokens differ. */
function isToken(header: string | undefined, token: string): boolean {
  const given = /^bearer +(\S+)$/i.exec(header ?? '')?.[1]
  return given !== undefined && timingSafeEqual(digest(given), digest(token))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

function answerRefusal(response: ServerResponse, { status, sentence, headers }: Refusal): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', ...headers })
  response.end(`${sentence}\n`)
}

/** Never rejects: a client that leaves, or is too slow, has no answer. */
async function answerPage(
  { method, headers }: IncomingMessage,
  response: ServerResponse,
  scrape: ScrapeServerOptions['scrape'],
): Promise<void> {
  const format = chooseFormat(headers.accept)
  const isGzip = acceptsGzip(headers['accept-encoding'])
  response.writeHead(200, {
    'content-type': contentTypes[format],
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    vary: 'Accept, Accept-Encoding',
    ...(isGzip && { 'content-encoding': 'gzip' }),
  })
  if (method === 'HEAD') {
    response.end()
    return
  }
  const signal = AbortSignal.timeout(answerMs)
  const page = Readable.from(toBytes(scrape(format)), { objectMode: false })
  try {
    if (isGzip) await pipeline(page, gzip(), response, { signal })
    else await pipeline(page, response, { signal })
  } catch {
    response.destroy()
  }
}

function gzip(): ReturnType<typeof createGzip> {
  return createGzip({ level: gzipLevel, flush: constants.Z_NO_FLUSH, chunkSize: 65_536 })
}

function* toBytes(pieces: Iterable<string>): Generator<Buffer, void, void> {
  for (const piece of pieces) if (piece !== '') yield Buffer.from(piece)
}
