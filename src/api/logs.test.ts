import assert from 'node:assert/strict'
import { get, type IncomingMessage } from 'node:http'
import { after, before, describe, test } from 'node:test'
import { openTestServer, type TestServer } from '../../test/server/open-test-server.ts'
import { sampleBlock, sampleOrigin, type SampleLine } from '../../test/server/sample-logs.ts'
import { readEvents, type ServerEvent } from '../cli/logs/read-events.ts'
import { openLogQuestions } from '../query/logs/open-log-questions.ts'
import { openTemporaryStore, type TemporaryStore } from '../store/temporary-store.ts'
import type { LogTailRows } from './contract/logs.ts'
import {
  logContextSchema,
  logFacetsSchema,
  logHistogramSchema,
  logLedgerListSchema,
  logListSchema,
} from './schemas/logs.ts'

const hourMs = 3_600_000
const nowMs = Math.floor(Date.now() / hourMs) * hourMs

let store: TemporaryStore
let server: TestServer
let position = 0

before(async () => {
  store = await openTemporaryStore()
  server = await openTestServer({
    clock: () => nowMs,
    logs: openLogQuestions(store.read, store.logNews),
    limits: { liveStreams: 3 },
  })
  await write(
    { message: 'started', attributes: { code: '7' } },
    { message: 'failed 1', level: 'error', output: 'stderr' },
    { message: 'failed 2', level: 'error', output: 'stderr' },
  )
})

after(async () => {
  await server.close()
  await store[Symbol.asyncDispose]()
})

function write(...lines: readonly Omit<SampleLine, 'timeNs'>[]): Promise<void> {
  const block = lines.map((line) => {
    position += 1
    return { ...line, position, timeNs: BigInt(nowMs - 60_000 + position) * 1_000_000n + 123_456n }
  })
  return store.write({ logs: [sampleBlock(block)] })
}

async function ask(path: string): Promise<unknown> {
  const answer = await server.get(path)
  assert.equal(answer.status, 200, path)
  return answer.json()
}

describe('GET /api/logs', () => {
  test('gives rows in the form of the contract, page by page', async () => {
    const answer = await ask('/api/logs?query=failed&limit=1')
    const list = logListSchema.parse(answer)
    assert.deepEqual(answer, list, 'nothing that the contract does not name')
    assert.deepEqual([list.from, list.to], [nowMs - hourMs, nowMs])
    const [row] = list.rows
    const { host, tags, ...origin } = sampleOrigin('a')
    assert.deepEqual(row, {
      id: row?.id,
      time: nowMs - 60_000 + 3,
      timeNanos: 123_456,
      level: 'error',
      stream: 'stderr',
      message: 'failed 2',
      attributes: {},
      host,
      tags: tags.toSorted(),
      ...origin,
    })
    const next = logListSchema.parse(
      await ask(`/api/logs?query=failed&limit=1&cursor=${list.next}`),
    )
    assert.deepEqual([next.rows[0]?.message, next.next], ['failed 1', null])
  })

  test('takes a range and an order', async () => {
    const first = nowMs - 60_000 + 1
    const list = logListSchema.parse(await ask(`/api/logs?from=${first}&to=${first + 1}&order=asc`))
    assert.deepEqual(
      list.rows.map(({ message }) => message),
      ['started', 'failed 1'],
    )
    assert.deepEqual(logListSchema.parse(await ask('/api/logs?since=30s')).rows, [])
  })

  test('says where a query cannot be read', async () => {
    const answer = await server.get(`/api/logs?query=${encodeURIComponent('failed OR )')}`)
    assert.equal(answer.status, 400)
    assert.deepEqual(await answer.json(), {
      errors: [
        'Cannot read the query at character 11, before ): a word, a "phrase", key:value or /regular expression/ is expected',
      ],
      at: 10,
    })
  })

  const faults: readonly (readonly [search: string, sentence: RegExp])[] = [
    ['/api/logs?limit=0', /query\.limit: expected a whole number from 1 to 1000/],
    ['/api/logs?order=up', /query\.order: expected asc or desc/],
    ['/api/logs?from=tomorrow', /query\.from: expected Unix milliseconds/],
    ['/api/logs?to=9e15', /query\.to: expected Unix milliseconds/],
    ['/api/logs?since=1w', /query\.since: expected how far to look back/],
    ['/api/logs?from=2&to=1', /query\.from: it is later than query\.to/],
    ['/api/logs?cursor=x', /the cursor is none of ours/],
    ['/api/logs?qeury=x', /qeury/],
    ['/api/logs/histogram?steps=201', /query\.steps: expected a whole number from 1 to 200/],
    ['/api/logs/context?id=x', /its id is none of ours/],
    ['/api/logs/context', /query\.id/],
    ['/api/logs/ledger?container=web', /query\.container: expected 12 to 64/],
    ['/api/logs/tail?after=x', /query\.after: expected/],
    ['/api/logs/tail?query=(', /^\{"errors":\["Cannot read the query at its end/],
  ]
  for (const [path, sentence] of faults) {
    test(`refuses ${path}`, async () => {
      const answer = await server.get(path)
      assert.equal(answer.status, 400)
      assert.match(await answer.text(), sentence)
    })
  }
})

describe('the other questions about logs', () => {
  test('are answered in the form of the contract', async () => {
    const histogram = logHistogramSchema.parse(
      await ask('/api/logs/histogram?query=failed&steps=60'),
    )
    assert.deepEqual([histogram.stepMs, histogram.times.length, histogram.total], [120_000, 31, 2])
    const facets = logFacetsSchema.parse(await ask('/api/logs/facets?query=started'))
    assert.equal(facets.sampledLines, null)
    assert.deepEqual(facets.facets.at(-1), { field: '@code', values: [{ value: '7', count: 1 }] })
    const ledgers = logLedgerListSchema.parse(
      await ask(`/api/logs/ledger?container=${'a'.repeat(12)}`),
    )
    assert.deepEqual(ledgers, { ledgers: [] })
  })

  test('give a line with its neighbours, or alone', async () => {
    const { rows } = logListSchema.parse(await ask('/api/logs?query="failed 1"'))
    const id = rows[0]?.id ?? ''
    const context = logContextSchema.parse(await ask(`/api/logs/context?id=${id}&before=5&after=5`))
    assert.deepEqual(
      context.rows.slice(0, 3).map(({ message }) => message),
      ['started', 'failed 1', 'failed 2'],
    )
    assert.equal(context.hasBefore, false)
    const alone = logContextSchema.parse(await ask(`/api/logs/context?id=${id}&before=0&after=0`))
    assert.deepEqual(alone, { ...alone, id, rows, hasBefore: true, hasAfter: true })
    const gone = await server.get(`/api/logs/context?id=${'A'.repeat(43)}`)
    assert.equal(gone.status, 404)
  })
})

describe('GET /api/logs/tail', () => {
  interface Tail extends AsyncDisposable {
    readonly response: IncomingMessage
    /** The next rows and the id of their event. */
    readonly next: () => Promise<{ readonly rows: LogTailRows; readonly id: string }>
    readonly events: AsyncGenerator<ServerEvent, void>
  }

  async function open(search: string, headers: Record<string, string> = {}): Promise<Tail> {
    const asked = get(`${server.url}/api/logs/tail?${search}`, { agent: false, headers })
    const response = await new Promise<IncomingMessage>((resolve, reject) =>
      asked.on('response', resolve).on('error', reject),
    )
    assert.equal(response.headers['content-type'], 'text/event-stream; charset=utf-8')
    const events = readEvents(response.setEncoding('utf8'))
    const first = await events.next()
    assert.equal(first.value?.data, '')
    return {
      response,
      events,
      async next() {
        let { value } = await events.next()
        // Now and then it only tells how far it is.
        while (value?.data === '') ({ value } = await events.next())
        assert.equal(value?.event, 'rows')
        return { rows: JSON.parse(value.data), id: value.id }
      },
      async [Symbol.asyncDispose]() {
        const closed = new Promise((resolve) => response.once('close', resolve))
        response.destroy()
        await closed
      },
    }
  }

  test('tells of new lines, and goes on from the last event', async () => {
    let place = ''
    {
      await using tail = await open('query=tailed')
      await write({ message: 'tailed 1' }, { message: 'other' })
      const { rows, id } = await tail.next()
      assert.deepEqual([rows.rows.map(({ message }) => message), rows.skipped], [['tailed 1'], 0])
      place = id
    }
    await write({ message: 'tailed 2' })
    await using again = await open('query=tailed&after=0', { 'last-event-id': place })
    const { rows } = await again.next()
    assert.deepEqual(
      rows.rows.map(({ message }) => message),
      ['tailed 2'],
    )
  })

  test('misses nothing between a list and the stream', async () => {
    const list = logListSchema.parse(await ask('/api/logs?query=between'))
    await write({ message: 'between' })
    await using tail = await open(`query=between&after=${list.tail}`)
    assert.equal((await tail.next()).rows.rows[0]?.message, 'between')
  })

  test('takes a limited number of readers', async () => {
    const tails = [await open(''), await open(''), await open('')]
    const refused = await server.get('/api/logs/tail')
    assert.equal(refused.status, 503)
    assert.match(await refused.text(), /all 3 streams are taken/)
    for (const tail of tails) await tail[Symbol.asyncDispose]()
  })
})
