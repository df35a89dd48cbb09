import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { OomKills } from './oom-kills.ts'

const watchedFromMs = 1000

function followed(startedAtMs: number | undefined): OomKills {
  const kills = new OomKills(watchedFromMs)
  kills.follow(startedAtMs)
  return kills
}

describe('OomKills', () => {
  test('tells each once', () => {
    const kills = followed(500)
    for (const total of [1, 3, undefined, 4]) kills.count(total)
    assert.deepEqual([kills.take(), kills.take()], [3, 0])
  })

  test('does not tell what was before, where the run began unwatched', () => {
    for (const startedAtMs of [undefined, 999]) {
      const kills = followed(startedAtMs)
      kills.count(7)
      assert.equal(kills.take(), 0)
    }
  })

  test('tells what the first reading finds, where the run began watched', () => {
    const kills = followed(1000)
    kills.count(2)
    assert.equal(kills.take(), 2)
  })

  test('goes on where it stood when the files of a run are opened again', () => {
    const kills = followed(500)
    kills.count(2)
    kills.follow(500)
    kills.count(5)
    assert.equal(kills.take(), 3)
  })

  test('begins anew with the next run, and keeps what was not told of the last', () => {
    const kills = followed(500)
    for (const total of [2, 4]) kills.count(total)
    kills.follow(2000)
    kills.count(1)
    assert.equal(kills.take(), 3)
  })
})
