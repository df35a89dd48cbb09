import { makeRequest, type HostileRequest, type Target } from './hostile-request.ts'

const series = '/api/v2/series'

/** Requests that are no HTTP, or that two servers in a row would read in two ways. */
export function brokenFraming({ key }: Target): HostileRequest[] {
  const headers = [`Host: localhost`, `DD-API-KEY: ${key}`, 'Content-Type: application/json']
  /** A post with these headers more, and this behind them. */
  const post = (name: string, more: readonly string[], body = '{}'): HostileRequest =>
    raw(
      name,
      [`POST ${series} HTTP/1.1`, ...headers, 'Connection: close', ...more].join('\r\n') +
        `\r\n\r\n${body}`,
    )
  const chunked = 'Transfer-Encoding: chunked'
  const smuggled = `POST ${series} HTTP/1.1\r\nHost: localhost\r\n\r\n`
  return [
    post('a length and chunks', ['Content-Length: 4', chunked], `0\r\n\r\n${smuggled}`),
    post('chunks and a length', [chunked, 'Content-Length: 4'], `0\r\n\r\n${smuggled}`),
    post('two lengths', ['Content-Length: 2', 'Content-Length: 40']),
    post('two equal lengths', ['Content-Length: 2', 'Content-Length: 2']),
    post('two lengths in one header', ['Content-Length: 2, 40']),
    post('a negative length', ['Content-Length: -1']),
    post('a length with a sign', ['Content-Length: +2']),
    post('a length in hexadecimal digits', ['Content-Length: 0x2']),
    post('a length of 30 digits', [`Content-Length: ${'9'.repeat(30)}`]),
    post('a length of 8 EiB', ['Content-Length: 9223372036854775807']),
    post('a length of 1 GiB with nothing behind it', ['Content-Length: 1073741824'], ''),
    post('an empty length', ['Content-Length: ']),
    post('a length and a space before its colon', ['Content-Length : 2']),
    post('a length behind a line that goes on', [
      'X-A: 1',
      ' Content-Length: 2',
      'Content-Length: 2',
    ]),
    post('an encoding of transfer that nobody knows', ['Transfer-Encoding: xchunked']),
    post('chunks that are not the last encoding', ['Transfer-Encoding: chunked, identity']),
    post('chunks twice', [chunked, chunked], '0\r\n\r\n'),
    post('chunks behind gzip', ['Transfer-Encoding: gzip, chunked'], '0\r\n\r\n'),
    post('chunks behind a tab that hides them', ['Transfer-Encoding:\x0bchunked'], '0\r\n\r\n'),
    post('a chunk whose size is no number', [chunked], 'zz\r\n{}\r\n0\r\n\r\n'),
    post('a chunk of 2^64 bytes', [chunked], '10000000000000000\r\n{}\r\n0\r\n\r\n'),
    post('a chunk with a negative size', [chunked], '-2\r\n{}\r\n0\r\n\r\n'),
    post('a chunk that is longer than it says', [chunked], '1\r\n{}\r\n0\r\n\r\n'),
    post(
      'a chunk with an extension of 100 KB',
      [chunked],
      `2;${'a'.repeat(100_000)}\r\n{}\r\n0\r\n\r\n`,
    ),
    post(
      'headers behind the chunks, 100 KB of them',
      [chunked],
      `0\r\nX-A: ${'a'.repeat(100_000)}\r\n\r\n`,
    ),
    post('chunks that end lines with LF', [chunked], '2\n{}\n0\n\n'),
    post(
      '6 MiB in chunks',
      [chunked],
      `${'10000\r\n'.concat('a'.repeat(65_536), '\r\n').repeat(96)}0\r\n\r\n`,
    ),
    post('6 MiB', [`Content-Length: ${6 * 1024 * 1024}`], 'a'.repeat(6 * 1024 * 1024)),
    post('an expectation that nobody can meet', ['Expect: a miracle', 'Content-Length: 2']),
    ...notHttp,
    ...headLines,
  ]
}

function raw(name: string, text: string, rest: Partial<HostileRequest> = {}): HostileRequest {
  return { name, bytes: () => Buffer.from(text, 'latin1'), ...rest }
}

const notHttp: readonly HostileRequest[] = [
  raw('HTTP/0.9', 'GET /\r\n\r\n'),
  raw('HTTP/1.1 without a Host', 'GET /api/containers HTTP/1.1\r\n\r\n', { server: 'open' }),
  raw(
    'two Hosts',
    'GET /api/containers HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n',
  ),
  raw('HTTP/2 without asking', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
  raw('HTTP/9.9', 'GET / HTTP/9.9\r\nHost: localhost\r\n\r\n'),
  raw('a hello of TLS', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'.padEnd(517, '\x11')),
  raw('a hello of SSH', 'SSH-2.0-OpenSSH_9.2\r\n'),
  raw('a command of Redis', '*1\r\n$8\r\nFLUSHALL\r\n'),
  raw('a mail', 'EHLO evil.example\r\nMAIL FROM:<a@evil.example>\r\n'),
  raw('zeros', '\0'.repeat(10_000)),
  raw('no line at all, 64 KiB of it', 'A'.repeat(65_536)),
  raw('blank lines and rubbish behind them', `${'\r\n'.repeat(10_000)}rubbish\r\n\r\n`),
]

const headLines: readonly HostileRequest[] = [
  ...['CONNECT evil.example:443', 'CONNECT localhost:22'].map((line) =>
    raw(line, `${line} HTTP/1.1\r\nHost: localhost\r\n\r\n`),
  ),
  ...['TRACE', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'PROPFIND', 'PURGE', 'SEARCH', 'get', 'FROB'].map((method) =>
    raw(`the method ${method}`, `${method} /api/containers HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`),
  ),
  raw('OPTIONS of a foreign page that would send a key', 'OPTIONS /api/v2/series HTTP/1.1\r\nHost: localhost\r\nOrigin: https://evil.example\r\nAccess-Control-Request-Method: POST\r\nAccess-Control-Request-Headers: dd-api-key\r\nConnection: close\r\n\r\n'),
  raw('an address of another server', 'GET http://evil.example/api/containers HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n', { server: 'open' }),
  raw('an address of another server behind our own Host', 'GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n', { server: 'open' }),
  raw('an upgrade to WebSocket', 'GET /api/live HTTP/1.1\r\nHost: localhost\r\nConnection: close, Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n'),
  raw('an upgrade to HTTP/2', 'GET /api/containers HTTP/1.1\r\nHost: localhost\r\nConnection: close, Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n'),
  raw('a header with a NUL', 'GET /api/health HTTP/1.1\r\nHost: localhost\r\nX-A: a\0b\r\n\r\n'),
  raw('a header with a CR in it', 'GET /api/health HTTP/1.1\r\nHost: localhost\r\nX-A: a\rX-B: b\r\n\r\n'),
  raw('a header without a name', 'GET /api/health HTTP/1.1\r\nHost: localhost\r\n: a\r\n\r\n'),
  raw('a header without a colon', 'GET /api/health HTTP/1.1\r\nHost: localhost\r\nrubbish\r\n\r\n'),
  raw('a header with a space in its name', 'GET /api/health HTTP/1.1\r\nHost: localhost\r\nX A: a\r\n\r\n'),
  raw('an address with a NUL', 'GET /api/health\0 HTTP/1.1\r\nHost: localhost\r\n\r\n'),
  raw('an address with a space', 'GET /api/health x HTTP/1.1\r\nHost: localhost\r\n\r\n'),
  raw('a Host with a path', 'GET /api/containers HTTP/1.1\r\nHost: localhost/../evil.example\r\nConnection: close\r\n\r\n', { server: 'open' }),
  raw('a Host with a user', 'GET /api/containers HTTP/1.1\r\nHost: localhost@evil.example\r\nConnection: close\r\n\r\n', { server: 'open' }),
] // prettier-ignore

/** Headers and addresses that are too many or too long. */
export function floods({ key, token }: Target): HostileRequest[] {
  const get = (
    name: string,
    path: string,
    ...headers: (readonly [string, string])[]
  ): HostileRequest => ({
    name,
    bytes: () => makeRequest({ path, headers }),
  })
  const many = (count: number, header: string): readonly [string, string][] =>
    Array.from({ length: count }, (_header, at) => [header.replace('#', String(at)), 'a'])
  return [
    get('a header of 17 KiB', '/api/health', ['X-A', 'a'.repeat(17 * 1024)]),
    get('a header of 1 MiB', '/api/health', ['X-A', 'a'.repeat(1024 * 1024)]),
    get('a header with a name of 64 KiB', '/api/health', ['a'.repeat(65_536), 'a']),
    get('2,000 headers', '/api/health', ...many(2000, 'X-#')),
    get('100,000 headers', '/api/health', ...many(100_000, 'X-#')),
    get('3,000 short headers without a key', '/api/v1/validate', ...many(3000, 'a')),
    get('cookies of 20 KB', '/api/access/me', ['Cookie', 'a=b; '.repeat(4000)]),
    get('an address of 17 KiB', `/${'a'.repeat(17 * 1024)}`),
    get('an address of 1 MiB', `/${'a'.repeat(1024 * 1024)}`),
    get('an address of 10 KB with nothing there', `/${'a/'.repeat(5000)}`),
    get('a search of 15 KB without a token', `/api/logs?query=${'a'.repeat(15_000)}`),
    get('5,000 parameters without a token', `/api/logs?${'a&'.repeat(5000)}`),
    get('a key of 15 KB', '/api/v1/validate', ['DD-API-KEY', 'a'.repeat(15_000)]),
    get('a key of 15 KB in the address', `/api/v1/validate?api_key=${'a'.repeat(15_000)}`),
    get('a token of 15 KB', '/api/containers', ['Authorization', `Bearer ${'a'.repeat(15_000)}`]),
    get('1,000 languages without a token', '/api/containers', ['Accept-Language', 'en;q=0.1,'.repeat(1000)]),
    get('1,300 ranges of what is not there', '/assets/none.js', ['Range', `bytes=${'0-0,'.repeat(1300)}1-1`]),
    get('a range behind the end', '/api/none', ['Range', 'bytes=99999999999999999999-']),
    pipeline('1,000 requests at once without a token', 1000, makeRequest({ path: '/api/containers', headers: [['Connection', 'keep-alive']] })),
    pipeline('500 posts at once without a key', 500, makeRequest({ method: 'POST', path: '/api/v2/series', headers: [['Connection', 'keep-alive']], body: '{}' })),
    pipeline('200 broken posts at once with a key', 200, makeRequest({ method: 'POST', path: '/api/v2/series', headers: [['Connection', 'keep-alive'], ['DD-API-KEY', key], ['Content-Type', 'application/json']], body: '{' })),
    pipeline('200 broken questions at once', 200, makeRequest({ method: 'POST', path: '/api/sql', headers: [['Connection', 'keep-alive'], ['Authorization', `Bearer ${token}`], ['Content-Type', 'application/json']], body: '{"query":1}' })),
  ] // prettier-ignore
}

/** One after the other without waiting for answers; rubbish behind them has the server end the connection. */
function pipeline(name: string, count: number, request: Buffer): HostileRequest {
  const all = Array.from({ length: count }, () => request)
  return { name, bytes: () => Buffer.concat([...all, Buffer.from('rubbish\r\n\r\n')]), answers: 1 }
}
