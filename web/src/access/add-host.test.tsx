import { act, fireEvent, screen } from '@testing-library/react'
import { afterEach, describe, expect, test, vi } from 'vitest'

import { answerPaths } from '../testing/answer-paths.ts'
import { sampleMe, samplePerson } from '../testing/people.ts'
import { sampleStore } from '../testing/samples.ts'
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
          { name: 'shell', text: 'curl … | sh' },
          { name: 'docker', text: 'docker run …' },
          { name: 'datadog', text: 'DD_API_KEY=…' },
        ],
      }),
    })
    showLive(<AddHost />, sampleStore([], []))
    fireEvent.click(await screen.findByRole('button', { name: 'Add a host' }))
    const make = await screen.findByRole('button', { name: 'Make a key and show the commands' })
    expect(asked.some(({ method }) => method === 'POST')).toBe(false)
    await act(async () => void fireEvent.click(make))
    expect(asked.at(-1)?.body).toEqual({})
    expect(screen.getByRole('status').textContent).toContain('A new key was made for it: host 4.')
    expect(
      screen.getByRole('region', { name: 'On the host, as a container' }).textContent,
    ).toContain('docker run …')
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
