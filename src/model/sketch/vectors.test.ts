import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { makeSketch } from '../../../test/agent/sketches.ts'
import type { Sketch } from '../sketch.ts'
import { mergeSketches } from './merge-sketches.ts'
import { gamma, infinityKey, maxBins, sketchKey } from './sketch-key.ts'
import { sketchQuantile } from './sketch-quantile.ts'

/** What the Datadog Agent's code makes of some values; `cases/datadog-agent/record/` prints the table. */
interface Vector {
  readonly name: string
  readonly values?: readonly number[]
  readonly recipe?: string
  readonly count: number
  readonly min: number
  readonly max: number
  readonly sum: number
  readonly avg: number
  /** `key:count`, in order. */
  readonly bins: string
  /** The share, what the Agent's sketch says, what is true. */
  readonly quantiles: readonly (readonly [number, number, number])[]
}

/** The recipes of `record/main.go`. */
const recipes: Record<string, (next: () => number, n: number) => number> = {
  uniform: (next) => next() * 1000,
  tail: (next) => {
    let value = 20
    for (let i = 0; i < 8; i++) value *= 0.5 + 1.5 * next()
    return value / (1 - next())
  },
  signs: (next) => {
    const a = next() - 0.5
    return a * a * a * 1e6
  },
  wide: (next, n) => (n % 3 === 0 ? -1 : 1) * (1 + next()) * 2 ** ((n % 330) - 29),
  alike: (next, n) => (n % 1000 === 999 ? 5000 * next() : 12.5),
  constant: () => 3.75,
  whole: (_next, n) => n + 1,
}

const file = new URL('cases/datadog-agent/vectors.json', import.meta.url)
const vectors: readonly Vector[] = JSON.parse(readFileSync(file, 'utf8'))

/** Half the width of a bin. */
const relativeError = 1 / 128

function valuesOf({ values, recipe = '', count }: Vector): readonly number[] {
  const make = recipes[recipe]
  if (values !== undefined || make === undefined) return values ?? []
  let state = 1
  const next = (): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff
    return state / 2 ** 31
  }
  return Array.from({ length: count }, (_one, n) => make(next, n))
}

function binsText({ keys, counts }: Pick<Sketch, 'keys' | 'counts'>): string {
  return Array.from(keys, (key, at) => `${key}:${counts[at]}`).join(' ')
}

/** The Agent of that version counts up to 65,535 values in a bin and then begins another with the same key. */
function joinSplitBins(bins: string): string {
  const joined = new Map<string, number>()
  for (const bin of bins.split(' ')) {
    const [key = '', count] = bin.split(':')
    joined.set(key, (joined.get(key) ?? 0) + Number(count))
  }
  return [...joined].map(([key, count]) => `${key}:${count}`).join(' ')
}

describe('a sketch, beside the Datadog Agent', () => {
  for (const vector of vectors) {
    const sketch = makeSketch(valuesOf(vector))

    test(`has the same bins: ${vector.name}`, () => {
      assert.equal(binsText(sketch), joinSplitBins(vector.bins))
    })

    test(`knows count, least, greatest, sum and average: ${vector.name}`, () => {
      const { count, min, max, sum, avg } = sketch
      assert.deepEqual(
        { count, min, max, sum },
        { count: vector.count, min: vector.min, max: vector.max, sum: vector.sum },
      )
      // The Agent takes its average along, value by value, and is off in the last digits.
      assert.ok(Math.abs(avg - vector.avg) <= 1e-9 * Math.max(vector.max, -vector.min), `${avg}`)
    })

    test(`finds quantiles within 1/128 of the truth, and within a bin of the Agent's: ${vector.name}`, () => {
      for (const [share, agents, truth] of vector.quantiles) {
        // What was added to a higher bin, or has none of its own, is known by its bounds only.
        if (isCollapsed(sketch, truth)) continue
        const found = sketchQuantile(sketch, share)
        const message = `${share}: ${found}, the Agent ${agents}, in truth ${truth}`
        assert.ok(Math.abs(found - truth) <= Math.abs(truth) * relativeError, message)
        assert.ok(Math.abs(found - agents) <= Math.abs(agents) * (gamma - 1) * 1.001, message)
      }
    })

    test(`is the same when its values come in two halves: ${vector.name}`, () => {
      const values = valuesOf(vector)
      if (values.length < 2) return
      const half = Math.ceil(values.length / 2)
      const { count, min, max, keys, counts } = mergeSketches(
        makeSketch(values.slice(0, half)),
        makeSketch(values.slice(half)),
      )
      assert.equal(binsText({ keys, counts }), binsText(sketch))
      assert.deepEqual([count, min, max], [sketch.count, sketch.min, sketch.max])
    })
  }

  test('has a case with more bins than are kept', () => {
    assert.ok(vectors.some(({ bins }) => bins.split(' ').length === maxBins))
  })
})

function isCollapsed({ keys }: Sketch, value: number): boolean {
  const key = sketchKey(value)
  if (key === 0 || Math.abs(key) === infinityKey) return true
  return keys.length === maxBins && key <= (keys[0] ?? 0)
}
