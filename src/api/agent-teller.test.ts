import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { sampleReport } from '../../test/server/sample-report.ts'
import type { AgentReport } from '../model/agent-report.ts'
import type { AgentAnswer } from '../query/agents.ts'
import { openAgentTeller } from './agent-teller.ts'
import { agentFigureNames, takeAgentNews } from './contract/live-agents.ts'

interface Change extends Partial<Omit<AgentAnswer, 'report'>> {
  readonly report?: Partial<AgentReport>
}

function answer({ report, ...change }: Change = {}): AgentAnswer {
  return {
    kind: 'vigie',
    report: sampleReport(report),
    hostTags: [],
    receivedAtMs: 1000,
    lagMs: 5,
    isAway: false,
    conflict: '',
    figures: [12.345, 100, 200],
    ...change,
  }
}

const source = { name: 'docker', state: 'running', message: '', restarts: 0 } as const
const endpoint = {
  name: 'server',
  url: 'http://localhost',
  state: 'delivering',
  message: '',
  waiting: 0,
  memoryBytes: 0,
  diskBytes: 0,
  delivered: 1,
  retried: 0,
  setAside: 0,
  dropped: 0,
} as const

describe('openAgentTeller()', () => {
  test('tells all of each agent at first, then nothing but the figures that moved', () => {
    const teller = openAgentTeller()
    const [a, b] = [
      answer({ report: { host: 'a', agentId: '1' } }),
      answer({ report: { host: 'b', agentId: '2' } }),
    ]
    const first = teller.tell([a, b])
    assert.deepEqual(
      first.changed.map(({ key, host }) => [key, host]),
      [
        [1, 'a'],
        [2, 'b'],
      ],
    )
    assert.deepEqual(teller.told(), first.changed)
    const later = { ...b, receivedAtMs: 2000, lagMs: 7, figures: [13, undefined, 200] }
    const { changed, rows, removedKeys } = teller.tell([a, later])
    assert.deepEqual([changed, removedKeys], [[], []])
    assert.deepEqual(rows, [[2, 2000, 7, 0.01, 80_000_000, 13, null, 200, ...Array(5).fill(null)]])
    assert.equal(rows[0]?.length, agentFigureNames.length + 1)
  })

  test('does not tell anew what each report changes: last runs, what was sent, what waits', () => {
    const teller = openAgentTeller()
    const tell = (timeMs: number): object => {
      const work = { bufferedBytes: timeMs, dropped: { full: timeMs }, timeMs }
      const sources = [{ ...source, lastRunAtMs: timeMs }]
      const endpoints = [{ ...endpoint, delivered: timeMs, waiting: 1, lastDeliveredAtMs: timeMs }]
      return teller.tell([answer({ report: { ...work, sources, endpoints } })])
    }
    tell(1000)
    assert.deepEqual(tell(2000), { changed: [], rows: [], removedKeys: [] })
  })

  const changes: Readonly<Record<string, Change>> = {
    'falls silent': { isAway: true },
    'has a namesake': { conflict: 'Another machine goes by this name' },
    'is started anew': { report: { pid: 7, startedAtMs: 9 } },
    'is updated': { report: { version: '2' } },
    'has a source that fails': { report: { sources: [{ ...source, state: 'backoff' }] } },
    'is refused': {
      report: { endpoints: [{ ...endpoint, state: 'refusing', message: 'no key' }] },
    },
    'has tags': { hostTags: ['env:prod'] },
  }
  for (const [name, change] of Object.entries(changes)) {
    test(`tells all of an agent that ${name}, with the key it had`, () => {
      const teller = openAgentTeller()
      teller.tell([answer()])
      const { changed, rows } = teller.tell([answer(change)])
      assert.deepEqual(
        changed.map(({ key }) => key),
        [1],
      )
      assert.deepEqual(rows, [])
    })
  }

  test('tells which went, and gives their keys to nobody else', () => {
    const teller = openAgentTeller()
    teller.tell([answer({ report: { host: 'a' } }), answer({ report: { host: 'b' } })])
    const { changed, removedKeys } = teller.tell([answer({ report: { host: 'c' } })])
    assert.deepEqual(removedKeys, [1, 2])
    assert.deepEqual(
      changed.map(({ key }) => key),
      [3],
    )
  })

  test('keeps agents apart that do not tell their ids and share a host', () => {
    const teller = openAgentTeller()
    const both = [answer({ report: { pid: 1 } }), answer({ report: { pid: 2 } })]
    assert.equal(teller.tell(both).changed.length, 2)
    assert.deepEqual(teller.tell(both), { changed: [], rows: [], removedKeys: [] })
    assert.deepEqual(teller.tell(both.slice(0, 1)).removedKeys, [2])
  })
})

describe('takeAgentNews()', () => {
  test('brings who started from what was told to what is told now, whatever changed', () => {
    const teller = openAgentTeller()
    const seconds = [
      [answer({ report: { host: 'b' } }), answer({ report: { host: 'd' } })],
      [answer({ report: { host: 'a' } }), answer({ report: { host: 'b' }, figures: [1, 2, 3] })],
      [answer({ report: { host: 'a' }, kind: 'datadog' }), answer({ report: { host: 'a' } })],
    ]
    let shown = teller.tell(seconds[0] ?? []).changed
    for (const second of seconds.slice(1)) {
      shown = takeAgentNews(shown, teller.tell(second))
      assert.deepEqual(shown, teller.told())
    }
  })

  test('passes over the figures of an agent that it does not know', () => {
    assert.deepEqual(takeAgentNews([], { changed: [], rows: [[7, 1, 2]], removedKeys: [7] }), [])
  })
})
