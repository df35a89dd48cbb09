import { act, fireEvent, screen, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'

import { answerPaths, type Asked } from '../../testing/answer-paths.ts'
import { sampleAgent, sampleContainer, sampleStore } from '../../testing/samples.ts'
import { showLive } from '../../testing/show-live.tsx'
import { ContainersPage } from './page.tsx'

let asked: readonly Asked[] = []
beforeEach(() => {
  asked = answerPaths({})
})
afterEach(() => vi.unstubAllGlobals())

const containers = [
  sampleContainer({ key: 1, name: 'shop', host: 'web' }),
  sampleContainer({ key: 2, name: 'store', host: 'db' }),
]

function show(address: string, hosts: readonly string[] = ['web', 'db']): void {
  const agents = hosts.map((host) =>
    sampleAgent({ id: host, host, figures: { cpu: 10 }, away: host.startsWith('gone') }),
  )
  const shown = containers.filter(({ host }) => hosts.includes(host))
  // Only rows in sight exist, and nothing is in sight of a page without a size: the count above the table tells.
  showLive(<ContainersPage />, sampleStore(shown, agents), address)
}

function heads(): readonly (string | null)[] {
  return screen.getAllByRole('columnheader').map(({ textContent }) => textContent)
}

describe('ContainersPage', () => {
  test('has a column for the host where there are several', () => {
    show('/')
    expect(heads()).toContain('Host')
    expect(screen.getByText('2 containers')).toBeTruthy()
    expect(screen.getByText('CPU of 2 hosts')).toBeTruthy()
  })

  test('has none where there is one, or one is chosen', () => {
    show('/', ['web'])
    expect(heads()).not.toContain('Host')
  })

  test('is narrowed to the chosen host: table, summary and what has ended', async () => {
    show('/?host=db')
    expect(heads()).not.toContain('Host')
    expect(screen.getByText('1 container')).toBeTruthy()
    expect(screen.getByText('Host CPU')).toBeTruthy()
    const ended = screen.getByRole('region', { name: 'Recently ended' })
    await act(async () => void fireEvent.click(within(ended).getByRole('button')))
    await vi.waitFor(() =>
      expect(asked.map(({ path }) => path)).toContain('/api/runs?since=1h&limit=100&host=db'),
    )
  })

  test('says so where the chosen host is not there, and offers the others', () => {
    show('/?host=nowhere')
    expect(screen.getByRole('heading', { name: 'No agent reports from nowhere' })).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Show all hosts' })).toBeTruthy()
  })

  test('tells of a few agents that are away one by one', () => {
    show('/', ['web', 'gone-1', 'gone-2'])
    expect(screen.getAllByText(/has not reported since/)).toHaveLength(2)
  })

  test('says of what watching costs that it is away, where nobody reports', () => {
    show('/', ['gone-1'])
    expect(screen.getByText('away')).toBeTruthy()
    expect(screen.queryByText('of one core,', { exact: false })).toBeNull()
  })

  test('tells of many agents that are away in one sentence', () => {
    show('/', ['web', 'gone-1', 'gone-2', 'gone-3', 'gone-4', 'gone-5', 'gone-6'])
    expect(screen.queryByText(/has not reported since/)).toBeNull()
    expect(
      screen.getByText(/^The agents of 6 hosts are away: gone-1, .*gone-5 and 1 more/),
    ).toBeTruthy()
    expect(screen.getByRole('link', { name: 'See the agents' }).getAttribute('href')).toBe(
      '/agents?sort=state',
    )
  })
})
