import { describe, expect, test } from 'vitest'

import { openAgents, readAgentsView, writeAgentsView, type AgentsView } from './view.ts'

describe('readAgentsView() and writeAgentsView()', () => {
  test.each<AgentsView>([
    { filterText: '', sort: 'state', open: undefined },
    { filterText: '', sort: 'name', open: undefined },
    { filterText: 'web', sort: 'cost', open: new Set(['a', 'datadog b']) },
    { filterText: '', sort: 'version', open: new Set() },
  ])('bring %j back', (view) => {
    const { open, ...rest } = view
    const search = writeAgentsView(open === undefined ? rest : { ...rest, open })
    const defined = Object.entries(search).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value] as const],
    )
    expect(readAgentsView(Object.fromEntries(defined))).toEqual(view)
  })
})

describe('openAgents()', () => {
  test('are all where there are few, and none where there are many', () => {
    const view = readAgentsView({})
    expect([...openAgents(view, ['a'])]).toEqual(['a'])
    expect(openAgents(view, ['a', 'b', 'c']).size).toBe(0)
    expect(openAgents(readAgentsView({ open: 'none' }), ['a']).size).toBe(0)
  })
})
