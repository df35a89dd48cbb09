import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { sampleBlock, sampleOrigin, type SampleLine } from '../../../test/server/sample-logs.ts'
import { openTemporaryStore, type TemporaryStore } from '../../store/temporary-store.ts'
import { ClickHouseLogLevel, createClient } from '@clickhouse/client'
import { QuestionError } from '../question-error.ts'
import type { LogsRequest } from './ask-logs.ts'
import type { LogLine } from './log-store.ts'
import { openLogQuestions, type LogQuestions } from './open-log-questions.ts'

const hourMs = 3_600_000
/** A whole hour, some hours ago. */
const startMs = Math.floor(Date.now() / hourMs) * hourMs - 30 * hourMs
const ns = (ms: number): bigint => BigInt(Math.round(ms * 1000)) * 1000n

const database = sampleOrigin('b', {
  containerName: 'db-1',
  service: 'db',
  source: 'postgres',
  image: 'postgres:17',
  host: 'debian-2',
  tags: ['env:dev', 'short_image:postgres'],
})
const syslog = sampleOrigin('c', {
  containerId: '',
  containerName: '',
  service: 'syslog',
  tags: [],
})

const colour = '\u001B[31mERROR\u001B[0m coloured'
const texts: readonly (readonly [letter: string, line: Omit<SampleLine, 'timeNs'>])[] = [
  ['a', { message: 'GET /api/v1/users 200', attributes: { 'http.status': '200', ms: '12.5' } }],
  ['b', { message: 'Connection reset by peer', level: 'error', output: 'stderr' }],
  ['c', { message: 'connection-reset', origin: database, level: 'warn' }],
  ['d', { message: 'disconnection resets', origin: database, attributes: { ms: 'fast' } }],
  ['e', { message: 'user_id=42 done', attributes: { user: 'ann', ms: '50' } }],
  ['f', { message: colour, level: 'error' }],
  ['g', { message: 'été à “Paris”' }],
  ['h', { message: 'first\nsecond line\ttab \\ back', level: 'debug' }],
  ['i', { message: `quote ' " %_ x`, attributes: { env: 'test', '1st': `a'b` } }],
  ['j', { message: 'éfoo soc\u212Aet' }],
  ['k', { message: '10.0.0.12 refused', origin: syslog, fileId: 0n, level: 'critical' }],
  ['l', { message: '-- → --', origin: syslog, fileId: 0n, level: 'unknown' }],
  ['m', { message: new Uint8Array([0x61, 0xff, 0x62]), origin: syslog, fileId: 0n }],
]

const matches: readonly (readonly [query: string, letters: string])[] = [
  ['', 'abcdefghijklm'],
  ['connection', 'bc'],
  ['CONNECTION Reset', 'bc'],
  ['"connection reset"', 'b'],
  ['connection-reset', 'c'],
  ['connection -peer', 'c'],
  ['conn*', 'bc'],
  ['*connection', 'bcd'],
  ['*nn*on', 'bcd'],
  ['conn*peer', ''],
  ['(peer OR done) AND NOT users', 'be'],
  ['NOT (connection OR user_id)', 'adfghijklm'],
  ['/api/v1/users', 'a'],
  ['api users', 'a'],
  ['user', 'e'],
  ['user_id=42', 'e'],
  ['id=4', ''],
  ['error', 'f'],
  ['"error coloured"', ''],
  ['été', 'g'],
  ['Été', ''],
  ['Paris', ''],
  ['“Paris”', 'g'],
  ['*Paris*', 'g'],
  ['"second line"', 'h'],
  ['"\\\\ back"', 'h'],
  ['"\'"', 'i'],
  ['"%_"', 'i'],
  ['foo', ''],
  ['10.0.0.1', ''],
  ['10.0.0.12', 'k'],
  ['10.0.0.1*', 'k'],
  ['"--"', 'l'],
  ['→', 'l'],
  ['/reset\\w/', 'd'],
  ['/RESET/', ''],
  ['/RESET/i', 'bcd'],
  ['/^connection/i', 'bc'],
  ['/reset( by)? peer$/', 'b'],
  ['/\\bfoo/', 'j'],
  ['/socket/i', 'j'],
  ['/first.second/', 'h'],
  ['/id=\\d+ done/', 'e'],
  ['/ERROR.* coloured/', 'f'],
  ['/31mERROR/', 'f'],
  ['level:error', 'bf'],
  ['level:>=error', 'bfk'],
  ['level:<info', 'hl'],
  ['status:[warn TO error]', 'bcf'],
  ['level:e*', 'bf'],
  ['level:/^(w|c)/', 'ck'],
  ['-level:(error OR info)', 'chkl'],
  ['stream:stderr', 'b'],
  ['container:db-1', 'cd'],
  ['container_name:web-*', 'abefghij'],
  ['container:(db-1 OR web-a) reset', 'bc'],
  [`container:${'b'.repeat(12)}`, 'cd'],
  [`container_id:${'b'.repeat(64)}`, 'cd'],
  ['container_id:b', 'cd'],
  ['container:""', 'klm'],
  ['-container:*', 'klm'],
  ['host:debian-2', 'cd'],
  ['host:/-[2-9]$/', 'cd'],
  ['service:(db OR syslog)', 'cdklm'],
  ['source:postgres', 'cd'],
  ['image:*web*', 'abefghijklm'],
  ['short_image:postgres', 'cd'],
  ['env:dev', 'cd'],
  ['env:test', 'i'],
  ['env:*', 'abcdefghij'],
  ['env:""', 'klm'],
  ['env:/^(dev|test)$/', 'cdi'],
  ['@env:dev', ''],
  ['@http.status:200', 'a'],
  ['@http.status:2*', 'a'],
  ['http.status:>=200', 'a'],
  ['@ms:>12.4', 'ae'],
  ['@ms:[12.5 TO 50}', 'a'],
  ['@ms:*', 'ade'],
  ['-@ms:>12.5', 'abcdfghijklm'],
  [`@1st:"a'b"`, 'i'],
  ['@user:""', 'abcdfghijklm'],
  [`"') OR 1=1 --"`, ''],
]

describe('askLogs()', () => {
  let store: TemporaryStore
  let logs: LogQuestions
  const letterOf = new Map<string, string>()

  before(async () => {
    store = await openTemporaryStore()
    logs = openLogQuestions(store.read, store.logNews)
    const lines = texts.map(([letter, line], index) => {
      letterOf.set(Buffer.from(line.message).toString(), letter)
      return { ...line, timeNs: ns(startMs) + BigInt(index) }
    })
    await store.write({ logs: [sampleBlock(lines)] })
  })

  after(async () => {
    logs.close()
    await store[Symbol.asyncDispose]()
  })

  const letters = (lines: readonly LogLine[]): string =>
    lines.map(({ message }) => letterOf.get(message) ?? '?').join('')

  const list = (change: Partial<LogsRequest>): ReturnType<LogQuestions['list']> =>
    logs.list({
      query: '',
      fromMs: startMs,
      toMs: startMs,
      order: 'asc',
      limit: 1000,
      ...change,
    })

  for (const [query, expected] of matches) {
    test(`finds ${query}`, async () => {
      assert.equal(letters((await list({ query })).lines), expected)
    })
  }

  test('gives a line with all that is known of it', async () => {
    const { lines } = await list({ query: 'users' })
    assert.deepEqual(lines, [
      {
        key: { timeNs: ns(startMs), origin: lines[0]?.key.origin, file: 1n, position: 0n },
        level: 'info',
        output: 'stdout',
        message: 'GET /api/v1/users 200',
        attributes: { 'http.status': '200', ms: '12.5' },
        origin: { ...sampleOrigin('a'), tags: ['env:prod', 'short_image:web'] },
      },
    ])
  })

  test('says what keeps it from answering', async () => {
    const fault = (kind: string, message: RegExp) => (error: unknown) =>
      error instanceof QuestionError && error.kind === kind && message.test(error.message)
    await assert.rejects(
      list({ query: 'a OR' }),
      fault('invalid', /^Cannot read the query at its end/),
    )
    await assert.rejects(list({ cursor: 'x' }), fault('invalid', /the cursor is none of ours$/))
    // What our own look at it lets through, the engine does not.
    await assert.rejects(
      list({ query: '/\\p{Klingon}/' }),
      fault('invalid', /none that RE2 takes$/),
    )
    const away = createClient({ url: 'http://127.0.0.1:1', log: { level: ClickHouseLogLevel.OFF } })
    const { list: askAway, close } = openLogQuestions(away, store.logNews)
    const question = { query: '', fromMs: 0, toMs: 1, order: 'asc', limit: 1 } as const
    await assert.rejects(askAway(question), fault('failed', /could not answer; try again$/))
    close()
    await away.close()
  })
})

describe('pages of askLogs()', () => {
  const lineCount = 140
  let store: TemporaryStore
  let logs: LogQuestions

  /** Lines that come in bursts with long pauses; many have one time. */
  const timeOf = (n: number): bigint => ns(startMs) + BigInt(Math.floor(n / 7) ** 3) * 10_000_000n

  before(async () => {
    store = await openTemporaryStore()
    logs = openLogQuestions(store.read, store.logNews)
    const lines = Array.from({ length: lineCount }, (_, n): SampleLine => ({
      message: `line ${n}`,
      timeNs: timeOf(n),
      origin: n % 2 === 0 ? database : syslog,
      // Those of syslog come from no file.
      fileId: n % 2 === 0 ? BigInt(1 + Math.floor(n / 100)) : 0n,
      position: n % 2 === 0 ? n * 10 : 0,
    }))
    await store.write({ logs: [sampleBlock(lines)] })
    // After a crash, the agent sends again what it is not sure of.
    await store.write({ logs: [sampleBlock(lines.filter(({ fileId }) => fileId !== 0n))] })
  })

  after(async () => {
    logs.close()
    await store[Symbol.asyncDispose]()
  })

  async function readAll(order: 'asc' | 'desc', limit: number): Promise<readonly LogLine[]> {
    const found: LogLine[] = []
    let cursor: string | undefined
    do {
      // The range of later pages is that of the first.
      const toMs = cursor === undefined ? startMs + 24 * hourMs : startMs
      const page = await logs.list({ query: '', fromMs: startMs, toMs, order, limit, cursor })
      assert.ok(page.lines.length === limit || page.next === undefined)
      assert.deepEqual([page.fromMs, page.toMs], [startMs, startMs + 24 * hourMs])
      found.push(...page.lines)
      cursor = page.next
    } while (cursor !== undefined)
    return found
  }

  for (const limit of [1000, lineCount, lineCount - 1, 7]) {
    test(`have each line once, ${limit} at a time, in both orders`, async () => {
      const down = await readAll('desc', limit)
      assert.equal(down.length, lineCount)
      assert.equal(new Set(down.map(({ message }) => message)).size, lineCount)
      const times = down.map(({ key }) => key.timeNs)
      assert.deepEqual(
        times,
        times.toSorted((a, b) => (a < b ? 1 : a > b ? -1 : 0)),
      )
      assert.deepEqual(await readAll('asc', limit), down.toReversed())
    })
  }

  test('are not disturbed by lines that come in meanwhile', async () => {
    const range = {
      query: 'late',
      fromMs: startMs,
      toMs: startMs + hourMs,
      order: 'desc',
      limit: 2,
    } as const
    const late = (from: number, count: number): Promise<void> => {
      const lines = Array.from({ length: count }, (_, n) => ({
        message: `late ${from + n}`,
        timeNs: ns(startMs) + BigInt(from + n),
        position: 1000 + from + n,
      }))
      return store.write({ logs: [sampleBlock(lines)] })
    }
    await late(0, 4)
    const first = await logs.list(range)
    await late(4, 3)
    const second = await logs.list({ ...range, cursor: first.next })
    const seen = [...first.lines, ...second.lines].map(({ message }) => message)
    assert.deepEqual(seen, ['late 3', 'late 2', 'late 1', 'late 0'])
    assert.equal(second.next, undefined)
    assert.ok(second.takenMs > first.takenMs)
  })

  test('are cut where messages get too long, and go on', async () => {
    const lines = Array.from({ length: 5 }, (_, n) => ({
      message: `long ${n} ${'x'.repeat(6 * 1024 * 1024)}`,
      timeNs: ns(startMs) + BigInt(n),
      position: 2000 + n,
    }))
    for (const line of lines) await store.write({ logs: [sampleBlock([line])] })
    const range = {
      query: 'long',
      fromMs: startMs,
      toMs: startMs,
      order: 'asc',
      limit: 10,
    } as const
    const first = await logs.list(range)
    assert.equal(first.lines.length, 3)
    const second = await logs.list({ ...range, cursor: first.next })
    const seen = [...first.lines, ...second.lines].map(({ message }) => message.slice(0, 6))
    assert.deepEqual(seen, ['long 0', 'long 1', 'long 2', 'long 3', 'long 4'])
    assert.equal(second.next, undefined)
  })
})
