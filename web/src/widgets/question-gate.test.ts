import { describe, expect, test } from 'vitest'

import { openQuestionGate } from './question-gate.ts'

/** Tasks that end when they are told to. */
function sampleTasks(): {
  readonly begun: string[]
  readonly end: (name: string) => void
  readonly task: (name: string) => () => Promise<string>
} {
  const begun: string[] = []
  const ends = new Map<string, () => void>()
  return {
    begun,
    end: (name) => ends.get(name)?.(),
    task: (name) => () => {
      begun.push(name)
      return new Promise((resolve) => {
        ends.set(name, () => resolve(name))
      })
    },
  }
}

describe('openQuestionGate()', () => {
  test('runs no more than so many at a time, the others in their order', async () => {
    const gate = openQuestionGate(2)
    const { begun, end, task } = sampleTasks()
    const results = ['a', 'b', 'c', 'd'].map((name) => gate.run(task(name)))
    await Promise.resolve()
    await expect.poll(() => begun).toEqual(['a', 'b'])
    end('b')
    await results[1]
    await expect.poll(() => begun).toEqual(['a', 'b', 'c'])
    end('a')
    await expect.poll(() => begun).toEqual(['a', 'b', 'c', 'd'])
    end('c')
    end('d')
    expect(await Promise.all(results)).toEqual(['a', 'b', 'c', 'd'])
  })

  test('goes on after a task that failed', async () => {
    const gate = openQuestionGate(1)
    await expect(gate.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(await gate.run(async () => 'yes')).toBe('yes')
  })

  test('never begins a task that was given up while it waited', async () => {
    const gate = openQuestionGate(1)
    const { begun, end, task } = sampleTasks()
    const first = gate.run(task('a'))
    const stop = new AbortController()
    const second = gate.run(task('b'), stop.signal)
    stop.abort(new Error('left'))
    await expect(second).rejects.toThrow('left')
    await expect.poll(() => begun).toEqual(['a'])
    end('a')
    expect(await first).toBe('a')
    expect(await gate.run(async () => 'c')).toBe('c')
    expect(begun).toEqual(['a'])
  })
})
