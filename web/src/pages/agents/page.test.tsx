import { screen } from '@testing-library/react'
import { afterEach, describe, expect, test, vi } from 'vitest'

import { sampleAgent, sampleStore } from '../../testing/samples.ts'
import { showLive } from '../../testing/show-live.tsx'
import { AgentsPage } from './page.tsx'

const source = {
  name: 'dogstatsd',
  state: 'running',
  message: '',
  restarts: 0,
  lastRunAt: null,
} as const

const server = {
  version: '0.1.0',
  pid: 1,
  startedAt: 0,
  rssBytes: 0,
  cpuRatio: 0,
  counts: {},
  store: {
    bytesOnDisk: 0,
    maxBytes: 0,
    droppedForSpace: null,
    isDiskFull: false,
    lateHours: 0,
    tiers: [],
  },
}

afterEach(() => vi.unstubAllGlobals())

describe('AgentsPage', () => {
  test('asks for what live ticks leave out: the notes of the sources', async () => {
    const counts = { points: 1, sketches: 0, events: 0, serviceChecks: 0, containerTotals: 0 }
    const none = { count: 0, newest: [] }
    const work = {
      runs: 1,
      lastRunMs: 1,
      averageRunMs: 1,
      lastRun: counts,
      total: counts,
      warnings: none,
      errors: none,
      notes: ['Received by recvmmsg'],
    }
    const answer = { agents: [sampleAgent({ sources: [{ ...source, work }] })], server, time: 0 }
    vi.stubGlobal('fetch', async (path: string) =>
      path.startsWith('/api/agents?host=')
        ? Response.json(answer)
        : new Response('', { status: 404 }),
    )
    showLive(<AgentsPage />, sampleStore([], [sampleAgent()]))
    expect(await screen.findByText('Received by recvmmsg')).toBeTruthy()
    expect(screen.getByRole('region', { name: 'Server' })).toBeTruthy()
    expect(screen.getByRole('button', { name: /^a-host/ })).toBeTruthy()
  })
})
