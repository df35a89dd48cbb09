import { act, fireEvent, screen } from '@testing-library/react'
import { afterEach, describe, expect, test, vi } from 'vitest'

import { createLiveStore } from '../data/live-store.ts'
import { answerPaths } from '../testing/answer-paths.ts'
import { sampleMe, samplePerson } from '../testing/people.ts'
import { sampleAgent, sampleLiveAgents, sampleStore } from '../testing/samples.ts'
import { showLive } from '../testing/show-live.tsx'
import { AddHost } from './add-host.tsx'

afterEach(() => vi.unstubAllGlobals())

const row = {
  id: '1',
  name: 'host 4',
  end: 'abcde',
  createdAt: 0,
  createdBy: 'ann',
  lastUsedAt: null,
  revocable: true,
}

describe('AddHost', () => {
  test('shows an admin the commands, and says that a key was made', async () => {
    const asked = answerPaths({
      'GET /api/access/me': () => sampleMe(samplePerson({ role: 'admin' })),
      'POST /api/access/add-host': () => ({
        row,
        commands: [
          { name: 'docker', text: 'docker run -e KEY=0123456789fabcde', file: null, command: null },
          {
            name: 'compose',
            text: 'services: …',
            file: 'vigie-agent.yaml',
            command: 'docker compose up',
          },
        ],
      }),
    })
    const store = createLiveStore({ schedule: queueMicrotask, elapsedMs: () => 0 })
    showLive(<AddHost />, store)
    fireEvent.click(await screen.findByRole('button', { name: 'Add a host' }))
    const make = await screen.findByRole('button', { name: 'Make a key and show the commands' })
    expect(asked.some(({ method }) => method === 'POST')).toBe(false)
    await act(async () => void fireEvent.click(make))
    expect(asked.at(-1)?.body).toEqual({})
    expect(screen.getAllByRole('status')[0]?.textContent).toContain(
      'A new key was made for it: host 4.',
    )
    const shown = (name: string): string => screen.getByRole('region', { name }).textContent ?? ''
    expect(shown('Docker')).toContain('docker run -e KEY=••••••••abcde')
    fireEvent.click(screen.getByRole('button', { name: 'Show the key' }))
    expect(shown('Docker')).toContain('docker run -e KEY=0123456789fabcde')
    fireEvent.click(screen.getByRole('radio', { name: 'Compose' }))
    expect(shown('Compose')).toContain('Save this as vigie-agent.yaml')
    expect(shown('Compose')).toContain('docker compose up')
    const changed = sampleLiveAgents([sampleAgent({ host: 'new-host' })])
    const data = { time: 0, changed, rows: [], removedKeys: [] }
    await act(async () => store.apply({ kind: 'agents', data }))
    expect(screen.getByText('new-host reports.')).toBeTruthy()
    expect(screen.getByRole('link', { name: 'See new-host' }).getAttribute('href')).toBe(
      '/?host=new-host',
    )
  })

  test('is not there for anybody else', async () => {
    const asked = answerPaths({
      'GET /api/access/me': () => sampleMe(samplePerson({ role: 'editor' })),
    })
    showLive(<AddHost />, sampleStore([], []))
    await vi.waitFor(() => expect(asked).toHaveLength(1))
    await act(async () => {})
    expect(screen.queryByRole('button')).toBeNull()
  })
})
