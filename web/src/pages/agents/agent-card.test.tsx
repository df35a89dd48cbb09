import { screen } from '@testing-library/react'
import { describe, expect, test } from 'vitest'

import { sampleAgent, sampleNowMs, sampleStore } from '../../testing/samples.ts'
import { showLive } from '../../testing/show-live.tsx'
import { AgentCard } from './agent-card.tsx'

describe('AgentCard', () => {
  test('shows cost, engine, and why a source does not run', () => {
    const agent = sampleAgent({
      cpuRatio: 0.0123,
      sources: [
        {
          name: 'docker',
          state: 'backoff',
          message: 'Cannot read /sys/fs/cgroup: permission denied',
          restarts: 3,
          lastRunAt: sampleNowMs - 12_000,
        },
      ],
      dropped: { 'queue-full': 1200, unsent: 0 },
    })
    showLive(<AgentCard agent={agent} />, sampleStore([], [agent]))
    const card = screen.getByRole('region', { name: 'a-host' })
    for (const text of [
      '1.2\u00a0% of one core',
      '100\u00a0MiB',
      'version 29',
      'queue-full 1,200',
    ]) {
      expect(card.textContent).toContain(text)
    }
    const row = screen.getByRole('row', { name: /^docker/ })
    expect(row.textContent).toContain('backing off')
    expect(screen.getByRole('list', { name: 'What docker says' }).textContent).toContain(
      'permission denied',
    )
    expect(row.textContent).toContain('12\u00a0s ago')
    expect(card.textContent).not.toContain('unsent')
  })

  test('says that an agent is away, and what is wrong with an engine', () => {
    const engine = { endpoint: 'unix:///x', reachable: false, message: 'refused', version: null }
    const agent = sampleAgent({ away: true, engine })
    showLive(<AgentCard agent={agent} />, sampleStore([], [agent]))
    expect(screen.getByText(/^away since/)).toBeTruthy()
    expect(screen.getByText('refused')).toBeTruthy()
  })
})
