import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, mock, test } from 'node:test'
import type { LabelQuestion, LabelValues } from '../labels.ts'
import { LabelBook } from './label-book.ts'

/** What was asked, each with the way to answer. */
let asked: { readonly question: LabelQuestion; readonly answer: (values?: LabelValues) => void }[]
let failing: boolean
let newsCount: number
let book: LabelBook

beforeEach(() => {
  mock.timers.enable({ apis: ['setTimeout'] })
  asked = []
  failing = false
  newsCount = 0
  book = new LabelBook({
    ask: (question) => {
      const { promise, resolve, reject } = Promise.withResolvers<LabelValues>()
      const values = question.labels.map((label) =>
        question.containers.map((id) => `${label} of ${id}`),
      )
      asked.push({
        question,
        answer: () => (failing ? reject(new Error('away')) : resolve({ values })),
      })
      return promise
    },
    onNews: () => {
      newsCount += 1
    },
  })
})

afterEach(() => {
  book.close()
  mock.timers.reset()
})

/** Answers what was asked last. */
async function answer(): Promise<void> {
  asked.at(-1)?.answer()
  // Promises that follow one another; nothing waits for a clock.
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve()
}

function questions(): readonly LabelQuestion[] {
  return asked.map(({ question }) => question)
}

describe('LabelBook', () => {
  test('asks nothing where no label is wanted', () => {
    book.want([], ['1'])
    assert.deepEqual(asked, [])
  })

  test('asks once for what is wanted, and then knows it', async () => {
    book.want(['team'], ['1', '2'])
    book.want(['team'], ['1', '2'])
    assert.equal(book.labelOf('1', 'team'), undefined)
    assert.equal(book.isSettled('team'), false)
    await answer()
    assert.deepEqual(questions(), [{ labels: ['team'], containers: ['1', '2'] }])
    assert.equal(book.labelOf('1', 'team'), 'team of 1')
    assert.equal(book.isSettled('team'), true)
    assert.equal(newsCount, 1)
  })

  test('asks for containers that begin one after the other together, a second later', async () => {
    book.want(['team'], ['1'])
    await answer()
    book.want(['team'], ['1', '2'])
    book.want(['team'], ['1', '2', '3'])
    assert.equal(asked.length, 1)
    mock.timers.tick(1000)
    assert.deepEqual(questions()[1], { labels: ['team'], containers: ['2', '3'] })
  })

  test('asks at once when another label is wanted, of which nobody knows anything', async () => {
    book.want(['team'], ['1'])
    await answer()
    book.want(['team', 'tier'], ['1'])
    assert.deepEqual(questions()[1], { labels: ['tier'], containers: ['1'] })
    assert.equal(book.isSettled('tier'), false)
    assert.equal(book.labelOf('1', 'team'), 'team of 1')
  })

  test('forgets a label that is not wanted any more', async () => {
    book.want(['team'], ['1'])
    await answer()
    book.want(['tier'], ['1'])
    assert.equal(book.labelOf('1', 'team'), undefined)
    assert.equal(book.isSettled('team'), false)
  })

  test('asks for thousands in several questions, one after the other', async () => {
    book.want(
      ['team'],
      Array.from({ length: 4500 }, (_, n) => String(n)),
    )
    for (let turn = 0; turn < 3; turn += 1) await answer()
    assert.deepEqual(
      questions().map(({ containers }) => containers.length),
      [2000, 2000, 500],
    )
    assert.equal(book.labelOf('4499', 'team'), 'team of 4499')
    assert.equal(newsCount, 1)
  })

  test('waits no longer than a second before the rest goes on without it', () => {
    book.want(['team'], ['1'])
    mock.timers.tick(999)
    assert.equal(book.isSettled('team'), false)
    mock.timers.tick(1)
    assert.equal(book.isSettled('team'), true)
    assert.equal(newsCount, 1)
  })

  test('tells why nothing is known, and asks again', async () => {
    failing = true
    book.want(['team'], ['1'])
    await answer()
    assert.match(String(book.problem()), /away/)
    assert.equal(book.isSettled('team'), true)
    failing = false
    mock.timers.tick(5000)
    await answer()
    assert.equal(book.problem(), undefined)
    assert.equal(book.labelOf('1', 'team'), 'team of 1')
  })

  test('asks nothing after it was closed', async () => {
    book.want(['team'], ['1'])
    await answer()
    book.want(['team'], ['1', '2'])
    book.close()
    mock.timers.tick(60_000)
    assert.equal(asked.length, 1)
  })
})
