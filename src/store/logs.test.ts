import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { makeOrigin } from '../../test/agent/log-blocks.ts'
import { blockOf, startMs, type Line } from '../../test/server/stored-lines.ts'
import { sampleLedger } from '../../test/server/sample-ledger.ts'
import { openTemporaryStore, type TemporaryStore } from './temporary-store.ts'

describe('logs in the store', () => {
  let store: TemporaryStore

  before(async () => {
    store = await openTemporaryStore()
  })

  after(async () => store[Symbol.asyncDispose]())

  const ask = async (query: string): Promise<readonly Record<string, unknown>[]> =>
    (await store.read.query({ query, format: 'JSONEachRow' })).json()
  const asPeople = async (query: string): Promise<readonly Record<string, unknown>[]> =>
    (await store.people.query({ query, format: 'JSONEachRow' })).json()
  const messages = async (where: string): Promise<readonly unknown[]> =>
    (await ask(`SELECT message FROM vigie.log_lines WHERE ${where} ORDER BY time`)).map(
      ({ message }) => message,
    )

  describe('the view logs', () => {
    test('shows people every column of the promise', async () => {
      const origin = makeOrigin({ host: 'view', tags: ['env:test', 'a:b'] })
      const attributes = '{"http.status":"200","user":"Zoë"}'
      await store.write({ logs: [blockOf([{ message: 'GET / 200', attributes }], origin)] })
      assert.deepEqual(await asPeople(`SELECT * FROM logs WHERE host = 'view'`), [
        {
          time: new Date(startMs).toISOString().replace('T', ' ').replace('Z', '000007'),
          host: 'view',
          container_id: 'c'.repeat(64),
          container_name: 'web',
          image: 'nginx:1',
          service: 'web',
          source: 'nginx',
          level: 'info',
          stream: 'stdout',
          message: 'GET / 200',
          attributes: { 'http.status': '200', user: 'Zoë' },
          tags: ['a:b', 'env:test'],
        },
      ])
    })

    test('does not let people ask the tables', async () => {
      await assert.rejects(asPeople('SELECT message FROM vigie.log_lines'), /ACCESS_DENIED|grant/)
    })
  })

  test('keeps bytes that are no UTF-8, zeros and empty lines', async () => {
    const bytes = Buffer.from([0x61, 0xff, 0x00, 0xc3, 0x28])
    const host = 'bytes'
    await store.write({
      logs: [
        blockOf([{ message: bytes }, { message: '' }, { message: 'last' }], makeOrigin({ host })),
      ],
    })
    const rows = await ask(
      `SELECT hex(message) AS hex FROM vigie.log_lines WHERE origin IN (SELECT id FROM vigie.log_origins WHERE host = '${host}') ORDER BY time`,
    )
    assert.deepEqual(rows, [{ hex: '61FF00C328' }, { hex: '' }, { hex: '6C617374' }])
  })

  test('joins the blocks of a group, some with attributes and some without', async () => {
    const a = makeOrigin({ host: 'joined-a' })
    const b = makeOrigin({ host: 'joined-b' })
    await Promise.all([
      store.write({ logs: [blockOf([{ message: 'held up' }])] }),
      store.write({ logs: [blockOf([{ message: 'eins' }, { message: 'zwei' }], a)] }),
      store.write({
        logs: [blockOf([{ message: 'drei', attributes: '{"n":"3"}', level: 'error' }], b)],
      }),
    ])
    const rows = await asPeople(
      `SELECT host, message, level, attributes FROM logs WHERE host LIKE 'joined-%' ORDER BY host, time`,
    )
    assert.deepEqual(rows, [
      { host: 'joined-a', message: 'eins', level: 'info', attributes: {} },
      { host: 'joined-a', message: 'zwei', level: 'info', attributes: {} },
      { host: 'joined-b', message: 'drei', level: 'error', attributes: { n: '3' } },
    ])
  })

  test('gives lines that come from no file positions of their own', async () => {
    const origin = makeOrigin({ host: 'no-file' })
    const same = blockOf(
      [
        { message: 'x', atMs: 0 },
        { message: 'y', atMs: 0 },
      ],
      origin,
      0n,
    )
    await store.write({ logs: [same] })
    await store.write({ logs: [same] })
    const [row] = await ask(
      `SELECT toUInt32(uniqExact(position)) AS places FROM vigie.log_lines WHERE file = 0`,
    )
    assert.deepEqual(row, { places: 4 })
  })

  describe('the text index', () => {
    before(async () => {
      const lines = [
        'Connection to gateway-7 timed out',
        '\u{1b}[31mERROR\u{1b}[0m could not connect',
        'request_id=00c0ffee00c0ffee done',
      ]
      await store.write({
        logs: [
          blockOf(
            lines.map((message) => ({ message })),
            makeOrigin({ host: 'index' }),
          ),
        ],
      })
    })

    for (const [words, found] of [
      ['gateway', 'Connection to gateway-7 timed out'],
      ['TIMED connection', 'Connection to gateway-7 timed out'],
      ['00c0ffee00c0ffee', 'request_id=00c0ffee00c0ffee done'],
      ['error', '\u{1b}[31mERROR\u{1b}[0m could not connect'],
    ] as const) {
      test(`finds ${words}`, async () => {
        assert.deepEqual(await messages(`hasAllTokens(message, '${words}')`), [found])
      })
    }

    test('is what a question for words reads, in place of the text', async () => {
      const plan = await ask(
        `EXPLAIN actions = 1 SELECT count() FROM vigie.log_lines WHERE hasAllTokens(message, 'gateway')`,
      )
      assert.match(JSON.stringify(plan), /__text_index_words/)
    })
  })

  test('counts lines and bytes by minute and level', async () => {
    const origin = makeOrigin({ host: 'counted' })
    const lines: Line[] = [
      { message: 'four', atMs: 0 },
      { message: 'seven..', atMs: 59_999 },
      { message: 'one', atMs: 60_000, level: 'error' },
    ]
    await store.write({ logs: [blockOf(lines, origin)] })
    const rows = await ask(
      `SELECT toUnixTimestamp(minute) - ${startMs / 1000} AS second, level, toUInt32(sum(lines)) AS lines, toUInt32(sum(bytes)) AS bytes
       FROM vigie.log_counts WHERE origin IN (SELECT id FROM vigie.log_origins WHERE host = 'counted')
       GROUP BY minute, level ORDER BY minute`,
    )
    assert.deepEqual(rows, [
      { second: '0', level: 'info', lines: 2, bytes: 11 },
      { second: '60', level: 'error', lines: 1, bytes: 3 },
    ])
  })

  test('keeps the newest ledger of each host and name', async () => {
    const ledger = sampleLedger({ host: 'ledgers' })
    await store.write({ ledgers: [{ ...ledger, timeMs: startMs + 2, readLines: 500 }] })
    await store.write({ ledgers: [{ ...ledger, timeMs: startMs + 1, readLines: 400 }] })
    const rows = await ask(
      `SELECT toUInt32(read_lines) AS lines, toUInt32(lost_bytes) AS lost FROM vigie.log_ledgers FINAL WHERE host = 'ledgers'`,
    )
    assert.deepEqual(rows, [{ lines: 500, lost: 4 }])
  })

  describe('taken', () => {
    test('is told once the lines can be read, and grows with each group', async () => {
      const told: number[] = []
      const stop = store.logNews.follow(() => told.push(store.logNews.takenMs()))
      await store.write({ logs: [blockOf([{ message: 'first' }])] })
      await store.write({ events: [] })
      await store.write({ logs: [blockOf([{ message: 'second' }])] })
      stop()
      await store.write({ logs: [blockOf([{ message: 'third' }])] })
      assert.equal(told.length, 2)
      const [first = 0, second = 0] = told
      assert.ok(second > first)
      const where = `toUnixTimestamp64Milli(taken) > ${first} AND toUnixTimestamp64Milli(taken) <= ${second}`
      assert.deepEqual(await messages(where), ['second'])
    })
  })
})
