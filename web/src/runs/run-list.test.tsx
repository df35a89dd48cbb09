import { createRootRoute, createRouter, RouterContextProvider } from '@tanstack/react-router'
import { cleanup, screen, within } from '@testing-library/react'
import { afterEach, describe, expect, test, vi } from 'vitest'

import type { RunList as Answer, RunRow } from '../../../src/api/contract/runs.ts'
import { sampleAgent, sampleNowMs, sampleStore } from '../testing/samples.ts'
import { showLive } from '../testing/show-live.tsx'
import { RunList } from './run-list.tsx'

afterEach(() => vi.unstubAllGlobals())

function sampleRun(different: Partial<RunRow> = {}): RunRow {
  return {
    containerId: 'a'.repeat(64),
    host: 'a-host',
    name: 'job-1',
    image: 'team/job:1.2',
    shortImage: 'job',
    tags: [],
    startedAt: sampleNowMs - 12_420,
    finishedAt: sampleNowMs - 12_000,
    exitCode: 0,
    oomKilled: false,
    cpuSeconds: 0.1234,
    userSeconds: 0.1,
    systemSeconds: 0.0234,
    throttledSeconds: 0,
    memoryPeakBytes: 3 * 2 ** 20,
    readBytes: 4096,
    writtenBytes: 0,
    receivedBytes: null,
    sentBytes: null,
    exact: true,
    method: 'last_reading',
    reason: '',
    ...different,
  }
}

const sums: Answer['sums'] = {
  runs: 1,
  exact: 1,
  cpuSeconds: 0.1234,
  userSeconds: 0.1,
  systemSeconds: 0.0234,
  throttledSeconds: 0,
  memoryPeakBytes: 3 * 2 ** 20,
  readBytes: 4096,
  writtenBytes: 0,
  receivedBytes: null,
  sentBytes: null,
}

/** Shows the list that the server answers with; gives what the server was asked. */
function show(
  answer: Partial<Answer> | number,
  isOfOne = false,
  hosts = ['a-host'],
): readonly string[] {
  const asked: string[] = []
  const body = typeof answer === 'number' ? { errors: ['Cannot list the runs: busy'] } : answer
  vi.stubGlobal('fetch', async (path: string) => {
    asked.push(path)
    const full = { time: sampleNowMs, since: 0, runs: [], sums: { ...sums, runs: 0 }, ...body }
    return Response.json(full, { status: typeof answer === 'number' ? answer : 200 })
  })
  const router = createRouter({ routeTree: createRootRoute() })
  const list = (
    <RouterContextProvider router={router}>
      <RunList search="since=1h" label="Recently ended" empty="None has ended." isOfOne={isOfOne} />
    </RouterContextProvider>
  )
  const agents = hosts.map((host) => sampleAgent({ id: host, host }))
  showLive(list, sampleStore([], agents))
  return asked
}

async function rowNamed(name: RegExp): Promise<HTMLElement> {
  return screen.findByRole('row', { name })
}

describe('RunList', () => {
  test('says of each run when it ended, how long it lived and what it used', async () => {
    const asked = show({ runs: [sampleRun()], sums })
    const row = await rowNamed(/^job-1/)
    const cells = within(row).getAllByRole('cell')
    expect(cells.map((cell) => cell.textContent)).toEqual([
      'job',
      'exited 0',
      '12\u00a0s ago',
      '0.42\u00a0s',
      '0.123\u00a0s',
      '3.0\u00a0MiB',
      '4\u00a0KiB / 0\u00a0B',
      '– / –',
      'exact',
    ])
    expect(within(row).getByRole('link').getAttribute('href')).toBe(`/containers/${'a'.repeat(64)}`)
    expect(asked[0]).toBe('/api/runs?since=1h')
  })

  test('leads from a moment of the past to that time of the container', async () => {
    history.replaceState(null, '', '/?at=1790000000')
    show({ runs: [sampleRun()], sums })
    const link = within(await rowNamed(/^job-1/)).getByRole('link')
    expect(link.getAttribute('href')).toMatch(/\?from=1789999700&to=17\d+$/)
    history.replaceState(null, '', '/')
  })

  test('says of which host each is where there are several', async () => {
    show({ runs: [sampleRun({ host: 'db' })], sums }, false, ['web', 'db'])
    const row = await rowNamed(/^job-1/)
    expect(within(row).getByRole('cell', { name: 'db' })).toBeTruthy()
    expect(screen.getByRole('columnheader', { name: 'Host' })).toBeTruthy()
  })

  test('marks who ran out of memory', async () => {
    show({ runs: [sampleRun({ exitCode: 137, oomKilled: true })], sums })
    const row = await rowNamed(/^job-1/)
    expect(within(row).getByText('out of memory').getAttribute('data-tone')).toBe('critical')
  })

  test('marks an estimate, with its reason, and never shows 0 for what was not read', async () => {
    const reason = 'Its counters were gone 0.4 s before its end'
    const estimate = { exact: false, method: 'last_sample', reason } as const
    const unread = { cpuSeconds: null, memoryPeakBytes: null, readBytes: null }
    show({
      runs: [
        sampleRun({ ...estimate, name: 'guessed', startedAt: 1 }),
        sampleRun({ ...estimate, ...unread, name: 'unseen' }),
      ],
      sums: { ...sums, runs: 2, exact: 0 },
    })
    const guessed = await rowNamed(/^guessed/)
    const mark = within(guessed).getByRole('button', { name: 'estimate' })
    mark.focus()
    // The tests' DOM opens no popovers.
    const tip = await screen.findByRole('tooltip', { hidden: true })
    expect(tip.textContent).toContain(reason)
    const unseen = await rowNamed(/^unseen/)
    expect(within(unseen).getByText('not read')).toBeTruthy()
    expect(unseen.textContent).not.toContain('0.000')
  })

  test('adds up all runs, those that are not listed too, and says 100 % of all only', async () => {
    show({ runs: [sampleRun()], sums: { ...sums, runs: 2000, exact: 1999, cpuSeconds: 12.5 } })
    const text = await screen.findByText(/1 of 2,000 runs/)
    expect(text.textContent).toBe('1 of 2,000 runs · 12.500\u00a0s of CPU time · 99.9\u00a0% exact')
  })

  test('leaves name and image out where all runs are of one container', async () => {
    show({ runs: [sampleRun()], sums }, true)
    await screen.findByText('exited 0')
    expect(screen.queryByText('job-1')).toBeNull()
    expect(screen.queryByRole('columnheader', { name: 'Image' })).toBeNull()
  })

  test('says what it means that there is none, and why it could not be read', async () => {
    show({})
    expect(await screen.findByText('None has ended.')).toBeTruthy()
    cleanup()
    show(422)
    expect(
      await screen.findByText('The ended containers could not be read: Cannot list the runs: busy'),
    ).toBeTruthy()
  })
})
