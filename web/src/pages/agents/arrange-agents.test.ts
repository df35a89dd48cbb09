import { describe, expect, test } from 'vitest'

import type { AgentRow } from '../../../../src/api/contract/agents.ts'
import { sampleAgent } from '../../testing/samples.ts'
import { arrangeAgents, countAgents, judgeAgents } from './arrange-agents.ts'

function agent(host: string, different: Partial<AgentRow> = {}): AgentRow {
  return sampleAgent({ id: `id-${host}`, host, ...different })
}

const source = { name: 'docker', message: '', restarts: 0, lastRunAt: null }
const endpoint = {
  name: 'server',
  url: 'http://vigie.example',
  message: '',
  waiting: 0,
  memoryBytes: 0,
  diskBytes: 0,
  delivered: 0,
  retried: 0,
  setAside: 0,
  dropped: 0,
  lastDeliveredAt: null,
}
const agents = judgeAgents([
  agent('web-10', { cpuRatio: 0.5 }),
  agent('web-9', { sources: [{ ...source, state: 'degraded', message: 'no cgroup' }] }),
  agent('db', { away: true, sources: [{ ...source, state: 'backoff' }] }),
  agent('mail', { endpoints: [{ ...endpoint, state: 'refusing' }], cpuRatio: 0.9 }),
  agent('old', { kind: 'datadog', version: '7.81.0' }),
  agent('slow', { lagMs: 60_000 }),
])

function hosts(text: string, sort: 'name' | 'state' | 'cost'): readonly string[] {
  return arrangeAgents(agents, text, sort).map((item) => item.agent.host)
}

describe('arrangeAgents()', () => {
  test('by name, by what needs a look first, and by cost', () => {
    expect(hosts('', 'name')).toEqual(['db', 'mail', 'old', 'slow', 'web-9', 'web-10'])
    expect(hosts('', 'state')).toEqual(['db', 'mail', 'slow', 'web-9', 'old', 'web-10'])
    expect(hosts('', 'cost').slice(0, 2)).toEqual(['mail', 'web-10'])
  })

  test.each([
    ['web', ['web-9', 'web-10']],
    ['WEB cgroup', ['web-9']],
    ['datadog 7.81', ['old']],
    ['away', ['db']],
    ['vigie.example refus', ['mail']],
    ['nothing-like-it', []],
  ])('finds by "%s"', (text, expected) => expect(hosts(text, 'name')).toEqual(expected))
})

describe('countAgents()', () => {
  test('counts one that is away once, and not what it said before', () => {
    expect(countAgents(agents)).toEqual({ all: 6, away: 1, troubled: 3 })
  })
})

describe('judgeAgents()', () => {
  test('tells machines of the same name apart', () => {
    const keys = judgeAgents([
      agent('a', { id: 'one' }),
      agent('a', { id: 'two' }),
      agent('a', { id: '' }),
      agent('a', { id: '', kind: 'datadog' }),
    ]).map(({ key }) => key)
    expect(new Set(keys).size).toBe(4)
  })
})
