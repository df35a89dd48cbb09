import { makeRequest, type Target } from './hostile-request.ts'
import { closed, openSocket, readOutcomes, type Sent } from './send-hostile.ts'

/** A request that takes its time. */
export interface SlowRequest {
  readonly name: string
  readonly first: Buffer
  /** Sent again and again, a second apart; nothing when absent. */
  readonly drip?: Buffer
  /** Our side ends after the first bytes. */
  readonly endsHalf?: boolean
}

/** Slow headers and slow bodies: each would hold its connection for ever. */
export function slowRequests({ key, token }: Target): SlowRequest[] {
  const body = (path: string, ...headers: (readonly [string, string | number])[]): Buffer =>
    makeRequest({
      method: 'POST',
      path,
      headers: [['DD-API-KEY', key], ['Authorization', `Bearer ${token}`], ['Connection', 'keep-alive'], ['Content-Type', 'application/json'], ...headers],
    }) // prettier-ignore
  const length = ['Content-Length', 1_000_000] as const
  const chunked = ['Transfer-Encoding', 'chunked'] as const
  const first = (text: string): Buffer => Buffer.from(text, 'latin1')
  return [
    { name: 'nothing at all', first: first('') },
    { name: 'one letter', first: first('G') },
    { name: 'a first line that grows', first: first('GET /'), drip: first('a') },
    { name: 'headers without an end', first: first('GET / HTTP/1.1\r\nHost: localhost\r\n'), drip: first('X-A: a\r\n') },
    { name: 'a header that grows', first: first('GET / HTTP/1.1\r\nHost: localhost\r\nX-A: '), drip: first('a') },
    { name: 'blank lines', first: first('\r\n'), drip: first('\r\n') },
    { name: 'half a hello of TLS', first: first('\x16\x03\x01') },
    ...['/api/v2/series', '/api/v2/logs', '/api/v1/check_run', '/intake/', '/api/vigie/v1/report', '/v1/metrics', '/api/v1/metadata', '/support/flare', '/api/sql', '/api/access/sign-in', '/prometheus/api/v1/query'].map((path) => ({
      name: `${path}: a body that comes letter by letter`,
      first: body(path, length),
      drip: first(' '),
    })),
    { name: 'a body that stops', first: Buffer.concat([body('/api/v2/series', length), first('{')]) },
    { name: 'chunks of a letter', first: body('/api/v2/series', chunked), drip: first('1\r\n \r\n') },
    { name: 'a chunk that stops', first: Buffer.concat([body('/api/v2/series', chunked), first('ffff\r\n{')]) },
    { name: 'a size of a chunk that grows', first: body('/api/v2/series', chunked), drip: first('0') },
    { name: 'headers behind the chunks without an end', first: Buffer.concat([body('/api/v2/series', chunked), first('2\r\n{}\r\n0\r\n')]), drip: first('X-A: a\r\n') },
    { name: 'an expectation, and then nothing', first: body('/api/v2/series', length, ['Expect', '100-continue']) },
    { name: 'half a body and the end of our side', first: Buffer.concat([body('/api/v2/series', length), first('{')]), endsHalf: true },
    { name: 'half a header and the end of our side', first: first('GET / HT'), endsHalf: true },
  ] // prettier-ignore
}

/** The same with a key that is none: these are not worth waiting for. */
export function slowForeigners(intake: readonly string[]): SlowRequest[] {
  return intake.slice(0, 30).map((path) => ({
    name: `${path}: a body that comes letter by letter without a key`,
    first: makeRequest({ method: 'POST', path, headers: [['Connection', 'keep-alive'], ['Content-Length', 1_000_000]] }),
    drip: Buffer.from(' '),
  })) // prettier-ignore
}

/**
 * Sends it as slowly as it wants until an answer begins, or the other side closes.
 * @throws {Error} When neither happens in time.
 */
export async function sendSlowly(
  slow: SlowRequest,
  { port, withinMs }: { readonly port: number; readonly withinMs: number },
): Promise<Sent> {
  const startedAt = performance.now()
  const socket = openSocket({ port })
  let text = ''
  socket.setEncoding('latin1').on('data', (more: string) => {
    text += more
    // Told to go on, and does not.
    if (!text.startsWith('HTTP/1.1 100 ') || text.split('HTTP/1.1 ').length > 2) socket.destroy()
  })
  if (slow.endsHalf === true) socket.end(slow.first)
  else socket.write(slow.first)
  const dripping = setInterval(() => slow.drip && socket.write(slow.drip), 1000)
  let isHung = false
  const timer = setTimeout(() => {
    isHung = true
    socket.destroy()
  }, withinMs)
  await closed(socket)
  clearInterval(dripping)
  clearTimeout(timer)
  if (isHung) throw new Error(`${slow.name}: open after ${withinMs} ms`)
  const outcomes = readOutcomes(text.replace('HTTP/1.1 100 Continue', ''))
  return { outcomes, text, tookMs: performance.now() - startedAt }
}
