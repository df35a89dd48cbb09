import { act, fireEvent, screen } from '@testing-library/react'
import { afterEach, describe, expect, test, vi } from 'vitest'

import { answerPaths, type Answers } from '../testing/answer-paths.ts'
import { sampleMe, samplePerson } from '../testing/people.ts'
import { sampleStore } from '../testing/samples.ts'
import { showLive } from '../testing/show-live.tsx'
import { AccountMenu } from './account-menu.tsx'

afterEach(() => vi.unstubAllGlobals())

function open(
  different: Parameters<typeof samplePerson>[0],
  answers: Answers = {},
): ReturnType<typeof vi.fn> {
  answerPaths(answers)
  const onLeave = vi.fn()
  const menu = <AccountMenu person={samplePerson(different)} onLeave={onLeave} />
  showLive(menu, sampleStore([], []))
  fireEvent.click(screen.getByRole('button'))
  return onLeave
}

describe('AccountMenu', () => {
  test('signs out, and leaves the page with all that is in it', async () => {
    const onLeave = open({}, { 'POST /api/access/sign-out': () => sampleMe(null) })
    await act(async () => void fireEvent.click(screen.getByRole('button', { name: 'Sign out' })))
    expect(onLeave).toHaveBeenCalledExactlyOnceWith('/sign-in')
  })

  test('says so when signing out did not work', async () => {
    const onLeave = open({})
    await act(async () => void fireEvent.click(screen.getByRole('button', { name: 'Sign out' })))
    expect(screen.getByRole('alert').textContent).toBe('Not signed out: no such address')
    expect(onLeave).not.toHaveBeenCalled()
  })

  test('leads an admin to all of it', () => {
    open({ role: 'admin' })
    const link = screen.getByRole('link', { name: 'Keys, people, tokens, record' })
    expect(link.getAttribute('href')).toBe('/access')
  })

  test('offers no way out to one whom the browser signs in with each request', () => {
    open({ via: 'password' })
    expect(screen.queryByRole('button', { name: 'Sign out' })).toBeNull()
  })
})
