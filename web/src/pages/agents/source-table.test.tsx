import { screen, within } from '@testing-library/react'
import { describe, expect, test } from 'vitest'

import type { SourceWork } from '../../../../src/api/contract/agents.ts'
import { sampleNowMs, sampleStore } from '../../testing/samples.ts'
import { showLive } from '../../testing/show-live.tsx'
import { SourceTable } from './source-table.tsx'

const counts = { points: 1204, sketches: 0, events: 0, serviceChecks: 0, containerTotals: 0 }
const none = { count: 0, newest: [] }

function sampleWork(different: Partial<SourceWork> = {}): SourceWork {
  return {
    runs: 40,
    lastRunMs: 12.3,
    averageRunMs: 15,
    lastRun: counts,
    total: { ...counts, points: 495_812 },
    warnings: none,
    errors: none,
    notes: [],
    ...different,
  }
}

/** What the one source says, line by line. */
function showWords(message: string, work: SourceWork): readonly string[] {
  const source = { name: 'dogstatsd', state: 'degraded', message, restarts: 0 } as const
  const sources = [{ ...source, lastRunAt: sampleNowMs - 3000, work }]
  showLive(<SourceTable sources={sources} />, sampleStore([], []))
  const list = screen.queryByRole('list', { name: 'What dogstatsd says' })
  return (list === null ? [] : within(list).getAllByRole('listitem')).map(
    ({ textContent }) => textContent,
  )
}

describe('SourceTable', () => {
  test('shows the notes of a source, a line each', () => {
    const notes = ['Received by recvmmsg', '1,000 of 100,000 contexts']
    expect(showWords('', sampleWork({ notes }))).toEqual(notes)
  })

  test('sets a note apart that warns of something', () => {
    showWords('', sampleWork({ notes: ['a note', 'warning: the queue is short'] }))
    expect(screen.getByText('warning: the queue is short').className).toContain('text-warning')
    expect(screen.getByText('a note').className).not.toContain('text-warning')
  })

  test('shows what is wrong now first, then what was wrong before, each once', () => {
    const newest = [
      { message: 'The queue is 10', count: 3, lastAt: sampleNowMs - 1000 },
      { message: 'Contexts are full', count: 1200, lastAt: sampleNowMs - 120_000 },
    ]
    const errors = {
      count: 1,
      newest: [{ message: 'The worker ended', count: 1, lastAt: sampleNowMs - 7_200_000 }],
    }
    const work = sampleWork({ warnings: { count: 1203, newest }, errors, notes: ['A note'] })
    expect(showWords('The queue is 10', work)).toEqual([
      'The queue is 10',
      'A note',
      'once, 2\u00a0h\u00a00\u00a0min ago: The worker ended',
      '1,200 times, last 2\u00a0min ago: Contexts are full',
    ])
  })

  test('shows how long the last run took, and all samples that were handed on', () => {
    showWords('', sampleWork())
    const cells = screen.getAllByRole('cell').map(({ textContent }) => textContent)
    expect(cells).toEqual(['degraded', '3\u00a0s ago', '12.3\u00a0ms', '495,812', '0'])
  })

  test('shows the source of an older agent, which tells nothing of its work', () => {
    const source = { name: 'host', state: 'running', message: '', restarts: 0 } as const
    showLive(<SourceTable sources={[{ ...source, lastRunAt: null }]} />, sampleStore([], []))
    const cells = screen.getAllByRole('cell').map(({ textContent }) => textContent)
    expect(cells).toEqual(['running', 'never', '', '', '0'])
  })
})
