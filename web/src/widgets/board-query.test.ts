import { describe, expect, test } from 'vitest'

import type { Board } from './board-context.ts'
import { boardMetrics, boardSearch } from './board-query.ts'

function boardOf(host: string): Board {
  const variable = { name: 'env', tag: 'env', defaults: [], allowed: [] }
  return {
    range: { kind: 'newest', name: 'live', seconds: 300 },
    choices: [{ variable, values: ['a', 'b'] }],
    host,
    gate: { run: (work) => work() },
    onZoom: () => undefined,
  }
}

describe('boardMetrics() and boardSearch()', () => {
  test('put the variables in and narrow to the chosen host', () => {
    expect(boardMetrics('avg:x{$env}', boardOf('web'))).toBe('avg:x{host:web,env IN (a,b)}')
    expect(boardSearch('$env error', boardOf('web'))).toBe('host:web (env:(a OR b) error)')
    expect(boardSearch('', boardOf('web'))).toBe('host:web')
  })

  test('ask about all hosts where none is chosen', () => {
    expect(boardMetrics('avg:x{*}', boardOf(''))).toBe('avg:x{*}')
    expect(boardSearch('error', boardOf(''))).toBe('error')
  })
})
