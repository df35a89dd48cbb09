import { act, fireEvent, screen } from '@testing-library/react'
import { afterEach, describe, expect, test, vi } from 'vitest'

import type { Me } from '../../../../src/api/contract/access.ts'
import { answerPaths, type Answers, type Asked } from '../../testing/answer-paths.ts'
import { sampleMe, samplePerson } from '../../testing/people.ts'
import { sampleStore } from '../../testing/samples.ts'
import { showLive } from '../../testing/show-live.tsx'
import { SignInPage } from './page.tsx'

afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

const signIn = 'POST /api/access/sign-in'

function show(
  me: Me,
  answers: Answers = {},
  to = '/logs?q=level:error',
): { readonly asked: readonly Asked[]; readonly onDone: ReturnType<typeof vi.fn> } {
  const onDone = vi.fn()
  const asked = answerPaths({ 'GET /api/access/me': () => me, ...answers })
  const address = `/sign-in?${new URLSearchParams({ to })}`
  showLive(<SignInPage onDone={onDone} />, sampleStore([], []), address)
  return { asked, onDone }
}

async function send(name: string, password: string): Promise<void> {
  fireEvent.change(await screen.findByLabelText('Name'), { target: { value: name } })
  fireEvent.change(screen.getByLabelText('Password'), { target: { value: password } })
  await act(async () => void fireEvent.submit(screen.getByLabelText('Name')))
}

function refusal(status: number, headers: Readonly<Record<string, string>> = {}): () => Response {
  return () => Response.json({ errors: ['Cannot do that'] }, { status, headers })
}

describe('SignInPage', () => {
  test('signs in by name and password, and goes back to where one was', async () => {
    const person = samplePerson()
    const { asked, onDone } = show(sampleMe(null), { [signIn]: () => sampleMe(person) })
    await send('ann ', ' secret ')
    expect(asked.at(-1)).toEqual({
      method: 'POST',
      path: '/api/access/sign-in',
      body: { name: 'ann', password: ' secret ' },
    })
    expect(onDone).toHaveBeenCalledExactlyOnceWith('/logs?q=level:error')
  })

  test('does not go to another site', async () => {
    const { onDone } = show(
      sampleMe(null),
      { [signIn]: () => sampleMe(samplePerson()) },
      'https://evil.example/',
    )
    await send('ann', 'secret')
    expect(onDone).toHaveBeenCalledExactlyOnceWith('/')
  })

  test('says that name or password is wrong, not which', async () => {
    const { onDone } = show(sampleMe(null), { [signIn]: refusal(401) })
    await send('ann', 'wrong')
    expect(screen.getByRole('alert').textContent).toBe('Name or password is wrong.')
    expect(onDone).not.toHaveBeenCalled()
  })

  test('counts down after too many tries, and lets one try then', async () => {
    show(sampleMe(null), { [signIn]: refusal(429, { 'retry-after': '3' }) })
    await screen.findByLabelText('Name')
    // What waits for the page waits by the real clock.
    vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'] })
    await send('ann', 'wrong')
    const button = screen.getByRole<HTMLButtonElement>('button', { name: 'Sign in' })
    expect(button.disabled).toBe(true)
    expect(screen.getByRole('alert').textContent).toContain('Wait 3 s')
    act(() => void vi.advanceTimersByTime(2000))
    expect(document.body.textContent).toContain('Wait 1 s')
    act(() => void vi.advanceTimersByTime(1250))
    expect(document.body.textContent).toContain('You can try again now.')
    expect(button.disabled).toBe(false)
  })

  test('says that the server is away', async () => {
    show(sampleMe(null), {
      [signIn]: () => {
        throw new TypeError('Failed to fetch')
      },
    })
    await send('ann', 'secret')
    expect(screen.getByRole('alert').textContent).toContain('the server cannot be reached')
  })

  test('takes an access token where the server has one', async () => {
    const { asked } = show(sampleMe(null, { password: true, token: true }), {
      [signIn]: refusal(401),
    })
    fireEvent.click(await screen.findByRole('radio', { name: 'Access token' }))
    const field = screen.getByLabelText(/^Access token/)
    fireEvent.change(field, { target: { value: ' open sesame\n' } })
    await act(async () => void fireEvent.submit(field))
    expect(asked.at(-2)?.body ?? asked.at(-1)?.body).toEqual({ token: 'open sesame' })
    expect(screen.getByRole('alert').textContent).toBe('This is not the access token.')
  })

  test('leads to the provider with the way back', async () => {
    show(sampleMe(null, { provider: 'Example' }))
    const link = await screen.findByRole('link', { name: 'Sign in with Example' })
    expect(link.getAttribute('href')).toBe('/api/access/oidc/start?to=%2Flogs%3Fq%3Dlevel%3Aerror')
    expect(screen.queryByLabelText('Name')).toBeNull()
  })

  test('says why the provider did not lead in, and repeats no word of the address', async () => {
    const address = (error: string): string => `/sign-in?${new URLSearchParams({ error })}`
    answerPaths({ 'GET /api/access/me': () => sampleMe(null, { provider: 'Example' }) })
    const first = showLive(<SignInPage />, sampleStore([], []), address('no-role'))
    expect((await screen.findByRole('alert')).textContent).toBe(
      'Example knows you, but you have no role here. Ask whoever runs this server.',
    )
    first.unmount()
    showLive(<SignInPage />, sampleStore([], []), address('Call 555-1234'))
    expect((await screen.findByRole('alert')).textContent).toMatch(/^Signing in elsewhere did not/)
  })

  test('says how to make the first account where nobody can sign in', async () => {
    show(sampleMe(null, {}))
    expect(await screen.findByText(/^vigie user add /)).toBeTruthy()
  })

  test('holds nobody up who has signed in or need not', async () => {
    const { onDone } = show({ ...sampleMe(samplePerson({ via: 'open' })), signInNeeded: false })
    await vi.waitFor(() => expect(onDone).toHaveBeenCalledWith('/logs?q=level:error'))
  })
})
