import { screen, waitFor } from '@testing-library/react'
import { afterEach, describe, expect, test, vi } from 'vitest'

import type { LogLedgerRow } from '../../../src/api/contract/logs.ts'
import { sampleNowMs, sampleStore } from '../testing/samples.ts'
import { showLive } from '../testing/show-live.tsx'
import { Ledger } from './ledger.tsx'

const ledger: LogLedgerRow = {
  host: 'a-host',
  name: 'docker:abc',
  containerId: 'abc',
  containerName: 'web',
  time: sampleNowMs - 3000,
  way: 'file',
  writtenBytes: 4096,
  readBytes: 4096,
  readLines: 42,
  sentBytes: 4096,
  sentLines: 40,
  droppedLines: 2,
  refusedLines: 0,
  truncatedLines: 0,
  lostBytes: 0,
  rotations: 1,
  waitingLines: 0,
  unansweredLines: 0,
  storedLines: 40,
  duplicatedLines: 0,
}

afterEach(() => vi.unstubAllGlobals())

async function show(ledgers: readonly LogLedgerRow[], text: RegExp): Promise<void> {
  vi.stubGlobal('fetch', async () => Response.json({ ledgers }))
  showLive(<Ledger containerId="abc" />, sampleStore([], []))
  await waitFor(() => expect(screen.getByText(text)).not.toBeNull())
}

describe('Ledger', () => {
  test('says in one sentence that nothing was lost, with the figures behind it', async () => {
    await show([ledger], /^42 lines were read, and nothing was lost/)
    expect(screen.getByText('Left out by rules').nextSibling?.textContent).toBe('2 lines')
    expect(screen.getByText('Read').nextSibling?.textContent).toBe('4\u00a0KiB, 42 lines')
  })

  test('says what was lost and what was refused', async () => {
    const faulty = { ...ledger, lostBytes: 2048, refusedLines: 1 }
    await show([faulty], /^2 KiB were gone before .* The server refused 1 line\.$/)
    expect(screen.queryByText(/nothing was lost/)).toBeNull()
  })

  test('says when nobody reads its logs', async () => {
    await show([], /^No agent reads the logs of this container/)
  })
})
