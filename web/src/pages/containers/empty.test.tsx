import { screen } from '@testing-library/react'
import { describe, expect, test, vi } from 'vitest'

import { createLiveStore } from '../../data/live-store.ts'
import { sampleAgent, sampleStore } from '../../testing/samples.ts'
import { showLive } from '../../testing/show-live.tsx'
import { Empty } from './empty.tsx'
import { readView } from './view.ts'

const nothing = { view: readView({}), allCount: 0, inScopeCount: 0, onView: vi.fn() }
const unreachable = {
  endpoint: 'unix:///var/run/docker.sock',
  reachable: false,
  message: 'No container engine at unix:///var/run/docker.sock: there is no such socket',
  version: null,
}

describe('Empty', () => {
  test('waits before the first snapshot and does not call that empty', () => {
    const store = createLiveStore({ schedule: (frame) => frame(), elapsedMs: () => 0 })
    showLive(<Empty {...nothing} />, store)
    expect(screen.getByRole('status').textContent).toContain('Waiting for the first figures')
  })

  test('gives the command for a first container when the engine has none', async () => {
    showLive(<Empty {...nothing} />, sampleStore([], [sampleAgent()]))
    expect(await screen.findByText(/^docker run -d --name first busybox/)).toBeTruthy()
  })

  test('shows the engine’s message, how to give another, and the host’s own figures', async () => {
    const figures = {
      cpu: 12.5,
      memoryUsed: 2 ** 30,
      memoryTotal: 2 ** 32,
      load1: 0.75,
      netRcvd: 2048,
    }
    showLive(
      <Empty {...nothing} />,
      sampleStore([], [sampleAgent({ engine: unreachable, figures })]),
    )
    expect((await screen.findByRole('heading', { level: 2 })).textContent).toContain('a-host')
    expect(screen.getByText(unreachable.message)).toBeTruthy()
    expect(screen.getByText(/^DOCKER_HOST=/)).toBeTruthy()
    const host = screen.getByRole('region', { name: 'The host itself' })
    for (const text of ['12.5\u00a0%', '1\u00a0GiB', '0.75', '2\u00a0KiB/s']) {
      expect(host.textContent).toContain(text)
    }
    expect(host.textContent).not.toContain('Disk read')
  })

  test('says how to start an agent when there is none', async () => {
    showLive(<Empty {...nothing} />, sampleStore([], []))
    expect(await screen.findByText('npm run --silent vigie -- agent')).toBeTruthy()
  })

  test('offers to clear a filter that matches nothing, and to show what is stopped', () => {
    const onView = vi.fn()
    const store = sampleStore([], [sampleAgent()])
    const filtered = showLive(
      <Empty {...nothing} allCount={3} inScopeCount={2} onView={onView} />,
      store,
    )
    screen.getByRole('button', { name: 'Clear the filter' }).click()
    expect(onView).toHaveBeenLastCalledWith({ filterText: '' })
    filtered.unmount()
    showLive(<Empty {...nothing} allCount={3} onView={onView} />, store)
    screen.getByRole('button', { name: 'Show all containers' }).click()
    expect(onView).toHaveBeenLastCalledWith({ scope: 'all', filterText: '' })
  })
})
