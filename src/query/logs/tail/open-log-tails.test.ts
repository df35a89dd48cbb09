import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { sampleBlock } from '../../../../test/server/sample-logs.ts'
import { openTemporaryStore, type TemporaryStore } from '../../../store/temporary-store.ts'
import { QuestionError } from '../../question-error.ts'
import { OriginTable } from '../origin-table.ts'
import {
  openLogTails,
  type LogTails,
  type TailedStore,
  type TailFollower,
} from './open-log-tails.ts'
import type { NewLines } from './read-new-lines.ts'

const startNs = BigInt(Date.now()) * 1_000_000n

/** Remembers what it was given. */
class Listener implements TailFollower {
  readonly news: NewLines[] = []
  readonly places: number[] = []
  readonly faults: QuestionError[] = []
  isBusy = false
  #onNews = Promise.withResolvers<void>()

  isReady(): boolean {
    return !this.isBusy
  }

  take(news: NewLines, takenMs: number): void {
    this.news.push(news)
    this.places.push(takenMs)
    this.#onNews.resolve()
  }

  fail(error: QuestionError): void {
    this.faults.push(error)
    this.#onNews.resolve()
  }

  /** Resolves once it was given something since the last time. */
  async untilNews(): Promise<void> {
    await this.#onNews.promise
    this.#onNews = Promise.withResolvers<void>()
  }

  get messages(): readonly string[] {
    return this.news.flatMap(({ lines }) => lines.map(({ message }) => message))
  }
}

describe('openLogTails()', () => {
  let store: TemporaryStore
  let tails: LogTails
  let counted: TailedStore
  let asked = 0
  let position = 0

  before(async () => {
    store = await openTemporaryStore()
    const read = new Proxy(store.read, {
      get(target, name) {
        if (name === 'query') asked += 1
        const value: unknown = Reflect.get(target, name)
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
    counted = { read, origins: new OriginTable(store.read), name: '' }
    tails = openLogTails(store.logNews, { everyMs: 20, maxQueries: 3 })
  })

  after(async () => {
    tails.close()
    await store[Symbol.asyncDispose]()
  })

  function write(...messages: readonly string[]): Promise<void> {
    const lines = messages.map((message) => {
      position += 1
      return { message, timeNs: startNs + BigInt(position), position }
    })
    return store.write({ logs: [sampleBlock(lines)] })
  }

  test('gives what matches and comes in from then on', async () => {
    await write('old one')
    const listener = new Listener()
    const place = tails.follow(counted, { query: 'one' }, listener)
    await write('new one', 'another', 'one more')
    await listener.untilNews()
    assert.deepEqual(listener.messages, ['new one', 'one more'])
    assert.equal(listener.news[0]?.skipped, 0)
    assert.equal(listener.news[0]?.lines[0]?.origin.containerName, 'web-a')
    assert.deepEqual(listener.places, [store.logNews.takenMs()])
    assert.equal(place.takenMs(), store.logNews.takenMs())
    place.close()
  })

  test('asks once for all who follow the same, however it is written', async () => {
    const listeners = [new Listener(), new Listener(), new Listener()]
    const queries = ['same thing', 'same  AND thing', '(same thing)']
    const places = listeners.map((listener, index) =>
      tails.follow(counted, { query: queries[index] ?? '' }, listener),
    )
    asked = 0
    await write('the same thing')
    await Promise.all(listeners.map((listener) => listener.untilNews()))
    assert.equal(asked, 1)
    assert.equal(listeners[0]?.news[0], listeners[2]?.news[0])
    for (const place of places) place.close()
  })

  test('gives the newest of many, and counts the others', async () => {
    const listener = new Listener()
    const place = tails.follow(counted, { query: 'burst' }, listener)
    await write(...Array.from({ length: 1234 }, (_, n) => `burst ${n}`))
    await listener.untilNews()
    const [news] = listener.news
    assert.equal(news?.lines.length, 500)
    assert.equal(news.skipped, 734)
    assert.equal(news.lines[0]?.message, 'burst 734')
    assert.equal(news.lines.at(-1)?.message, 'burst 1233')
    place.close()
  })

  test('goes on from where somebody was before a pause', async () => {
    const listener = new Listener()
    const afterMs = store.logNews.takenMs()
    await write('missed first')
    await write('missed second')
    const place = tails.follow(counted, { query: 'missed', afterMs }, listener)
    await listener.untilNews()
    assert.deepEqual(listener.messages, ['missed first', 'missed second'])
    await write('missed not')
    await listener.untilNews()
    assert.equal(listener.messages.at(-1), 'missed not')
    place.close()
  })

  test('gives one who was busy all that came meanwhile, and does not let others wait', async () => {
    const slow = new Listener()
    const quick = new Listener()
    const slowPlace = tails.follow(counted, { query: 'pace' }, slow)
    const quickPlace = tails.follow(counted, { query: 'pace' }, quick)
    slow.isBusy = true
    await write('pace 1')
    await quick.untilNews()
    await write('pace 2')
    await quick.untilNews()
    assert.deepEqual(slow.messages, [])
    slow.isBusy = false
    slowPlace.wake()
    await slow.untilNews()
    assert.deepEqual(slow.messages, ['pace 1', 'pace 2'])
    assert.deepEqual(quick.messages, slow.messages)
    slowPlace.close()
    quickPlace.close()
  })

  test('tells a follower why it ends, and nothing after that', async () => {
    const listener = new Listener()
    tails.follow(counted, { query: '/\\p{Klingon}/' }, listener)
    await write('nuqneH')
    await listener.untilNews()
    assert.match(listener.faults[0]?.message ?? '', /none that RE2 takes$/)
    assert.deepEqual(listener.news, [])
  })

  test('refuses a query that cannot be read, and too many different ones', async () => {
    const follow = (query: string): ReturnType<LogTails['follow']> =>
      tails.follow(counted, { query }, new Listener())
    assert.throws(() => follow('a OR'), /^LogQueryError|Cannot read the query/)
    const places = ['a', 'b', 'c'].map(follow)
    assert.throws(
      () => follow('d'),
      (error) => error instanceof QuestionError && error.kind === 'busy',
    )
    const again = follow('c')
    places[0]?.close()
    const fourth = follow('d')
    for (const place of [...places, again, fourth]) place.close()
  })
})
