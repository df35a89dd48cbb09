import { screen, within } from '@testing-library/react'
import { afterEach, describe, expect, test, vi } from 'vitest'

import type { ContainerRow } from '../../../src/api/contract/containers.ts'
import type { ProcessList, ProcessRow } from '../../../src/api/contract/processes.ts'
import { sampleAgent, sampleContainer, sampleNowMs, sampleStore } from '../testing/samples.ts'
import { showLive } from '../testing/show-live.tsx'
import { ProcessView } from './process-view.tsx'

const busy: ProcessRow = {
  pid: 812,
  parentPid: 800,
  uid: 33,
  command: 'nginx: worker process',
  state: 'R',
  threads: 4,
  startedAtMs: sampleNowMs - 65_000,
  cpu: 12.3,
  memoryRssBytes: 5 * 2 ** 20,
}
const unread = { uid: null, threads: null, startedAtMs: null, cpu: null, memoryRssBytes: null }

afterEach(() => vi.unstubAllGlobals())

function show(
  answer: ProcessList,
  different: { container?: Partial<ContainerRow>; isAway?: boolean } = {},
): void {
  vi.stubGlobal('fetch', async () => Response.json(answer))
  const container = sampleContainer({ host: 'a-host', ...different.container })
  const agents = [sampleAgent({ host: 'a-host', away: different.isAway ?? false })]
  showLive(<ProcessView container={container} />, sampleStore([container], agents))
}

const none: ProcessList = { readAtMs: null, count: 0, processes: [] }

describe('ProcessView', () => {
  test('lists what runs, with what it uses', async () => {
    const dead = { ...busy, ...unread, pid: 9, command: '[sh]', state: 'Z' }
    show({ readAtMs: sampleNowMs - 1000, count: 2, processes: [busy, dead] })
    const table = await screen.findByRole('table')
    const cells = within(table)
      .getAllByRole('row')
      .slice(1)
      .map((row) => [...row.children].map(({ textContent }) => textContent))
    expect(cells).toEqual([
      [
        '812',
        'nginx: worker process',
        'runs',
        '12.3\u00a0%',
        '5.0\u00a0MiB',
        '4',
        '33',
        '800',
        '1\u00a0min',
      ],
      ['9', '[sh]', 'zombie', '–', '–', '–', '–', '800', '–'],
    ])
    expect(screen.getByText(/^2 processes, read 1 s ago$/)).not.toBeNull()
  })

  test('says that there are more', async () => {
    show({ readAtMs: sampleNowMs, count: 1234, processes: [busy] })
    expect(await screen.findByText(/^1,234 processes.* the 1 busiest are shown$/)).not.toBeNull()
  })

  const reasons: readonly (readonly [string, Parameters<typeof show>[1], RegExp])[] = [
    ['at first', {}, /the agent has been asked/],
    ['for one that has ended', { container: { state: 'exited' } }, /does not run now/],
    ['while the agent is away', { isAway: true }, /agent on a-host is away/],
    ['of an engine elsewhere', { container: { figuresFrom: 'engine' } }, /on another machine/],
  ]
  for (const [when, different, text] of reasons) {
    test(`says why there is nothing ${when}`, async () => {
      show(none, different)
      expect((await screen.findByRole('status')).textContent).toMatch(text)
    })
  }
})
