import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { LogNews } from './log-news.ts'

describe('LogNews', () => {
  test('gives each group a later time, though the clock stands still or goes back', () => {
    const news = new LogNews(1000)
    assert.deepEqual([1000, 1000, 900, 5000].map(news.next.bind(news)), [1001, 1002, 1003, 5000])
  })

  test('tells how far lines can be read only once they can', () => {
    const news = new LogNews(1000)
    const first = news.next(2000)
    assert.equal(news.takenMs(), 1000)
    news.tell(first)
    assert.equal(news.takenMs(), 2000)
  })

  test('tells those that follow, and no others', () => {
    const news = new LogNews(0)
    const told: string[] = []
    const stop = news.follow(() => told.push('a'))
    news.follow(() => told.push('b'))
    news.tell(1)
    stop()
    news.tell(2)
    assert.deepEqual(told, ['a', 'b', 'b'])
  })
})
