import { screen, within } from '@testing-library/react'
import { afterEach, describe, expect, test, vi } from 'vitest'

import type { AgentList, StoreRow } from '../../../../src/api/contract/agents.ts'
import { sampleNowMs, sampleStore } from '../../testing/samples.ts'
import { showLive } from '../../testing/show-live.tsx'
import { clockText, dateTimeText, minuteText } from '../../units/clock.ts'
import { ServerCard } from './server-card.tsx'

const hourMs = 3_600_000
const gibibyte = 2 ** 30

function sampleList(different: Partial<StoreRow> = {}): AgentList {
  const store = {
    bytesOnDisk: 3 * gibibyte,
    maxBytes: 0,
    droppedForSpace: null,
    isDiskFull: false,
    lateHours: 0,
    tiers: [],
    ...different,
  }
  const server = {
    version: '0.1.0',
    pid: 4200,
    startedAt: sampleNowMs - 50 * hourMs,
    rssBytes: 412 * 2 ** 20,
    cpuRatio: 0.0341,
    counts: {},
    store,
  }
  return { time: sampleNowMs, server, agents: [] }
}

/** The card, with the answer of the server in it. */
async function showCard(different: Partial<StoreRow> = {}): Promise<HTMLElement> {
  vi.stubGlobal('fetch', async () => Response.json(sampleList(different)))
  showLive(<ServerCard />, sampleStore([], []))
  await screen.findByText('0.1.0')
  return screen.getByRole('region', { name: 'Server' })
}

/** The text of a fact by its label. */
function factOf(card: HTMLElement, label: string): string | null | undefined {
  return within(card).getByText(label).nextElementSibling?.textContent
}

afterEach(() => vi.unstubAllGlobals())

describe('ServerCard', () => {
  test('shows version, cost, and since when it runs', async () => {
    const card = await showCard()
    expect(factOf(card, 'Cost')).toBe('3.4\u00a0% of one core, 412\u00a0MiB')
    expect(factOf(card, 'Process')).toBe('4200')
    const since = dateTimeText(sampleNowMs - 50 * hourMs)
    expect(factOf(card, 'Up')).toBe(`2\u00a0d\u00a02\u00a0h, since ${since}`)
  })

  test('shows a meter only where the store has a limit', async () => {
    const free = await showCard()
    expect(factOf(free, 'Store on disk')).toBe('3\u00a0GiB, no limit but the disk')
    expect(free.querySelector('.meter')).toBeNull()
  })

  test('says that the disk is full, and what helps', async () => {
    const card = await showCard({ isDiskFull: true })
    expect(card.textContent).toContain('The disk of the store is full.')
    expect(card.textContent).toContain('vigie.store.max_bytes')
  })

  test('says nothing of a disk that has room', async () => {
    expect((await showCard({})).textContent).not.toContain('The disk of the store is full.')
  })

  test('shows what the store takes of its limit', async () => {
    const card = await showCard({ bytesOnDisk: 17 * gibibyte, maxBytes: 20 * gibibyte })
    expect(factOf(card, 'Store on disk')).toBe('17\u00a0GiB of 20\u00a0GiB')
    expect(card.querySelector<HTMLElement>('.meter')?.dataset['tone']).toBe('ok')
  })

  test('shows how far back each step goes', async () => {
    const card = await showCard({
      tiers: [
        // The server read its clock a moment later for the tiers than for the answer.
        { stepS: 1, keptFromMs: sampleNowMs - 6 * hourMs + 3 },
        { stepS: 10, keptFromMs: sampleNowMs - 72 * hourMs },
        { stepS: 3600, keptFromMs: sampleNowMs + hourMs },
      ],
    })
    expect(factOf(card, 'In steps of 1 s')).toMatch(/^6\u00a0h from /)
    const from = dateTimeText(sampleNowMs - 72 * hourMs)
    expect(factOf(card, 'In steps of 10 s')).toBe(`3\u00a0d from ${from}`)
    expect(factOf(card, 'In steps of 1 h')).toBe('nothing yet')
  })

  test('says that points which came late are still being rolled up', async () => {
    const card = await showCard({ lateHours: 2 })
    expect(card.textContent).toContain('came late are being rolled up: 2 hours are left')
  })

  test('says nothing of late points or lost data where there are none', async () => {
    const card = await showCard()
    expect(card.textContent).not.toMatch(/late|dropped/)
  })

  test('warns of what was dropped to stay below the limit, and says what helps', async () => {
    const untilMs = sampleNowMs - 60_000
    const card = await showCard({
      maxBytes: 20 * gibibyte,
      droppedForSpace: { bytes: 1.5 * gibibyte, untilMs },
    })
    const notice = within(card).getByRole('status')
    expect(notice.dataset['tone']).toBe('warning')
    expect(notice.textContent).toContain(
      `To stay below 20\u00a0GiB, 1.5\u00a0GiB from before ${minuteText(untilMs)} were dropped`,
    )
    expect(notice.textContent).not.toContain(clockText(untilMs))
    expect(notice.textContent).toContain('vigie.store.max_bytes')
    expect(notice.textContent).toContain('vigie.retention.points_1s')
  })

  test('warns of it also where the limit has been lifted since', async () => {
    const card = await showCard({ droppedForSpace: { bytes: gibibyte, untilMs: sampleNowMs } })
    expect(within(card).getByRole('status').textContent).toContain('To save space, 1\u00a0GiB')
  })

  test('says why it shows nothing', async () => {
    vi.stubGlobal('fetch', async () =>
      Response.json({ errors: ['no such route'] }, { status: 404 }),
    )
    showLive(<ServerCard />, sampleStore([], []))
    expect(
      await screen.findByText('How the server does could not be read: no such route'),
    ).toBeTruthy()
  })

  test('asks once also while the page is paused', async () => {
    const paths: string[] = []
    vi.stubGlobal('fetch', async (path: string) => {
      paths.push(path)
      return Response.json(sampleList())
    })
    const store = sampleStore([], [])
    store.setLink({ kind: 'paused', sinceMs: sampleNowMs })
    showLive(<ServerCard />, store)
    expect(await screen.findByText('0.1.0')).toBeTruthy()
    expect(paths).toEqual(['/api/agents?host='])
  })
})
