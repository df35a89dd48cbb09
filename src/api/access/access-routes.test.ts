import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, test } from 'node:test'
import {
  openTestServer,
  sentenceOf,
  type TestServer,
} from '../../../test/server/open-test-server.ts'
import {
  commandLine,
  postFromPage,
  readAnswer,
  sampleAccount,
  samplePassword as password,
  signIn,
} from '../../../test/server/page-client.ts'
import type { Role } from '../../model/person.ts'
import type {
  AddHost,
  AddHostHelp,
  AuditList,
  Me,
  NewKey,
  UserList,
  UserRow,
} from '../contract/access.ts'

const accessToken = 'open: sesame 1234'

let server: TestServer
beforeEach(async () => {
  server = await openTestServer({ limits: { streamCheckMs: 50 } })
})
afterEach(async () => {
  await server.close()
})

/** Another server in place of the first. */
async function reopen(options: Parameters<typeof openTestServer>[0]): Promise<void> {
  await server.close()
  server = await openTestServer(options)
}

/** A POST of our own page. */
function post(
  path: string,
  body?: object,
  headers: Record<string, string> = {},
): Promise<Response> {
  return postFromPage(server, path, { headers, ...(body !== undefined && { body }) })
}

describe('who may what', () => {
  const routes: readonly (readonly [
    'GET' | 'POST',
    string,
    object | undefined,
    Role | 'anyone',
  ])[] = [
    ['GET', '/api/health', undefined, 'anyone'],
    ['GET', '/api/access/me', undefined, 'anyone'],
    ['GET', '/api/containers', undefined, 'viewer'],
    ['GET', '/api/agents', undefined, 'viewer'],
    ['GET', '/api/openapi.json', undefined, 'viewer'],
    ['GET', '/api/docs', undefined, 'viewer'],
    ['GET', '/api/access/tokens', undefined, 'viewer'],
    ['POST', '/api/access/tokens', { name: 't' }, 'viewer'],
    ['GET', '/api/access/keys', undefined, 'admin'],
    ['POST', '/api/access/keys', { name: 'k' }, 'admin'],
    ['POST', '/api/access/keys/none/revoke', undefined, 'admin'],
    ['POST', '/api/access/add-host', {}, 'admin'],
    ['GET', '/api/add-host', undefined, 'viewer'],
    ['GET', '/api/access/users', undefined, 'admin'],
    ['POST', '/api/access/users', { name: 'new', password }, 'admin'],
    ['POST', '/api/access/users/vera', { role: 'viewer' }, 'admin'],
    ['POST', '/api/access/users/nobody/remove', undefined, 'admin'],
    ['GET', '/api/access/audit', undefined, 'admin'],
  ]
  const names: Readonly<Record<Role, string>> = { viewer: 'vera', editor: 'edda', admin: 'adam' }
  const roles = ['viewer', 'editor', 'admin'] as const

  test('by role, for every route', async () => {
    for (const role of roles)
      await server.access.accounts.add(sampleAccount(names[role], role), commandLine)
    const ask = ([method, path, body]: (typeof routes)[number], headers: Record<string, string>) =>
      method === 'POST' ? post(path, body, headers) : fetch(server.url + path, { headers })
    for (const route of routes) {
      const [, path, , needs] = route
      const nobody = await ask(route, {})
      assert.equal(nobody.status, needs === 'anyone' ? 200 : 401, `nobody ${path}`)
    }
    for (const role of roles) {
      const cookie = await signIn(server, names[role])
      for (const route of routes) {
        const [, path, , needs] = route
        const { status } = await ask(route, cookie)
        const isLet = needs === 'anyone' || roles.indexOf(role) >= roles.indexOf(needs)
        if (isLet) assert.ok(status === 200 || status === 404, `${role} ${path}: ${status}`)
        else assert.equal(status, 403, `${role} ${path}`)
      }
    }
  })

  test('the page to sign in is served to anyone, the data behind it is not', async () => {
    const webFolder = await mkdtemp(join(tmpdir(), 'vigie-web-'))
    await writeFile(join(webFolder, 'index.html'), '<!doctype html>')
    await reopen({ webFolder, accessOptions: { accessToken } })
    for (const path of ['/', '/index.html', '/containers?q=web']) {
      const page = await fetch(server.url + path, { headers: { accept: 'text/html' } })
      assert.equal(await page.text(), '<!doctype html>')
    }
    assert.equal((await fetch(`${server.url}/api/containers`)).status, 401)
    await rm(webFolder, { recursive: true })
  })
})

describe('accounts, keys and hosts', () => {
  test('on a server that is open nobody makes the first account but at the command line', async () => {
    const answer = await post('/api/access/users', sampleAccount('eve', 'admin'))
    assert.equal(answer.status, 403)
    assert.match(await sentenceOf(answer), /make it at the command line with: vigie user add NAME --role admin/) // prettier-ignore
    const me = await readAnswer<Me>(server.get('/api/access/me'))
    assert.deepEqual(me, {
      signInNeeded: false,
      person: { name: 'local', role: 'admin', scope: null, via: 'open' },
      ways: { password: false, token: false, provider: null },
    })
  })

  test('the first account closes the server at once', async () => {
    assert.equal((await server.get('/api/containers')).status, 200)
    await server.access.accounts.add(sampleAccount('ann', 'admin'), commandLine)
    assert.equal((await server.get('/api/containers')).status, 401)
  })

  test('an admin manages all but themselves', async () => {
    await server.access.accounts.add(sampleAccount('adam', 'admin'), commandLine)
    const cookie = await signIn(server, 'adam')
    const made = await post(
      '/api/access/users',
      { name: 'vera', password, scope: ' team:web ' },
      cookie,
    )
    assert.deepEqual(
      { ...(await readAnswer<UserRow>(made)), createdAt: 0 },
      { name: 'vera', role: 'viewer', scope: 'team:web', kind: 'password', createdAt: 0, lastSignInAt: null }, // prettier-ignore
    )
    const changed = await post('/api/access/users/vera', { role: 'editor', scope: '' }, cookie)
    assert.deepEqual(
      { ...(await readAnswer<UserRow>(changed)), createdAt: 0 },
      { name: 'vera', role: 'editor', scope: null, kind: 'password', createdAt: 0, lastSignInAt: null }, // prettier-ignore
    )
    for (const path of ['/api/access/users/ADAM', '/api/access/users/adam/remove']) {
      assert.equal((await post(path, { role: 'viewer' }, cookie)).status, 403)
    }
    const left = await post('/api/access/users/vera/remove', undefined, cookie)
    assert.equal((await readAnswer<UserList>(left)).users.length, 1)
    const twice = await post('/api/access/users', { ...sampleAccount('adam', 'viewer') }, cookie)
    assert.equal(twice.status, 409)
    assert.equal((await post('/api/access/users', { name: 'x', password, role: 'root' }, cookie)).status, 400) // prettier-ignore
    const audit = await readAnswer<AuditList>(server.get('/api/access/audit?limit=3', cookie))
    assert.deepEqual(
      audit.entries.map(({ action, by: who, subject }) => [action, who, subject]),
      [
        ['user-removed', 'adam', 'vera'],
        ['user-changed', 'adam', 'vera (editor)'],
        ['user-added', 'adam', 'vera (viewer, team:web)'],
      ],
    )
  })

  test('adding a host makes a key and says what to run', async () => {
    await reopen({ publicUrl: 'https://vigie.example.com' })
    await server.access.accounts.add(sampleAccount('adam', 'admin'), commandLine)
    const answer = await post(
      '/api/access/add-host',
      { name: 'rack 7' },
      await signIn(server, 'adam'),
    )
    const { row, commands } = await readAnswer<AddHost>(answer)
    assert.equal(row.name, 'rack 7')
    const shell = commands.find(({ name }) => name === 'shell')?.text ?? ''
    const key = /VIGIE_SERVER_KEY=([0-9a-f]{32})/.exec(shell)?.[1] ?? ''
    assert.equal(
      shell,
      `VIGIE_SERVER_URL=https://vigie.example.com VIGIE_SERVER_KEY=${key} vigie agent`,
    )
    assert.equal(server.access.keys.holderOf(key), 'rack 7')
    assert.match(
      commands.map(({ text }) => text).join(' '),
      /DD_DD_URL=https:\/\/vigie\.example\.com /,
    )
    assert.deepEqual(
      commands.filter(({ text }) => !text.includes(key)).map(({ name }) => name),
      [],
    )
  })

  test('first-run help says the same without a key, and makes none', async () => {
    await server.access.accounts.add(sampleAccount('vera', 'viewer'), commandLine)
    const headers = await signIn(server, 'vera')
    const keysBefore = server.access.keys.list().length
    const help = await readAnswer<AddHostHelp>(server.get('/api/add-host', headers))
    assert.deepEqual([help.serverUrl, help.isLocalOnly], [server.url, true])
    assert.deepEqual(
      help.commands.map(({ name, file, text }) => [name, file, text.includes(help.keyPlaceholder)]),
      [
        ['docker', null, true],
        ['compose', 'vigie-agent.yaml', true],
        ['daemonset', 'vigie-agent.yaml', true],
        ['systemd', null, true],
        ['shell', null, true],
        ['datadog', null, true],
      ],
    )
    assert.match(help.commands[0]?.text ?? '', / vigie-agent:\S+$/)
    assert.equal(server.access.keys.list().length, keysBefore)
  })

  test('a key that is revoked is refused with the next post', async () => {
    await server.close()
    server = await openTestServer({ keys: { holderOf: (shown) => server.access.keys.holderOf(shown) } }) // prettier-ignore
    const made = await readAnswer<NewKey>(post('/api/access/keys', { name: 'k' }))
    const send = () => server.get('/api/v1/validate', { 'dd-api-key': made.key })
    assert.equal((await send()).status, 200)
    await post(`/api/access/keys/${made.row.id}/revoke`)
    assert.equal((await send()).status, 403)
  })
})
