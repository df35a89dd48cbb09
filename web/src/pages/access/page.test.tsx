import { act, fireEvent, screen, within } from '@testing-library/react'
import { afterEach, describe, expect, test, vi } from 'vitest'

import type { KeyRow, PersonRow, TokenRow, UserRow } from '../../../../src/api/contract/access.ts'
import { answerPaths, type Answers, type Asked } from '../../testing/answer-paths.ts'
import { sampleMe, samplePerson } from '../../testing/people.ts'
import { sampleStore } from '../../testing/samples.ts'
import { showLive } from '../../testing/show-live.tsx'
import { AccessPage } from './page.tsx'

afterEach(() => vi.unstubAllGlobals())

const admin = samplePerson({ name: 'root', role: 'admin' })
const key: KeyRow = {
  id: 'k/1',
  name: 'web hosts',
  end: 'abcde',
  createdAt: 0,
  createdBy: 'root',
  lastUsedAt: null,
  revocable: true,
}
const user: UserRow = {
  name: 'ann@example',
  role: 'editor',
  scope: 'team:web',
  kind: 'password',
  createdAt: 0,
  lastSignInAt: null,
}
const token: TokenRow = {
  id: 't1',
  name: 'report',
  owner: 'ann',
  role: 'viewer',
  end: 'vwxyz',
  createdAt: 0,
  lastUsedAt: 0,
}

async function show(person: PersonRow, tab: string, answers: Answers): Promise<readonly Asked[]> {
  const asked = answerPaths({ 'GET /api/access/me': () => sampleMe(person), ...answers })
  showLive(<AccessPage />, sampleStore([], []), `/access?tab=${tab}`)
  await screen.findByRole('heading', { name: 'Access' })
  return asked
}

function press(name: string, within_: HTMLElement = document.body): Promise<void> {
  const button = within(within_).getByRole('button', { name })
  return act(async () => void fireEvent.click(button))
}

function fill(label: RegExp | string, value: string): void {
  fireEvent.change(screen.getByLabelText(label), { target: { value } })
}

/** The last thing that was posted. */
function posted(asked: readonly Asked[]): Asked | undefined {
  return asked.findLast(({ method }) => method === 'POST')
}

describe('AccessPage', () => {
  test('shows an admin all parts, and others their own tokens only', async () => {
    const lists = {
      'GET /api/access/keys': () => ({ keys: [] }),
      'GET /api/access/tokens': () => ({ tokens: [] }),
    }
    await show(admin, 'keys', lists)
    const tabs = within(screen.getByRole('navigation', { name: 'Parts of this page' }))
    expect(tabs.getAllByRole('link').map(({ textContent }) => textContent)).toEqual([
      'Agent keys',
      'People',
      'Tokens',
      'Record',
    ])
  })

  test('does not ask for what is not for a viewer, whatever the address says', async () => {
    const asked = await show(samplePerson(), 'audit', {
      'GET /api/access/tokens': () => ({ tokens: [token] }),
    })
    expect(await screen.findByRole('rowheader', { name: 'report' })).toBeTruthy()
    expect(asked.map(({ path }) => path)).toEqual(['/api/access/me', '/api/access/tokens'])
    expect(screen.queryByRole('navigation')).toBeNull()
    expect(screen.queryByRole('columnheader', { name: 'Of' })).toBeNull()
  })
})

describe('the keys of agents', () => {
  test('a new one is shown once, where a click beside it does not close it', async () => {
    const asked = await show(admin, 'keys', {
      'GET /api/access/keys': () => ({ keys: [] }),
      'POST /api/access/keys': () => ({ row: { ...key, name: 'db' }, key: 'k'.repeat(32) }),
    })
    await press('New key')
    fill(/^Name/, ' db ')
    await press('New key', screen.getByRole('dialog'))
    expect(posted(asked)).toEqual({
      method: 'POST',
      path: '/api/access/keys',
      body: { name: 'db' },
    })
    const dialog = screen.getByRole('dialog', { name: 'The key db' })
    expect(dialog.textContent).toContain('k'.repeat(32))
    fireEvent.click(dialog)
    expect(dialog.textContent).toContain('shown only this once')
    await press('I have kept it')
    expect(document.body.textContent).not.toContain('k'.repeat(32))
  })

  test('one is revoked after a question, and the list is read again', async () => {
    let keys = [key]
    const asked = await show(admin, 'keys', {
      'GET /api/access/keys': () => ({ keys }),
      'POST /api/access/keys/k%2F1/revoke': () => ({ keys: (keys = []) }),
    })
    await screen.findByRole('rowheader', { name: 'web hosts' })
    await press('Revoke web hosts')
    expect(posted(asked)).toBeUndefined()
    await press('Revoke', screen.getByRole('dialog', { name: 'Revoke the key web hosts?' }))
    expect(posted(asked)?.path).toBe('/api/access/keys/k%2F1/revoke')
    expect(await screen.findByText(/^There is no key yet/)).toBeTruthy()
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  test('one of the configuration cannot be revoked here', async () => {
    await show(admin, 'keys', {
      'GET /api/access/keys': () => ({ keys: [{ ...key, revocable: false }] }),
    })
    expect(await screen.findByText('in the configuration')).toBeTruthy()
    expect(screen.queryByRole('button', { name: /^Revoke/ })).toBeNull()
  })

  test('what could not be done says why, in the dialog', async () => {
    await show(admin, 'keys', { 'GET /api/access/keys': () => ({ keys: [key] }) })
    await screen.findByRole('rowheader')
    await press('Revoke web hosts')
    await press('Revoke', screen.getByRole('dialog'))
    expect(screen.getByRole('alert').textContent).toBe('Not done: no such address')
  })

  test('a list that cannot be read says why', async () => {
    await show(admin, 'keys', {})
    expect((await screen.findByRole('alert')).textContent).toContain(
      'The list could not be read: no such address',
    )
  })
})

describe('people', () => {
  const list = {
    'GET /api/access/users': () => ({
      users: [user, { ...user, name: 'root', role: 'admin', scope: null }],
    }),
  }

  test('are listed with what they may do and see', async () => {
    await show(admin, 'people', list)
    const row = await screen.findByRole('row', { name: /^ann@example/ })
    expect(row.textContent).toContain('Editor')
    expect(row.textContent).toContain('team:web')
    const own = screen.getByRole('row', { name: /^root ?\(you\)/ })
    expect(own.textContent).toContain('everything')
    expect(within(own).queryByRole('button')).toBeNull()
  })

  test('are added with a role and a scope', async () => {
    const asked = await show(admin, 'people', { ...list, 'POST /api/access/users': () => user })
    await screen.findByRole('row', { name: /^ann/ })
    await press('Add someone')
    fill('Name', 'bob')
    fill(/^Password/, 'long enough')
    fireEvent.click(screen.getByRole('radio', { name: /^Editor/ }))
    fill(/^Which containers/, 'team:db')
    await press('Add someone', screen.getByRole('dialog'))
    expect(posted(asked)?.body).toEqual({
      name: 'bob',
      password: 'long enough',
      role: 'editor',
      scope: 'team:db',
    })
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  test('keep their password where none is given', async () => {
    const path = '/api/access/users/ann%40example'
    const asked = await show(admin, 'people', { ...list, [`POST ${path}`]: () => user })
    await screen.findByRole('row', { name: /^ann/ })
    await press('Change ann@example')
    fill(/^Which containers/, '')
    await press('Save')
    expect(posted(asked)).toEqual({ method: 'POST', path, body: { role: 'editor', scope: '' } })
  })

  test('are removed after a question', async () => {
    const asked = await show(admin, 'people', {
      ...list,
      'POST /api/access/users/ann%40example/remove': () => ({ users: [] }),
    })
    await screen.findByRole('row', { name: /^ann/ })
    await press('Remove ann@example')
    await press('Remove', screen.getByRole('dialog'))
    expect(posted(asked)?.path).toBe('/api/access/users/ann%40example/remove')
  })

  test('begin at the command line', async () => {
    await show(admin, 'people', { 'GET /api/access/users': () => ({ users: [] }) })
    expect(await screen.findByText(/^vigie user add /)).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Add someone' })).toBeNull()
  })
})

describe('tokens', () => {
  test('may do no more than who makes them', async () => {
    const asked = await show(samplePerson({ role: 'editor' }), 'tokens', {
      'GET /api/access/tokens': () => ({ tokens: [] }),
      'POST /api/access/tokens': () => ({ row: token, token: 'the-secret' }),
    })
    await press('New token')
    expect(screen.queryByRole('radio', { name: /^Admin/ })).toBeNull()
    fill(/^Name/, 'report')
    await press('New token', screen.getByRole('dialog'))
    expect(posted(asked)?.body).toEqual({ name: 'report', role: 'viewer' })
    expect(screen.getByRole('dialog').textContent).toContain('the-secret')
  })

  test('of all are shown to an admin, with their owners', async () => {
    await show(admin, 'tokens', { 'GET /api/access/tokens': () => ({ tokens: [token] }) })
    expect((await screen.findByRole('row', { name: /^report ann/ })).textContent).toContain(
      'Viewer',
    )
  })

  test('go with a password that everybody changes for themselves', async () => {
    const asked = await show(samplePerson(), 'tokens', {
      'GET /api/access/tokens': () => ({ tokens: [] }),
      'POST /api/access/password': () => sampleMe(samplePerson()),
    })
    await press('Change your password')
    fill('Present password', 'old one')
    fill(/^New password/, 'new one!')
    await press('Save')
    expect(posted(asked)?.body).toEqual({ current: 'old one', password: 'new one!' })
    expect(screen.getByText('Your password is changed.')).toBeTruthy()
  })

  test('need an account', async () => {
    await show(samplePerson({ role: 'admin', via: 'open' }), 'tokens', {
      'GET /api/access/tokens': () => ({ tokens: [] }),
    })
    expect(await screen.findByText(/^Only someone who has an account/)).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'New token' })).toBeNull()
  })
})

describe('the record', () => {
  test('says in words what was done, and is searched by them', async () => {
    const entries = [
      { time: 2000, action: 'key-created', by: 'root', subject: 'web hosts', address: '192.0.2.1' },
      { time: 1000, action: 'something-new', by: 'command line', subject: 'ann', address: null },
    ]
    await show(admin, 'audit', { 'GET /api/access/audit?limit=1000': () => ({ entries }) })
    expect(await screen.findByText('made a key')).toBeTruthy()
    expect(screen.getByText('something-new')).toBeTruthy()
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'ROOT made' } })
    expect(screen.getByRole('status').textContent).toBe('1 entry')
    expect(screen.queryByText('something-new')).toBeNull()
  })
})
