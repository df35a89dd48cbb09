import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { sampleBlock, sampleOrigin, type SampleLine } from '../../../test/server/sample-logs.ts'
import { openTemporaryStore, type TemporaryStore } from '../../store/temporary-store.ts'
import { QuestionError } from '../question-error.ts'
import type { LogFacetAnswer } from './ask-log-facets.ts'
import { encodeLineKey } from './line-key.ts'
import { openLogQuestions, type LogQuestions } from './open-log-questions.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
/** A whole hour, some hours ago. */
const startMs = Math.floor(Date.now() / hourMs) * hourMs - 30 * hourMs
const ns = (ms: number): bigint => BigInt(Math.round(ms * 1000)) * 1000n

const web = sampleOrigin('a')
const renamed = sampleOrigin('a', { containerName: 'web-renamed' })
const other = sampleOrigin('b', { service: 'db', tags: [] })

describe('openLogQuestions()', () => {
  let store: TemporaryStore
  let logs: LogQuestions

  before(async () => {
    store = await openTemporaryStore()
    logs = openLogQuestions(store.read, store.logNews)
    // One line each half minute over two hours, of two containers in turn; every tenth is an error.
    const lines = Array.from({ length: 240 }, (_, n): SampleLine => ({
      message: `request ${n} ${n % 3 === 0 ? 'failed' : 'done'}`,
      timeNs: ns(startMs + n * 30_000),
      origin: n % 2 === 0 ? (n < 120 ? web : renamed) : other,
      // The file of the first is rotated twice.
      fileId: BigInt(1 + Math.floor(n / 80)),
      position: (n % 80) * 100,
      level: n % 10 === 0 ? 'error' : 'info',
      attributes: { code: String(200 + (n % 2)), id: String(n) },
    }))
    await store.write({ logs: [sampleBlock(lines)] })
    await store.write({ logs: [sampleBlock(lines.slice(100, 110))] })
  })

  after(async () => {
    logs.close()
    await store[Symbol.asyncDispose]()
  })

  describe('histogram()', () => {
    const whole = { fromMs: startMs, toMs: startMs + 2 * hourMs - 1, steps: 20 }

    test('counts lines by step and level', async () => {
      const found = await logs.histogram({ ...whole, query: 'failed' })
      assert.equal(found.stepMs, 10 * minuteMs)
      assert.deepEqual(found.timesMs.slice(0, 2), [startMs, startMs + 10 * minuteMs])
      assert.equal(found.timesMs.length, 12)
      assert.deepEqual(found.levels, [
        { level: 'info', counts: [6, 6, 6, 6, 6, 9, 6, 6, 6, 6, 6, 6] },
        { level: 'error', counts: [1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 1, 0] },
      ])
      assert.equal(found.total, 83)
    })

    test('has steps in which nothing was', async () => {
      const range = { fromMs: startMs - 5 * hourMs, toMs: startMs + minuteMs, steps: 10 }
      const found = await logs.histogram({ ...range, query: '/^request/' })
      assert.deepEqual(found.levels, [
        { level: 'info', counts: [0, 0, 0, 0, 0, 2] },
        { level: 'error', counts: [0, 0, 0, 0, 0, 1] },
      ])
    })

    for (const query of ['', 'level:error', 'container:web-b', '-service:web level:info']) {
      test(`counts the same minute by minute as line by line for "${query}"`, async () => {
        for (const edgeMs of [0, 1, 29_999, 30_000, 45_000, minuteMs]) {
          const range = {
            fromMs: startMs + edgeMs,
            toMs: startMs + 90 * minuteMs - edgeMs,
            steps: 20,
          }
          const counted = await logs.histogram({ ...range, query })
          const read = await logs.histogram({ ...range, query: `${query} /request/` })
          assert.deepEqual(counted, read)
          assert.ok(counted.total > 0)
        }
      })
    }

    test('is empty where nothing matches', async () => {
      const found = await logs.histogram({ ...whole, query: 'nothing' })
      assert.deepEqual([found.levels, found.total], [[], 0])
    })
  })

  describe('facets()', () => {
    const whole = { fromMs: startMs, toMs: startMs + 2 * hourMs - 1 }
    const valuesOf = (facets: readonly LogFacetAnswer[], field: string): unknown =>
      facets
        .find((facet) => facet.field === field)
        ?.values.map(({ value, count }) => [value, count])

    test('count the values of each field among the lines that match', async () => {
      const { facets, sampledLines } = await logs.facets({ ...whole, query: 'failed' })
      assert.equal(sampledLines, undefined)
      assert.deepEqual(
        facets.map(({ field }) => field),
        ['level', 'container', 'service', 'image', 'host', 'stream', 'source', '@code'],
      )
      assert.deepEqual(valuesOf(facets, 'level'), [['info', 75], ['error', 8]]) // prettier-ignore
      assert.deepEqual(valuesOf(facets, 'service'), [['web', 42], ['db', 41]]) // prettier-ignore
      assert.deepEqual(valuesOf(facets, '@code'), [['200', 42], ['201', 41]]) // prettier-ignore
    })

    test('say of how many of the newest lines they are', async () => {
      const lines = Array.from({ length: 12_000 }, (_, n): SampleLine => ({
        message: 'many',
        timeNs: ns(startMs + n * 100),
        fileId: 9n,
        level: n < 2000 ? 'error' : 'debug',
      }))
      await store.write({ logs: [sampleBlock(lines)] })
      const { facets, sampledLines } = await logs.facets({ ...whole, query: 'many' })
      assert.equal(sampledLines, 10_000)
      assert.deepEqual(valuesOf(facets, 'level'), [['debug', 10_000]])
    })
  })

  describe('context()', () => {
    async function idOf(query: string): Promise<string> {
      const range = { fromMs: startMs, toMs: startMs + 2 * hourMs }
      const { lines } = await logs.list({ ...range, query, order: 'asc', limit: 1 })
      assert.ok(lines[0])
      return encodeLineKey(lines[0].key)
    }
    const context = async (
      query: string,
      previous: number,
      following: number,
    ): Promise<unknown[]> => {
      const found = await logs.context({
        id: await idOf(query),
        before: previous,
        after: following,
      })
      assert.ok(found)
      const numbers = found.lines.map(({ message }) => Number(/\d+/.exec(message)?.[0]))
      return [found.hasBefore, ...numbers, found.hasAfter]
    }

    test('has what the same container printed around a line, also in the file before and after', async () => {
      assert.deepEqual(await context('"request 80"', 3, 3), [
        true,
        74,
        76,
        78,
        80,
        82,
        84,
        86,
        true,
      ])
    })

    test('follows a container that got another name', async () => {
      assert.deepEqual(await context('"request 118"', 1, 2), [true, 116, 118, 120, 122, true])
    })

    test('has a line that is stored twice once', async () => {
      assert.deepEqual(await context('"request 105"', 2, 2), [true, 101, 103, 105, 107, 109, true])
    })

    test('tells where the lines of a container begin and end', async () => {
      assert.deepEqual(await context('"request 1"', 2, 1), [false, 1, 3, true])
      assert.deepEqual(await context('"request 239"', 1, 1), [true, 237, 239, false])
    })

    test('gives a line alone, for a permalink', async () => {
      assert.deepEqual(await context('"request 80"', 0, 0), [true, 80, true])
    })

    test('has nothing for a line that is not there, and refuses what is no id', async () => {
      const id = encodeLineKey({ timeNs: ns(startMs), origin: 1n, file: 1n, position: 1n })
      assert.equal(await logs.context({ id, before: 1, after: 1 }), undefined)
      await assert.rejects(
        logs.context({ id: 'x', before: 1, after: 1 }),
        (error) => error instanceof QuestionError && error.kind === 'invalid',
      )
    })
  })

  describe('ledgers()', () => {
    const ledger = {
      kind: 'log-ledger',
      host: 'debian-1',
      name: `docker:${'b'.repeat(64)}`,
      containerId: 'b'.repeat(64),
      containerName: 'web-b',
      timeMs: startMs,
      way: 'file',
      writtenBytes: 24_000,
      readBytes: 24_000,
      readLines: 120,
      sentBytes: 24_000,
      sentLines: 125,
      droppedLines: 1,
      refusedLines: 2,
      truncatedLines: 3,
      lostBytes: 4,
      rotations: 2,
      waitingLines: 5,
      unansweredLines: 3,
    } as const

    test('tell what an agent said last, and what is stored', async () => {
      const older = { ...ledger, timeMs: startMs - 1000, readLines: 1 }
      const elsewhere = { ...ledger, host: 'debian-9', name: 'file:/x', containerId: '' }
      await store.write({ ledgers: [ledger, older, elsewhere] })
      const found = await logs.ledgers('b'.repeat(12))
      assert.deepEqual(found, [{ ...ledger, storedLines: 125, duplicatedLines: 5 }])
      assert.deepEqual(await logs.ledgers('d'.repeat(12)), [])
    })
  })
})
