import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parseCpuinfo } from './parse-cpuinfo.ts'

function thread(processor: number, rest: Readonly<Record<string, string | number>>): string {
  const fields = { processor, ...rest }
  return Object.entries(fields)
    .map(([name, value]) => `${name}\t: ${value}\n`)
    .join('')
}

const model = { 'model name': 'Some CPU @ 2.50GHz' }

describe('parseCpuinfo()', () => {
  test('counts cores and their threads', () => {
    const threads = [0, 1, 2, 3].map((at) =>
      thread(at, { ...model, 'physical id': 0, 'core id': at % 2 }),
    )
    const expected = { modelName: 'Some CPU @ 2.50GHz', coreCount: 2, threadCount: 4 }
    assert.deepEqual(parseCpuinfo(threads.join('\n')), expected)
  })

  test('tells cores of several sockets apart', () => {
    const threads = [0, 1].map((at) => thread(at, { 'physical id': at, 'core id': 0 }))
    assert.equal(parseCpuinfo(threads.join('\n'))?.coreCount, 2)
  })

  test('takes each processor of ARM for a core', () => {
    const threads = [0, 1, 2].map((at) => thread(at, { BogoMIPS: 243.75 }))
    const expected = { modelName: '', coreCount: 3, threadCount: 3 }
    assert.deepEqual(parseCpuinfo(`${threads.join('\n')}\nHardware\t: BCM2835\n`), expected)
  })

  for (const text of ['', 'nothing', '\n\n:\n'])
    test(`knows no processor in ${JSON.stringify(text)}`, () =>
      assert.equal(parseCpuinfo(text), undefined))
})
