import { act, fireEvent, screen } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'

import type { AgentRow } from '../../../../src/api/contract/agents.ts'
import { sampleAgent, sampleStore } from '../../testing/samples.ts'
import { showLive } from '../../testing/show-live.tsx'
import { AgentList } from './agent-list.tsx'

beforeEach(() => vi.stubGlobal('fetch', async () => new Response('', { status: 404 })))
afterEach(() => vi.unstubAllGlobals())

function fleet(count: number): readonly AgentRow[] {
  return Array.from({ length: count }, (_, index) =>
    sampleAgent({ id: `id-${index}`, host: `host-${index}`, away: index < 2 }),
  )
}

function heads(): readonly string[] {
  return screen
    .queryAllByRole('button')
    .filter((button) => button.hasAttribute('aria-expanded'))
    .map((button) => `${/host-\d+/.exec(button.textContent)?.[0]} ${button.ariaExpanded}`)
}

describe('AgentList', () => {
  test('opens the one agent there is', () => {
    showLive(<AgentList />, sampleStore([], fleet(1)))
    expect(heads()).toEqual(['host-0 true'])
    expect(screen.getByRole('status').textContent).toBe('1 agent · 1 away')
    expect(screen.queryByRole('searchbox')).toBeNull()
  })

  test('shows many as a line each, of which those of the address are open', () => {
    showLive(<AgentList />, sampleStore([], fleet(20)), '/agents?open=id-7,id-19')
    expect(heads()).toHaveLength(20)
    expect(heads().filter((head) => head.endsWith('true'))).toEqual(['host-7 true', 'host-19 true'])
    expect(screen.getByRole('status').textContent).toBe('20 agents · 2 away')
  })

  test('shows the first hundred of very many, those that need a look above, and more when asked', async () => {
    const agents = fleet(130).map((agent, index) => ({ ...agent, away: index === 129 }))
    const { container } = showLive(<AgentList />, sampleStore([], agents))
    const shown = (): NodeListOf<Element> => container.querySelectorAll('.agent')
    expect(shown()).toHaveLength(100)
    expect(shown()[0]?.textContent).toContain('host-129')
    await act(async () => void fireEvent.click(screen.getByText('Show 30 more of 30')))
    expect(shown()).toHaveLength(130)
    expect(screen.queryByText(/^Show \d+ more/)).toBeNull()
  })

  test('finds by what is in the address, and says when nothing is found', () => {
    showLive(<AgentList />, sampleStore([], fleet(30)), '/agents?q=host-2&sort=cost')
    expect(heads()).toHaveLength(11)
    showLive(<AgentList />, sampleStore([], fleet(20)), '/agents?q=nothing')
    expect(screen.getByText('No agent matches the filter.')).toBeTruthy()
  })

  test('is narrowed to the chosen host', () => {
    showLive(<AgentList />, sampleStore([], fleet(20)), '/agents?host=host-3')
    expect(heads()).toEqual(['host-3 true'])
  })

  test('writes what is opened, filtered and sorted into the address', async () => {
    const { router } = showLive(<AgentList />, sampleStore([], fleet(5)))
    await act(async () => void fireEvent.click(screen.getByRole('button', { name: /host-4/ })))
    expect(router.history.location.href).toBe('/?open=id-4')
    const box = screen.getByRole('searchbox')
    await act(async () => void fireEvent.change(box, { target: { value: 'host' } }))
    expect(router.history.location.href).toContain('q=host')
    await act(async () => void fireEvent.click(screen.getByRole('radio', { name: 'Name' })))
    expect(router.history.location.href).toContain('sort=name')
  })
})
