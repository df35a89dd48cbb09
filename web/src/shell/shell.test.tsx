import { createMemoryHistory, RouterProvider } from '@tanstack/react-router'
import { act, cleanup, fireEvent, screen } from '@testing-library/react'
import { afterEach, describe, expect, test, vi } from 'vitest'

import type { LiveStore } from '../data/live-store.ts'
import { fetchJson } from '../data/request.ts'
import { definePage } from '../pages/define-page.ts'
import { createPageRouter } from '../router.tsx'
import { answerPaths, type Answers } from '../testing/answer-paths.ts'
import { sampleMe, samplePerson } from '../testing/people.ts'
import { sampleAgent, sampleStore } from '../testing/samples.ts'
import { showLive } from '../testing/show-live.tsx'

afterEach(() => vi.unstubAllGlobals())

const nothing = (): null => null
const pages = [
  definePage({
    path: '/',
    title: 'page.containers',
    icon: nothing,
    element: nothing,
    shortcut: 'c',
    below: '/containers/',
  }),
  definePage({ path: '/logs', title: 'page.logs', icon: nothing, element: nothing, shortcut: 'l' }),
  definePage({ path: '/containers/$id', title: 'page.container', icon: nothing, element: nothing }),
  definePage({ path: '/dashboards/$id', title: 'page.dashboard', icon: nothing, element: nothing }),
  definePage({ path: '/sign-in', title: 'page.signIn', icon: nothing, element: nothing }),
  definePage({
    path: '/dashboards',
    title: 'page.dashboards',
    icon: nothing,
    element: nothing,
    shortcut: 'd',
    below: '/dashboards/',
  }),
]

async function show(
  address: string,
  answers: Answers = {},
  hosts: readonly string[] = ['a'],
): Promise<ReturnType<typeof showLive> & { readonly store: LiveStore }> {
  answerPaths(answers)
  const store = sampleStore(
    [],
    hosts.map((host) => sampleAgent({ id: host, host })),
  )
  const router = createPageRouter(pages)
  router.update({ history: createMemoryHistory({ initialEntries: [address] }) })
  const shown = showLive(<RouterProvider router={router} />, store)
  await screen.findByRole('main')
  return { ...shown, router, store }
}

function current(): readonly (string | null)[] {
  return screen
    .getAllByRole('link')
    .filter((link) => link.ariaCurrent === 'page')
    .map(({ textContent }) => textContent)
}

describe('Shell', () => {
  test.each([
    ['/', ['Containers']],
    ['/containers/abc', ['Containers']],
    ['/logs', ['Logs']],
    ['/dashboards', ['Dashboards']],
    ['/dashboards/docker', ['Dashboards']],
    ['/dashboardsx', []],
  ])('at %s marks %j', async (address, expected) => {
    await show(address)
    expect(current()).toEqual(expected)
  })

  test('leads a stranger to the sign-in, with the way back and the language', async () => {
    const me = { 'GET /api/access/me': () => sampleMe(null) }
    const { router, told } = await show('/logs?q=level:error&range=1h', me)
    await vi.waitFor(() => expect(router.history.location.pathname).toBe('/sign-in'))
    const search = new URLSearchParams(router.history.location.search)
    expect(search.get('to')).toBe('/logs?q=level:error&range=1h')
    expect(told).toContain('close')
  })

  test('asks again who looks when the stream is lost: a session may have ended', async () => {
    let me = sampleMe(samplePerson())
    const { router, store } = await show('/logs', { 'GET /api/access/me': () => me })
    expect(await screen.findByRole('button', { name: 'Signed in as ann' })).toBeTruthy()
    me = sampleMe(null)
    act(() => store.setLink({ kind: 'lost', sinceMs: 0, retryAtMs: 0 }))
    await vi.waitFor(() => expect(router.history.location.pathname).toBe('/sign-in'))
  })

  test('asks again who looks when any question is answered with 401', async () => {
    let me = sampleMe(samplePerson())
    const { router } = await show('/logs', {
      'GET /api/access/me': () => me,
      'GET /api/agents': () => Response.json({ errors: ['sign in first'] }, { status: 401 }),
    })
    await screen.findByRole('button', { name: 'Signed in as ann' })
    me = sampleMe(null)
    await expect(fetchJson('/api/agents')).rejects.toThrow('sign in first')
    await vi.waitFor(() => expect(router.history.location.pathname).toBe('/sign-in'))
  })

  test('stays where it is when the server does not know of signing in', async () => {
    const { router } = await show('/logs')
    await act(async () => {})
    expect(router.history.location.pathname).toBe('/logs')
    expect(screen.queryByRole('button', { name: /^Signed in/ })).toBeNull()
  })

  test('shows no account where nobody has to sign in', async () => {
    const open = { ...sampleMe(samplePerson({ via: 'open', role: 'admin' })), signInNeeded: false }
    await show('/', { 'GET /api/access/me': () => open })
    await act(async () => {})
    expect(screen.queryByRole('button', { name: /^Signed in/ })).toBeNull()
  })

  test('says who has signed in, and what they may do and see', async () => {
    const person = samplePerson({ role: 'editor', scope: 'team:web' })
    await show('/', { 'GET /api/access/me': () => sampleMe(person) })
    fireEvent.click(await screen.findByRole('button', { name: 'Signed in as ann' }))
    const menu = await screen.findByRole('dialog')
    expect(menu.textContent).toContain('Editor: looks, and changes what all see')
    expect(menu.textContent).toContain('team:web')
    expect(screen.getByRole('link', { name: 'Your tokens' }).getAttribute('href')).toBe(
      '/access?tab=tokens',
    )
  })

  test('has nothing around the sign-in', async () => {
    await show('/sign-in')
    expect(screen.queryByRole('navigation')).toBeNull()
  })

  test('lets one choose a host where there are several', async () => {
    const { router } = await show('/', {}, ['web', 'db'])
    const picker = screen.getByRole('combobox', { name: 'Host' })
    expect(screen.getAllByRole('option').map(({ textContent }) => textContent)).toEqual([
      'All hosts',
      'db',
      'web',
    ])
    await act(async () => void fireEvent.change(picker, { target: { value: 'web' } }))
    expect(router.history.location.href).toBe('/?host=web')
  })

  test('has no choice of hosts where there is one, unless the address says another', async () => {
    await show('/')
    expect(screen.queryByRole('combobox')).toBeNull()
    cleanup()
    await show('/?host=gone')
    expect(screen.getByRole<HTMLSelectElement>('combobox').value).toBe('gone')
  })
})
