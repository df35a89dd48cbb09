import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, test } from 'node:test'
import {
  clientSecret,
  openFakeProvider,
  type Behaviour,
  type FakeProvider,
} from '../../../test/access/fake-provider.ts'
import type { Log } from '../../telemetry/log.ts'
import { openLog } from '../../telemetry/log.ts'
import { openAccess, type Access } from '../open-access.ts'
import type { SignedIn } from '../sign-ins.ts'
import { OidcError, type OidcFault } from './oidc-error.ts'
import type { OidcOptions } from './oidc-options.ts'
import type { Oidc } from './open-oidc.ts'

const hourMs = 3_600_000
const sessionMs = 24 * hourMs
const address = '10.0.0.7'
const callback = 'https://vigie.example.com/api/access/oidc/callback'
const by = { name: 'command line' }

let dataDir = ''
let nowMs = 0
let provider: FakeProvider
let access: Access
let told: string[] = []

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'vigie-oidc-'))
  nowMs = 1_790_000_000_000
  told = []
  provider = await openFakeProvider()
  access = await open()
})
afterEach(async () => {
  await access.close()
  await provider[Symbol.asyncDispose]()
  await rm(dataDir, { recursive: true })
})

/** Opens what is in the folder, again. */
function open(change: Partial<OidcOptions> = {}): Promise<Access> {
  const log: Log = Object.assign(openLog('silent', 'test'), {
    warn: (text: string) => void told.push(text),
  })
  return openAccess({
    dataDir,
    listenHost: '127.0.0.1',
    fixedKeys: {},
    sessionMs,
    signInTries: 5,
    provider: provider.options(change),
    log,
    isServer: false,
    passwordCost: { ln: 10, r: 8, p: 1 },
    clock: () => nowMs,
  })
}

function oidc(): Oidc {
  assert.ok(access.oidc)
  return access.oidc
}

/** All the way through the provider. */
async function signIn(): Promise<SignedIn> {
  const { address: where, flow } = await oidc().begin(callback, '/')
  return oidc().finish(provider.visit(where), flow, address)
}

function isFault(fault: OidcFault): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof OidcError, String(error))
    assert.equal(error.fault, fault, error.message)
    return true
  }
}

async function actions(): Promise<readonly string[]> {
  const lines = await access.audit.newest(100)
  return lines.map(({ action, by: who, subject }) => `${action} by ${who}: ${subject}`)
}

function be(change: Partial<Behaviour>): void {
  Object.assign(provider.behaviour, change)
}

const ann = { sub: 'subject-1', preferred_username: 'ann', groups: ['staff'] }

describe('signing in at a provider', () => {
  test('asks with PKCE, state and nonce, each time others', async () => {
    const first = await oidc().begin(callback, '/')
    const asking = Object.fromEntries(new URL(first.address).searchParams)
    assert.deepEqual(
      { ...asking, state: '', nonce: '', code_challenge: '' },
      {
        response_type: 'code',
        client_id: 'vigie',
        redirect_uri: callback,
        scope: 'openid profile',
        state: '',
        nonce: '',
        code_challenge: '',
        code_challenge_method: 'S256',
      },
    )
    assert.ok(!first.address.includes(first.flow.verifier))
    const second = await oidc().begin(callback, '/')
    for (const part of ['state', 'nonce', 'verifier'] as const)
      assert.notEqual(first.flow[part], second.flow[part])
  })

  test('makes an account, with name and role of the claims, and writes that down', async () => {
    be({ idToken: { ...ann, groups: ['staff', 'ops', 'other'] } })
    const { person, secret } = await signIn()
    assert.deepEqual(person, { name: 'ann', role: 'admin', via: 'session' })
    assert.deepEqual(access.sessions.personOf(secret), person)
    assert.equal(access.accounts.find('ann')?.lastSignInAtMs, nowMs)
    assert.deepEqual(await actions(), [
      'sign-in by ann: ann',
      'user-added by ann: ann (admin, by the provider)',
    ])
  })

  test('asks for claims that the ID token does not have', async () => {
    be({ userinfo: { ...ann, groups: 'ops' } })
    const { person } = await signIn()
    assert.deepEqual(person, { name: 'ann', role: 'admin', via: 'session' })
  })

  test('believes the ID token more than what is asked for', async () => {
    be({ idToken: { sub: 'subject-1', groups: ['staff'] }, userinfo: { ...ann, groups: ['ops'] } })
    assert.equal((await signIn()).person.role, 'viewer')
  })

  test('lets nobody in who has no role, unless there is one for everybody', async () => {
    be({ idToken: { ...ann, groups: ['other'] } })
    await assert.rejects(signIn(), isFault('no-role'))
    assert.deepEqual(access.accounts.list(), [])
    assert.deepEqual(await actions(), ['sign-in-failed by ann: ann'])
    access = await open({ defaultRole: 'viewer' })
    assert.equal((await signIn()).person.role, 'viewer')
  })

  test('gives another role when the claim has changed; sessions on the old one end', async () => {
    be({ idToken: { ...ann, groups: ['ops'] } })
    const before = await signIn()
    be({ idToken: ann })
    const after = await signIn()
    assert.equal(after.person.role, 'viewer')
    assert.equal(access.sessions.personOf(before.secret), undefined)
    assert.equal(access.accounts.list().length, 1)
    assert.equal((await actions())[1], 'user-changed by ann: ann (viewer, by the provider)')
  })

  test('keeps the scope that was set here, and the session when nothing changes', async () => {
    be({ idToken: ann })
    await signIn()
    await access.accounts.change('ann', { scope: 'team:web' }, by)
    const { secret } = await signIn()
    await signIn()
    assert.equal(access.accounts.find('ann')?.scope, 'team:web')
    assert.equal(access.sessions.personOf(secret)?.name, 'ann')
  })

  test('tokens and sessions of one who has left the provider end', async () => {
    be({ idToken: ann })
    const { secret } = await signIn()
    const owner = access.accounts.find('ann')
    assert.ok(owner)
    const { token } = await access.tokens.create({ owner, name: 'grafana' }, by)
    nowMs += sessionMs - 1
    assert.equal(access.sessions.personOf(secret)?.name, 'ann')
    nowMs += 1
    assert.equal(access.sessions.personOf(secret), undefined)
    assert.equal(access.tokens.personOf(token)?.name, 'ann')
    nowMs += 3 * sessionMs
    assert.equal(access.tokens.personOf(token), undefined)
    await signIn()
    assert.equal(access.tokens.personOf(token)?.name, 'ann')
  })

  test('shows the secret where the provider wants it', async () => {
    be({ idToken: ann, secretIn: 'body' })
    assert.equal((await signIn()).person.name, 'ann')
    const asked = provider.asked.filter((path) => path === '/token').length
    await signIn()
    assert.equal(provider.asked.filter((path) => path === '/token').length, asked + 1)
  })
})

describe('names', () => {
  test('nobody gets the account of another by being called like its owner', async () => {
    await access.accounts.add({ name: 'Ann', role: 'admin', scope: '', password: 'correct horse' }, by) // prettier-ignore
    be({ idToken: ann })
    await assert.rejects(signIn(), isFault('name-taken'))
    assert.equal(access.accounts.find('ann')?.role, 'admin')
    assert.equal(access.accounts.find('ann')?.provider, undefined)
    await access.accounts.remove('ann', by)
    await signIn()
    be({ idToken: { ...ann, sub: 'subject-2', groups: ['ops'] } })
    await assert.rejects(signIn(), isFault('name-taken'))
    assert.equal(access.accounts.find('ann')?.role, 'viewer')
  })

  test('another name goes with the person where it is free', async () => {
    be({ idToken: ann })
    const { secret } = await signIn()
    be({ idToken: { ...ann, preferred_username: 'ann.smith' } })
    assert.equal((await signIn()).person.name, 'ann.smith')
    assert.equal(access.sessions.personOf(secret)?.name, 'ann.smith')
    assert.equal(access.accounts.find('ann'), undefined)
    await access.accounts.add({ name: 'bob', role: 'viewer', scope: '', password: 'correct horse' }, by) // prettier-ignore
    be({ idToken: { ...ann, preferred_username: 'bob' } })
    assert.equal((await signIn()).person.name, 'ann.smith')
  })

  test('the role and the password of such an account are not set here', async () => {
    be({ idToken: ann })
    await signIn()
    for (const change of [{ role: 'admin' }, { password: 'correct horse' }] as const)
      await assert.rejects(access.accounts.change('ann', change, by), /Cannot give ann another/)
  })
})

describe('what is not believed', () => {
  const lies: readonly (readonly [string, OidcFault, Partial<Behaviour>])[] = [
    ['a signature by another key', 'invalid', { signedBy: 'other' }],
    ['another issuer', 'invalid', { wrong: { iss: 'https://evil.example' } }],
    ['a token for somebody else', 'invalid', { wrong: { aud: 'other' } }],
    ['a token of another sign-in', 'invalid', { wrong: { nonce: 'other' } }],
    ['a token that is over', 'invalid', { wrong: { iat: 1, exp: 2 } }],
    ['a person who is another', 'invalid', { idToken: { sub: 'subject-1' }, userinfo: { ...ann, sub: 'subject-2' } }], // prettier-ignore
    ['no person', 'invalid', { wrong: { sub: undefined } }],
  ]
  for (const [what, fault, change] of lies) {
    test(what, async () => {
      be({ idToken: ann, ...change })
      await assert.rejects(signIn(), isFault(fault))
      assert.deepEqual(access.accounts.list(), [])
    })
  }

  test('a clock that is half a minute wrong is', async () => {
    const nowS = Date.now() / 1000
    be({ idToken: ann, wrong: { iat: nowS - 330, exp: nowS - 30 } })
    assert.equal((await signIn()).person.name, 'ann')
  })

  test('an answer to another browser, and one that comes twice', async () => {
    be({ idToken: ann })
    const mine = await oidc().begin(callback, '/')
    const other = await oidc().begin(callback, '/')
    const answer = provider.visit(mine.address)
    await assert.rejects(oidc().finish(answer, other.flow, address), isFault('expired'))
    await oidc().finish(answer, mine.flow, address)
    await assert.rejects(oidc().finish(answer, mine.flow, address), isFault('expired'))
  })

  test('a code without what this server has kept of it', async () => {
    const mine = await oidc().begin(callback, '/')
    const other = await oidc().begin(callback, '/')
    const flow = { ...mine.flow, verifier: other.flow.verifier }
    const answer = provider.visit(mine.address)
    await assert.rejects(oidc().finish(answer, flow, address), isFault('expired'))
  })

  const refusals: readonly (readonly [string, OidcFault])[] = [
    ['access_denied', 'denied'],
    ['login_required', 'denied'],
    ['temporarily_unavailable', 'away'],
    ['unauthorized_client', 'refused'],
    ['<b>Call 555-1234</b>', 'refused'],
  ]
  for (const [error, fault] of refusals) {
    test(`the provider's ${error} is ${fault}`, async () => {
      const { flow } = await oidc().begin(callback, '/')
      const answer = new URL(callback)
      answer.search = new URLSearchParams({ error, state: flow.state, error_description: 'x' }).toString() // prettier-ignore
      await assert.rejects(oidc().finish(answer, flow, address), isFault(fault))
      assert.ok(!told.join('\n').includes('<b>'), told.join('\n'))
    })
  }

  test('the secret is wrong: the log says so, and does not tell it', async () => {
    access = await open({ clientSecret: 'another secret' })
    be({ idToken: ann })
    await assert.rejects(signIn(), isFault('refused'))
    assert.match(told.join('\n'), /Signing in with Example: The provider answers invalid_client/)
    assert.ok(!told.join('\n').includes('secret'))
    assert.ok(!told.join('\n').includes(clientSecret))
  })
})

describe('a provider that is away', () => {
  test('is found once it is there, and not asked all the time before', async () => {
    const broken = (status: number) => (response: { writeHead: (status: number) => { end: () => void } }) =>
      response.writeHead(status).end() // prettier-ignore
    const path = '/.well-known/openid-configuration'
    be({ instead: { [path]: broken(503) }, idToken: ann })
    access = await open()
    provider.behaviour.instead[path] = broken(503)
    await assert.rejects(oidc().begin(callback, '/'), isFault('away'))
    const before = provider.asked.length
    await assert.rejects(oidc().begin(callback, '/'), isFault('away'))
    assert.equal(provider.asked.length, before)
    delete provider.behaviour.instead[path]
    nowMs += 5000
    assert.equal((await signIn()).person.name, 'ann')
    // Away again: what is known of it lasts.
    provider.behaviour.instead[path] = broken(500)
    nowMs += 2 * hourMs
    assert.equal((await signIn()).person.name, 'ann')
  })

  test('says what is wrong with it in the log', async () => {
    provider.behaviour.description = { issuer: 'https://evil.example' }
    access = await open()
    await assert.rejects(oidc().begin(callback, '/'), isFault('away'))
    assert.match(
      told.at(-1) ?? '',
      /as a provider of OpenID Connect: discovered metadata issuer does not match/,
    )
    access = await open({ issuer: `${provider.issuer}/nowhere` })
    await assert.rejects(oidc().begin(callback, '/'), isFault('away'))
    assert.match(told.at(-1) ?? '', /unexpected HTTP response status code: 401; check vigie.oidc/)
  })

  test('may have a name that ends with a slash', async () => {
    be({ idToken: ann, wrong: { iss: `${provider.issuer}/realm/` } })
    access = await open({ issuer: `${provider.issuer}/realm` })
    assert.equal((await signIn()).person.name, 'ann')
  })

  test('is not asked without encryption at another machine', async () => {
    be({ description: { token_endpoint: 'http://192.0.2.1/token' }, idToken: ann })
    access = await open()
    await assert.rejects(signIn(), isFault('away'))
    access = await open({ issuer: 'http://192.0.2.1' })
    await assert.rejects(oidc().begin(callback, '/'), isFault('away'))
    assert.match(told.at(-1) ?? '', /it has to be https:\/\/, or on this machine/)
  })

  test('cannot fill the memory', async () => {
    be({ idToken: ann })
    provider.behaviour.instead['/token'] = (response) =>
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(Buffer.alloc(1_100_000, 32))
    await assert.rejects(signIn(), isFault('away'))
    assert.match(told.at(-1) ?? '', /it answers with more than 1048576 bytes/)
  })

  test('does not follow where it leads to', async () => {
    provider.behaviour.instead['/token'] = (response) =>
      response.writeHead(307, { location: '/jwks' }).end()
    await assert.rejects(signIn(), isFault('away'))
  })
})
