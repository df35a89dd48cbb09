import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, test } from 'node:test'
import { SlowTurns } from './slow-turns.ts'

const startMs = 1_795_000_000_000

/** The seconds in which it was the turn, of a minute from the second reading on. */
function turnsOf(id: string): readonly number[] {
  const turns = new SlowTurns(id, 15_000)
  const seconds = Array.from({ length: 60 }, (_none, second) => second)
  return seconds.filter((second) => turns.take(startMs + second * 1000, 5000 + second * 1000))
}

describe('SlowTurns', () => {
  test('takes the first reading, the first that can have rates, then one in each interval', () => {
    const [first, second, third = 0, ...rest] = turnsOf('c0ffee')
    assert.deepEqual([first, second], [0, 1])
    assert.ok(third > 1 && third <= 16)
    assert.deepEqual(rest.slice(0, 2), [third + 15, third + 30])
  })

  test('does not come for all containers in the same second', () => {
    const ids = Array.from({ length: 300 }, (_none, at) =>
      createHash('sha256').update(String(at)).digest('hex'),
    )
    const counts = new Map<number, number>()
    for (const id of ids) {
      const second = (turnsOf(id).at(-1) ?? 0) % 15
      counts.set(second, (counts.get(second) ?? 0) + 1)
    }
    assert.equal(counts.size, 15)
    assert.ok(Math.max(...counts.values()) <= 45, JSON.stringify([...counts]))
  })

  test('waits for a reading that is far enough from the first', () => {
    const turns = new SlowTurns('c0ffee', 15_000)
    assert.ok(turns.take(startMs, 5000))
    assert.ok(turns.take(startMs + 5, 5005))
    assert.ok(turns.take(startMs + 500, 5500))
    assert.ok(!turns.take(startMs + 510, 5510))
  })
})
