import { screen } from '@testing-library/react'
import { describe, expect, test } from 'vitest'

import type { EndpointRow } from '../../../../src/api/contract/agents.ts'
import { sampleNowMs, sampleStore } from '../../testing/samples.ts'
import { showLive } from '../../testing/show-live.tsx'
import { EndpointTable } from './endpoint-table.tsx'

const endpoint: EndpointRow = {
  name: 'datadog',
  url: 'https://api.datadoghq.example',
  state: 'retrying',
  message: 'It answered 503: try again later',
  waiting: 1204,
  memoryBytes: 15 * 2 ** 20,
  diskBytes: 2 ** 30,
  delivered: 99,
  retried: 7,
  setAside: 2,
  dropped: 0,
  lastDeliveredAt: sampleNowMs - 65_000,
}

function cellsOf(different: Partial<EndpointRow> = {}): readonly (string | null)[] {
  showLive(<EndpointTable endpoints={[{ ...endpoint, ...different }]} />, sampleStore([], []))
  const [, row] = screen.getAllByRole('row')
  return [...(row?.children ?? [])].map(({ textContent }) => textContent)
}

describe('EndpointTable', () => {
  test('shows where data goes, what waits, and what became of the rest', () => {
    expect(cellsOf()).toEqual([
      'datadog https://api.datadoghq.example',
      'retrying',
      '1,204',
      '15\u00a0MiB / 1\u00a0GiB',
      '99',
      '7',
      '0',
      '2',
      '1\u00a0min ago',
    ])
    expect(screen.getByText('It answered 503: try again later')).toBeTruthy()
  })

  test('marks what was lost, and nothing where nothing was', () => {
    cellsOf({ dropped: 3, setAside: 0 })
    expect(screen.getByText('3').dataset['tone']).toBe('warning')
    expect(screen.getByText('0').dataset['tone']).toBeUndefined()
  })

  test('says that nothing was delivered yet', () => {
    expect(cellsOf({ lastDeliveredAt: null, state: 'idle', message: '' })).toContain('never')
    expect(screen.getAllByRole('row')).toHaveLength(2)
  })
})
