import { beforeEach, describe, expect, test } from 'vitest'

import type { LogList, LogTailRows } from '../../../src/api/contract/logs.ts'
import { sampleLines } from '../testing/log-samples.ts'
import { sampleNowMs } from '../testing/samples.ts'
import { openLogFeed, type LogFeed } from './log-feed.ts'
import { RequestError } from './request.ts'

/** A request that the test answers. */
interface Asked {
  readonly parameters: Readonly<Record<string, string>>
  readonly signal: AbortSignal
  readonly answer: (list: Partial<LogList>) => Promise<void>
  readonly refuse: (error: RequestError) => Promise<void>
}

/** A stream that the test brings lines by. */
interface Opened {
  readonly query: string
  readonly after: string
  readonly bring: (batch: LogTailRows, position: string) => void
  isClosed: boolean
}

let asked: Asked[]
let opened: Opened[]
let feed: LogFeed

const everything = { query: '', time: { since: '1d' }, isOpenEnded: true }

beforeEach(() => {
  asked = []
  opened = []
  feed = openLogFeed({
    load: (parameters, signal) =>
      new Promise((resolve, reject) => {
        asked.push({
          parameters: Object.fromEntries(parameters),
          signal,
          async answer(list) {
            resolve({ from: 0, to: sampleNowMs, rows: [], next: null, tail: 't0', ...list })
            await settled()
          },
          async refuse(error) {
            reject(error)
            await settled()
          },
        })
      }),
    openTail(query, after, onRows) {
      let position = after
      const tail: Opened = {
        query,
        after,
        bring(batch, next) {
          position = next
          onRows(batch)
        },
        isClosed: false,
      }
      opened.push(tail)
      return {
        position: () => position,
        close() {
          tail.isClosed = true
        },
      }
    },
    schedule: (callback) => callback(),
  })
})

/** After whatever waits for a promise has run. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve()
}

function shown(): readonly string[] {
  return feed.state().items.map((item) => (item.kind === 'gap' ? 'gap' : item.row.message))
}

const messages = (first: number, last: number): readonly string[] =>
  sampleLines(first, last).map(({ message }) => message)

describe('openLogFeed()', () => {
  test('shows the newest page and follows from where it ended', async () => {
    feed.ask({ ...everything, query: 'word' })
    expect(asked[0]?.parameters).toEqual({ query: 'word', limit: '500', since: '1d' })
    await asked[0]?.answer({ rows: sampleLines(1, 3).toReversed(), tail: 't3' })
    expect(shown()).toEqual(messages(1, 3))
    expect(opened[0]).toMatchObject({ query: 'word', after: 't3' })
    opened[0]?.bring({ rows: sampleLines(3, 4), skipped: 0 }, 't4')
    expect(shown()).toEqual(messages(1, 4))
  })

  test('loses nothing over a pause: it goes on where it stopped', async () => {
    feed.ask(everything)
    await asked[0]?.answer({ rows: sampleLines(1, 1), tail: 't1' })
    opened[0]?.bring({ rows: sampleLines(2, 2), skipped: 0 }, 't2')
    feed.pause()
    expect(opened[0]?.isClosed).toBe(true)
    feed.resume()
    expect(opened[1]?.after).toBe('t2')
    opened[1]?.bring({ rows: sampleLines(9, 9), skipped: 6 }, 't9')
    expect(shown()).toEqual(['message 1', 'message 2', 'gap', 'message 9'])
  })

  test('does not follow while paused, nor a time that is over', async () => {
    feed.pause()
    feed.ask(everything)
    await asked[0]?.answer({ tail: 't1' })
    expect(opened).toHaveLength(0)
    feed.resume()
    expect(opened).toHaveLength(1)
    feed.ask({ ...everything, isOpenEnded: false })
    await asked[1]?.answer({ tail: 't1' })
    expect(opened).toHaveLength(1)
    expect(opened[0]?.isClosed).toBe(true)
  })

  test('keeps what it shows when a query is refused, and says why', async () => {
    feed.ask(everything)
    await asked[0]?.answer({ rows: sampleLines(1, 2).toReversed() })
    feed.ask({ ...everything, query: 'level:loud' })
    await asked[1]?.refuse(new RequestError(400, 'no such level', { at: 6 }))
    expect(shown()).toEqual(messages(1, 2))
    expect(feed.state()).toMatchObject({ isLoading: false, error: { status: 400, at: 6 } })
    feed.ask(everything)
    await asked[2]?.answer({ rows: sampleLines(5, 5) })
    expect(feed.state().error).toBeUndefined()
    expect(feed.state().answerCount).toBe(2)
  })

  test('drops the answer of a question that was replaced', async () => {
    feed.ask({ ...everything, query: 'first' })
    feed.ask({ ...everything, query: 'second' })
    expect(asked[0]?.signal.aborted).toBe(true)
    await asked[1]?.answer({ rows: sampleLines(2, 2) })
    await asked[0]?.answer({ rows: sampleLines(1, 1) })
    expect(shown()).toEqual(messages(2, 2))
  })

  test('reads older pages by cursor, one at a time, until there are none', async () => {
    feed.ask(everything)
    await asked[0]?.answer({ rows: sampleLines(5, 6).toReversed(), next: 'c5' })
    expect(feed.state().hasOlder).toBe(true)
    feed.loadOlder()
    feed.loadOlder()
    expect(asked).toHaveLength(2)
    expect(asked[1]?.parameters).toMatchObject({ cursor: 'c5', from: '0', to: `${sampleNowMs}` })
    await asked[1]?.answer({ rows: sampleLines(3, 4).toReversed() })
    expect(shown()).toEqual(messages(3, 6))
    expect(feed.state().hasOlder).toBe(false)
    feed.loadOlder()
    expect(asked).toHaveLength(2)
  })

  test('reads what it has let go of again, by time', async () => {
    feed.ask(everything)
    await asked[0]?.answer({ rows: sampleLines(1, 1) })
    opened[0]?.bring({ rows: sampleLines(2, 5001), skipped: 0 }, 't')
    expect(feed.state().items).toHaveLength(5000)
    expect(feed.state().hasOlder).toBe(true)
    feed.loadOlder()
    expect(asked[1]?.parameters).toMatchObject({ from: '0', to: `${sampleNowMs + 3}` })
    await asked[1]?.answer({ rows: sampleLines(1, 2).toReversed() })
    expect(shown()[0]).toBe('message 1')
    expect(feed.state().items).toHaveLength(5001)
  })

  test('fills a gap from the history, page by page', async () => {
    feed.ask(everything)
    await asked[0]?.answer({ rows: sampleLines(1, 1) })
    opened[0]?.bring({ rows: sampleLines(5, 5), skipped: 3 }, 't5')
    const [, gap] = feed.state().items
    if (gap?.kind !== 'gap') throw new Error('There is no gap')
    feed.fill(gap)
    const span = { from: `${sampleNowMs + 1}`, to: `${sampleNowMs + 6}`, order: 'asc' }
    expect(asked[1]?.parameters).toMatchObject(span)
    await asked[1]?.answer({ rows: sampleLines(1, 3), next: 'c3' })
    expect(shown()).toEqual(['message 1', 'message 2', 'message 3', 'gap', 'message 5'])
    feed.fill(gap)
    expect(asked[2]?.parameters).toMatchObject({ ...span, cursor: 'c3' })
    await asked[2]?.answer({ rows: sampleLines(4, 5) })
    expect(shown()).toEqual(messages(1, 5))
  })
})
