import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { describeFigures } from './describe-figures.ts'

type Given = Parameters<typeof describeFigures>[0]

const settings = { cgroupVersion: 'v1', statsIntervalMs: 10_000 } as const
const fromFiles = (name: string): Given[number] => ({ name, figuresFrom: 'cgroup' })
const fromEngine = (name: string): Given[number] => ({ name, figuresFrom: 'engine' })

describe('describeFigures()', () => {
  for (const [given, expected] of [
    [[], 'no running containers'],
    [[fromFiles('a')], '1 container from cgroup v1'],
    [
      [fromFiles('a'), fromFiles('b'), fromEngine('web'), { name: 'x' }],
      "2 containers from cgroup v1, 1 from the engine's answers every 10 s (web), 1 without figures (x)",
    ],
    [
      ['a', 'b', 'c', 'd', 'e'].map(fromEngine),
      "5 containers from the engine's answers every 10 s (a, b, c and 2 more)",
    ],
    [[{ name: 'x' }], '1 container without figures (x)'],
  ] as const satisfies readonly (readonly [Given, string])[]) {
    test(`says "${expected}"`, () => assert.equal(describeFigures(given, settings), expected))
  }
})
