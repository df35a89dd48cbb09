import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { AuditEntry, Me } from '../../src/api/contract/access.ts'
import { askHttp, cookieOf, signIn, type HttpAnswer } from './ask-http.ts'
import { runVigie, startVigie, type Ending, type Vigie } from './vigie-process.ts'
import { waitUntil } from './wait-until.ts'

const ann = { name: 'ann', password: 'correct horse' }
const bob = { name: 'bob', password: 'battery staple' }
/** A second person elsewhere, so that neither has to wait for the other's wrong passwords. */
const elsewhere = '127.0.0.2'

describe('people at a server that other machines reach', () => {
  let dataDir = ''
  let server: Vigie
  let url = ''
  let annsCookie: { readonly cookie: string }

  const options = (): { dataDir: string; env: Record<string, string> } => ({
    dataDir,
    env: { VIGIE_LISTEN: '0.0.0.0:0', DD_LOG_LEVEL: 'info' },
  })
  const run = (command: string, input?: string): Promise<Ending> =>
    runVigie(command.split(' '), { ...options(), ...(input !== undefined && { input }) })
  const start = async (): Promise<void> => {
    server = await startVigie(['server'], options())
    url = (await server.url()).replace('0.0.0.0', '127.0.0.1')
  }
  const askAs = (cookie: { readonly cookie: string }, path: string): Promise<HttpAnswer> =>
    askHttp(url + path, { headers: cookie })

  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'vigie-access-'))
  })

  after(async () => {
    await server?.[Symbol.asyncDispose]()
    await rm(dataDir, { recursive: true, force: true })
  })

  test('it does not start before there is an account, and says how one is made', async () => {
    const { exitCode, output } = await run('server')
    assert.equal(exitCode, 1)
    assert.equal(output.trim().split('\n').length, 1, output)
    assert.match(output, /^vigie: Cannot listen on 0\.0\.0\.0:0: other machines could reach it/)
    const told = /"vigie (user add NAME --role admin)"/.exec(output)?.[1] ?? ''
    const added = await run(`${told.replace('NAME', 'ann')} --password-stdin`, ann.password)
    assert.deepEqual([added.exitCode, added.output], [0, 'ann is admin and sees everything.\n'])
  })

  test('then it does, and tells how a host is added, the key left out of what may be a log', async () => {
    await start()
    const told = 'To add a host, run there what `vigie add-host` prints here\n'
    await waitUntil('the line', 5000, () => server.output().includes(told))
    assert.ok(!server.output().includes(await server.key()))
  })

  test('nobody is shown anything before signing in', async () => {
    for (const path of ['/api/containers', '/api/agents', '/api/live', '/api/access/users']) {
      const { status, text } = await askHttp(url + path)
      assert.deepEqual([path, status], [path, 401])
      assert.match(text, /nobody is signed in; sign in at the page/)
    }
    const me: Me = JSON.parse((await askHttp(`${url}/api/access/me`)).text)
    assert.deepEqual([me.signInNeeded, me.person, me.ways.password], [true, null, true])
  })

  test('a wrong password is refused, the right one begins a session', async () => {
    const wrong = await signIn(url, { ...ann, password: 'wrong' })
    assert.deepEqual([wrong.status, wrong.headers['set-cookie']], [401, undefined])
    const right = await signIn(url, ann)
    assert.equal(right.status, 200, right.text)
    assert.match(right.headers['set-cookie']?.[0] ?? '', /; HttpOnly; SameSite=Lax$/)
    annsCookie = cookieOf(right)
    assert.equal((await askAs(annsCookie, '/api/containers')).status, 200)
    assert.equal((await askAs({ cookie: `${annsCookie.cookie}x` }, '/api/agents')).status, 401)
  })

  test('a page of another site changes nothing with the cookie', async () => {
    const add = async (headers: Record<string, string>): Promise<number> => {
      const question = { headers: { ...annsCookie, ...headers }, body: { name: 'stolen' } }
      return (await askHttp(`${url}/api/access/keys`, question)).status
    }
    assert.equal(await add({ origin: 'https://evil.example' }), 403)
    assert.equal(await add({}), 403)
    assert.equal(await add({ origin: url, 'sec-fetch-site': 'cross-site' }), 403)
    assert.equal(await add({ origin: url }), 200)
  })

  test('an account that is added while it runs gets in at once, as far as its role goes', async () => {
    await run('user add bob --role viewer --password-stdin', `${bob.password}\n`)
    const cookie = cookieOf(await signIn(url, bob, { from: elsewhere }))
    assert.equal((await askAs(cookie, '/api/containers')).status, 200)
    const { status, text } = await askAs(cookie, '/api/access/keys')
    assert.equal(status, 403)
    assert.match(text, /admin/)
  })

  test('its open page ends when it is removed', async () => {
    const { cookie } = cookieOf(await signIn(url, bob, { from: elsewhere }))
    const live = await fetch(`${url}/api/live`, { headers: { cookie } })
    const reader = live.body?.getReader()
    assert.equal((await reader?.read())?.done, false)
    const removed = await run('user remove bob')
    assert.equal(removed.output, 'Removed bob, with sessions and tokens; 1 left.\n')
    const end = waitUntil('the end of the stream', 10_000, async () => (await reader?.read())?.done)
    assert.equal(await end, true)
    assert.equal((await askAs({ cookie }, '/api/containers')).status, 401)
    assert.equal((await signIn(url, bob, { from: elsewhere })).status, 401)
  })

  test('too many wrong passwords make the name and the address wait, and nobody else', async () => {
    const guess = (name: string): Promise<HttpAnswer> =>
      signIn(url, { name, password: 'a guess' }, { from: '127.0.0.3' })
    const refused = await waitUntil('the limit', 30_000, async () => {
      const answer = await guess('eve')
      return answer.status === 429 && answer
    })
    assert.match(refused.text, /too many were wrong; try again in \d+ s/)
    assert.ok(Number(refused.headers['retry-after']) >= 1)
    assert.equal((await guess('mallory')).status, 429)
    assert.equal((await signIn(url, ann)).status, 200)
  })

  test('a session outlives a restart of the server, and ends with another password', async () => {
    assert.equal((await server.stop()).exitCode, 0)
    await start()
    assert.equal((await askAs(annsCookie, '/api/containers')).status, 200)
    const { exitCode } = await run('user password ann --password-stdin', 'another horse')
    assert.equal(exitCode, 0)
    assert.equal((await askAs(annsCookie, '/api/containers')).status, 401)
    assert.equal((await signIn(url, ann)).status, 401)
    assert.equal((await signIn(url, { ...ann, password: 'another horse' })).status, 200)
  })

  test('all of that is in the record, with who and from where', async () => {
    const { output } = await run('audit --json')
    const told = output
      .trim()
      .split('\n')
      .map((line): AuditEntry => JSON.parse(line))
      .map(({ action, by, subject, address }) =>
        [action, by, subject.replace(/ \(.*\)$/, ''), address ?? '-'].join(' '),
      )
    assert.deepEqual(
      [...new Set(told)],
      [
        'user-added command line ann -',
        'sign-in-failed ann ann 127.0.0.1',
        'sign-in ann ann 127.0.0.1',
        'key-created ann stolen 127.0.0.1',
        'user-added command line bob -',
        'sign-in bob bob 127.0.0.2',
        'user-removed command line bob -',
        'sign-in-failed an unknown name an unknown name 127.0.0.2',
        'sign-in-failed an unknown name an unknown name 127.0.0.3',
        'user-changed command line ann -',
      ],
    )
  })
})
