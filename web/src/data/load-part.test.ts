import { describe, expect, test } from 'vitest'

import { loadPart, type PartSurroundings } from './load-part.ts'

/** Surroundings that write down what is asked of them. */
function surroundings(isRenewed: boolean): PartSurroundings & { readonly asked: string[] } {
  const asked: string[] = []
  return {
    asked,
    whenAnswering: async () => {
      asked.push('whenAnswering')
    },
    renew: () => {
      asked.push('renew')
      return isRenewed
    },
  }
}

/** Fails so often before it succeeds. */
function failing(times: number): () => Promise<string> {
  let left = times
  return async () => {
    left -= 1
    if (left >= 0) throw new Error('Failed to fetch')
    return 'part'
  }
}

const pending = Symbol('pending')

/** What a promise has come to by now. */
async function stateOf<Value>(promise: Promise<Value>): Promise<Value | typeof pending> {
  const soon = new Promise<typeof pending>((resolve) => {
    setTimeout(() => resolve(pending), 20)
  })
  return await Promise.race([promise, soon])
}

describe('loadPart', () => {
  test('asks nothing of anybody where the part comes', async () => {
    const around = surroundings(true)
    expect(await loadPart(failing(0), around)).toBe('part')
    expect(around.asked).toEqual([])
  })

  test('waits for the server and asks it again', async () => {
    const around = surroundings(true)
    expect(await loadPart(failing(2), around)).toBe('part')
    expect(around.asked).toEqual(['whenAnswering', 'whenAnswering'])
  })

  test('loads the page anew where the server answers without the part', async () => {
    const around = surroundings(true)
    expect(await stateOf(loadPart(failing(3), around))).toBe(pending)
    expect(around.asked.at(-1)).toBe('renew')
  })

  test('tells the fault where that was done already', async () => {
    const around = surroundings(false)
    await expect(loadPart(failing(3), around)).rejects.toThrow('Failed to fetch')
  })
})
