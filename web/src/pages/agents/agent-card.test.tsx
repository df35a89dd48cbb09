import { fireEvent, screen } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'

import type { AgentRow } from '../../../../src/api/contract/agents.ts'
import { answerPaths } from '../../testing/answer-paths.ts'
import { sampleAgent, sampleNowMs, sampleStore } from '../../testing/samples.ts'
import { showLive } from '../../testing/show-live.tsx'
import { AgentCard } from './agent-card.tsx'
import { judgeAgents } from './arrange-agents.ts'

let detail: AgentRow | undefined
beforeEach(() => {
  detail = undefined
  answerPaths({ 'GET /api/agents?host=a-host': () => ({ agents: detail ? [detail] : [] }) })
})
afterEach(() => vi.unstubAllGlobals())

/** Shows one agent; gives its element and what its button tells. */
function show(
  different: Partial<AgentRow>,
  isOpen = true,
): { readonly card: HTMLElement; readonly onToggle: ReturnType<typeof vi.fn> } {
  const agent = sampleAgent(different)
  detail = agent
  const onToggle = vi.fn()
  const cards = judgeAgents([agent]).map((item) => (
    <AgentCard key={item.key} item={item} isOpen={isOpen} onToggle={onToggle} />
  ))
  showLive(<ul>{cards}</ul>, sampleStore([], [agent]))
  const [card] = screen.getAllByRole('listitem')
  if (card === undefined) throw new Error('No agent is shown')
  return { card, onToggle }
}

const unwell = {
  name: 'docker',
  state: 'backoff',
  message: 'Cannot read /sys/fs/cgroup: permission denied',
  restarts: 3,
  lastRunAt: sampleNowMs - 12_000,
} as const

describe('AgentCard', () => {
  test('shows cost, engine, and why a source does not run', async () => {
    const { card } = show({
      cpuRatio: 0.0123,
      sources: [unwell],
      dropped: { 'queue-full': 1200, unsent: 0 },
    })
    const row = await screen.findByRole('row', { name: /^docker/ })
    for (const text of [
      '1.2\u00a0% of one core',
      '100\u00a0MiB',
      'version 29',
      'queue-full 1,200',
    ]) {
      expect(card.textContent).toContain(text)
    }
    expect(row.textContent).toContain('backing off')
    expect(screen.getByRole('list', { name: 'What docker says' }).textContent).toContain(
      'permission denied',
    )
    expect(row.textContent).toContain('12\u00a0s ago')
    expect(card.textContent).not.toContain('unsent')
  })

  test('says that an agent is away, and what is wrong with an engine', () => {
    const engine = { endpoint: 'unix:///x', reachable: false, message: 'refused', version: null }
    show({ away: true, engine })
    expect(screen.getByText(/^away since/)).toBeTruthy()
    expect(screen.getByText('refused')).toBeTruthy()
    // What it cost last is no live figure.
    expect(screen.queryByText('Cost')).toBeNull()
    expect(screen.queryByText('100\u00a0MiB')).toBeNull()
  })

  test('says in full what is wrong, above all else', () => {
    const { card } = show({ conflict: 'Another machine goes by this name.', sources: [unwell] })
    expect(screen.getByText('2 problems')).toBeTruthy()
    const troubles = screen.getByRole('list', { name: 'Problems' })
    expect(troubles.textContent).toContain('Another machine goes by this name.')
    expect(troubles.textContent).toContain('Source docker: Cannot read /sys/fs/cgroup')
    expect(card.textContent?.indexOf('Another')).toBeLessThan(
      card.textContent?.indexOf('Version') ?? 0,
    )
  })

  test('is one line while it is closed, and tells when that is clicked', () => {
    const { card, onToggle } = show({ sources: [unwell] }, false)
    const button = screen.getByRole('button', {
      name: /a-host.*1 problem.*Vigie 0\.1\.0.*1\.0\u00a0%/,
    })
    expect(button.getAttribute('aria-expanded')).toBe('false')
    expect(card.querySelector('table, dl')).toBeNull()
    fireEvent.click(button)
    expect(onToggle).toHaveBeenCalledOnce()
  })

  test('shows of a Datadog Agent only what it tells', () => {
    const nothing = { cpuCount: 0, memoryBytes: 0, os: '', kernel: '', cgroupVersion: 'none' }
    const { card } = show({
      id: '',
      kind: 'datadog',
      version: '7.81.0',
      pid: 0,
      startedAt: 0,
      cpuRatio: 0,
      rssBytes: 0,
      engine: null,
      hostFacts: nothing,
    })
    expect(card.textContent).toContain('Datadog Agent 7.81.0')
    for (const label of ['Process', 'Up', 'Cost', 'Host', 'Container engine', 'Id', 'Lag']) {
      expect(screen.queryByText(label)).toBeNull()
    }
    expect(card.textContent).not.toContain('It runs no sources')
  })
})
