import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { linesOf, makeBlock, makeOrigin, messagesOf } from '../../test/agent/log-blocks.ts'
import { openTestServer, testKey, type TestServer } from '../../test/server/open-test-server.ts'
import { sampleLedger } from '../../test/server/sample-ledger.ts'
import type { LogBlock } from '../model/log-block.ts'
import { encodeBlock } from '../wire/logs/encode-block.ts'
import { encodeReport } from '../wire/report/encode-report.ts'

/** The time of the first line of `makeBlock()`. */
const nowMs = 1_795_189_550_000
const dayMs = 86_400_000
const ours = { 'content-type': 'application/x-vigie-logs' }

let server: TestServer
beforeEach(async () => {
  server = await openTestServer({ clock: () => nowMs, logsRetentionMs: 30 * dayMs })
})
afterEach(() => server.close())

const blocks = (): readonly LogBlock[] => server.written.flatMap(({ logs = [] }) => logs)
const messages = (): readonly string[] => blocks().flatMap(messagesOf)

/** Moves one line of a block by some days. */
function movedBlock(line: number, days: number): LogBlock {
  const block = makeBlock(['one', 'two', 'three', 'four'])
  block.timesNs[line] = (block.timesNs[line] ?? 0n) + BigInt(days * dayMs) * 1_000_000n
  return block
}

describe('/api/vigie/v1/logs', () => {
  test('writes the lines of a block, in every encoding', async () => {
    const block = makeBlock(['one', 'two', 'three'])
    const bytes = encodeBlock(block)
    for (const [encoding, body] of [
      ['zstd', zstdCompressSync(bytes)],
      ['gzip', gzipSync(bytes)],
      ['deflate', deflateSync(bytes)],
      ['identity', bytes],
    ] as const) {
      const headers = { ...ours, 'content-encoding': encoding }
      const answer = await server.post('/api/vigie/v1/logs', body, headers)
      assert.deepEqual([answer.status, await answer.json()], [202, { errors: [] }], encoding)
      assert.deepEqual(blocks().map(linesOf).at(-1), linesOf(block))
    }
  })

  test('leaves out lines that are too old to be kept, and no other', async () => {
    const answer = await server.post('/api/vigie/v1/logs', encodeBlock(movedBlock(2, -31)), ours)
    assert.equal(answer.status, 202)
    const [kept] = blocks()
    const all = linesOf(makeBlock(['one', 'two', 'three', 'four']))
    assert.deepEqual(kept && linesOf(kept), all.toSpliced(2, 1))
  })

  test('gives lines from the future the time of now', async () => {
    await server.post('/api/vigie/v1/logs', encodeBlock(movedBlock(1, 1)), ours)
    const times = blocks().flatMap(({ timesNs }) => [...timesNs])
    assert.deepEqual(
      times.map((ns) => Number(ns - BigInt(nowMs) * 1_000_000n)),
      [0, 0, 2, 3],
    )
  })

  test('normalises hosts and tags', async () => {
    const block = makeBlock(['one'])
    const [run] = block.runs
    assert.ok(run)
    const origin = makeOrigin({ host: ' h ', tags: ['Env:A B', 'env:a_b'] })
    const body = encodeBlock({ ...block, runs: [{ ...run, origin }] })
    await server.post('/api/vigie/v1/logs', body, ours)
    const [written] = blocks().flatMap(({ runs }) => runs)
    assert.deepEqual(written?.origin, { ...origin, host: 'h', tags: ['env:a_b'] })
  })

  for (const [what, body] of [
    ['nothing', Buffer.alloc(0)],
    ['text', Buffer.from('VLOG and more that is no block at all, however long')],
    ['half a block', encodeBlock(makeBlock(['one', 'two'])).subarray(0, 200)],
  ] as const) {
    test(`refuses ${what}`, async () => {
      const answer = await server.post('/api/vigie/v1/logs', body, ours)
      assert.equal(answer.status, 400)
      assert.deepEqual(blocks(), [])
    })
  }
})

describe("Datadog's routes for logs", () => {
  for (const [path, status] of [
    ['/api/v2/logs', 202],
    ['/v1/input', 200],
    [`/v1/input/${testKey}`, 200],
  ] as const) {
    test(`${path.replace(testKey, '<key>')} takes a list`, async () => {
      const body = JSON.stringify([{ message: 'one' }, { message: 'two', status: 'error' }])
      const answer = await server.post(path, body)
      assert.deepEqual([answer.status, await answer.json()], [status, {}])
      assert.deepEqual(messages(), ['one', 'two'])
    })
  }

  test('take the key in the address', async () => {
    const body = '{"message":"one"}'
    const ask = (address: string): Promise<Response> =>
      fetch(server.url + address, { method: 'POST', body })
    assert.deepEqual(
      [
        (await ask(`/api/v2/logs?dd-api-key=${testKey}`)).status,
        (await ask(`/v1/input/${testKey}`)).status,
        (await ask('/api/v2/logs?dd-api-key=other')).status,
        (await ask('/v1/input/other')).status,
        (await ask('/api/v2/logs')).status,
      ],
      [202, 200, 403, 403, 403],
    )
    assert.equal(blocks().length, 2)
  })

  test('say what the address says of lines that do not', async () => {
    const path = '/api/v2/logs?ddsource=nginx&service=web&hostname=h&ddtags=env:a,b:c'
    await server.post(path, 'one\ntwo', { 'content-type': 'text/plain' })
    assert.deepEqual(messages(), ['one', 'two'])
    const [run] = blocks().flatMap(({ runs }) => runs)
    const { host, service, source, tags } = run?.origin ?? {}
    assert.deepEqual([host, service, source, tags], ['h', 'web', 'nginx', ['env:a', 'b:c']])
  })

  test('keep times, levels and attributes, and take now where no time is given', async () => {
    const logs = [
      { message: 'one', timestamp: nowMs - 1500, status: 'warning', user: { id: 7 } },
      { message: 'two' },
    ]
    await server.post('/api/v2/logs', JSON.stringify(logs))
    const [block] = blocks()
    assert.ok(block)
    assert.deepEqual(
      linesOf(block).map((line) => ({ ...line, timeNs: undefined })),
      [
        { level: 'warn', message: 'one', attributes: '{"user.id":"7"}' },
        { level: 'unknown', message: 'two', attributes: '' },
      ].map((line) => ({
        containerName: '', fileId: 0n, timeNs: undefined, position: 0, output: '', ...line,
      })), // prettier-ignore
    )
    assert.deepEqual(
      [...block.timesNs].map((ns) => Number(ns / 1_000_000n) - nowMs),
      [-1500, 0],
    )
  })

  test('answer the empty object by which agents try the way', async () => {
    assert.equal((await server.post('/api/v2/logs', '{}')).status, 202)
    assert.deepEqual(server.written, [])
  })

  test('refuse what is no JSON', async () => {
    assert.equal((await server.post('/api/v2/logs', '[{"message":')).status, 400)
  })
})

describe('the report', () => {
  test('has ledgers, which are written with times no later than now', async () => {
    const ledger = sampleLedger({ timeMs: nowMs + dayMs })
    const report = { inventories: [], totals: [], ledgers: [ledger], agentReports: [] }
    const answer = await server.post('/api/vigie/v1/report', encodeReport(report))
    assert.equal(answer.status, 202)
    assert.deepEqual(
      server.written.flatMap(({ ledgers = [] }) => ledgers),
      [{ ...ledger, timeMs: nowMs }],
    )
  })
})
