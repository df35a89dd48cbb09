import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { openLog } from '../telemetry/log.ts'
import { openAccess, type Access, type AccessOptions } from './open-access.ts'

const hourMs = 3_600_000
const by = { name: 'command line' }
const address = '10.0.0.7'
const ann = { name: 'ann', role: 'editor', scope: '', password: 'correct horse' } as const
const shown = { name: 'ann', password: ann.password, address }

let dataDir = ''
let nowMs = 0
let access: Access

function open(change: Partial<AccessOptions> = {}): Promise<Access> {
  return openAccess({
    dataDir,
    listenHost: '127.0.0.1',
    fixedKeys: { api_key: 'f'.repeat(32), 'the configuration': undefined },
    sessionMs: 24 * hourMs,
    signInTries: 5,
    log: openLog('silent', 'test'),
    isServer: false,
    passwordCost: { ln: 10, r: 8, p: 1 },
    clock: () => nowMs,
    ...change,
  })
}

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'vigie-access-'))
  nowMs = 1_790_000_000_000
  access = await open()
})
afterEach(async () => {
  await access.close()
  await rm(dataDir, { recursive: true })
})

async function actions(): Promise<readonly string[]> {
  return (await access.audit.newest(100)).map(({ action, by: who }) => `${action} by ${who}`)
}

describe('keys of agents', () => {
  test('a key that was made lets in until it is revoked', async () => {
    const { row, key } = await access.keys.create('rack 7', by)
    assert.match(key, /^[0-9a-f]{32}$/)
    assert.equal(access.keys.holderOf(key), 'rack 7')
    assert.equal(access.keys.holderOf('f'.repeat(32)), 'api_key')
    assert.equal(access.keys.holderOf(key.toUpperCase()), undefined)
    assert.equal(access.keys.holderOf(''), undefined)
    await access.keys.revoke(row.id, by)
    assert.equal(access.keys.holderOf(key), undefined)
    assert.deepEqual(await actions(), [
      'key-revoked by command line',
      'key-created by command line',
    ])
  })

  test('is listed with its last five characters, and when it was used last also after a restart', async () => {
    const { row, key } = await access.keys.create('rack 7', by)
    nowMs += hourMs
    access.keys.holderOf(key)
    await access.close()
    access = await open()
    const listed = access.keys.list()
    assert.deepEqual(
      listed.map(({ name }) => name),
      ['api_key', 'rack 7'],
    )
    const made = { atMs: nowMs - hourMs, by: 'command line' }
    assert.deepEqual(listed[1], { ...row, end: key.slice(-5), made, lastUsedAtMs: nowMs })
    assert.equal(access.keys.holderOf(key), 'rack 7')
  })

  test('one that was not made here is not revoked here', async () => {
    await assert.rejects(access.keys.revoke('api_key', by), { status: 403 })
    await assert.rejects(access.keys.revoke('nothing', by), { status: 404 })
    for (const name of ['', ' ', 'x'.repeat(101), 'a\nb', 'a\u202Eb']) {
      await assert.rejects(access.keys.create(name, by), { status: 400 })
    }
  })
})

describe('accounts', () => {
  test('are found however the name is typed, and there is one of each name', async () => {
    await access.accounts.add({ ...ann, name: 'Ann@Example.com' }, by)
    assert.equal(access.accounts.find('ann@example.COM')?.name, 'Ann@Example.com')
    await assert.rejects(access.accounts.add({ ...ann, name: 'ANN@example.com' }, by), {
      status: 409,
    })
    for (const name of ['', 'command line', '-x', 'a:b', 'a/b', 'x'.repeat(101), 'a\n']) {
      await assert.rejects(access.accounts.add({ ...ann, name }, by), { status: 400 }, name)
    }
    await assert.rejects(access.accounts.add({ ...ann, name: 'bob', scope: 'web' }, by), {
      status: 400,
    })
    await assert.rejects(access.accounts.add({ ...ann, name: 'bob', password: 'short' }, by), {
      status: 400,
    })
    await assert.rejects(access.accounts.change('bob', { role: 'admin' }, by), { status: 404 })
    await assert.rejects(access.accounts.remove('bob', by), { status: 404 })
  })

  test('of both of two that were added at once by two processes none is lost', async () => {
    const other = await open()
    await Promise.all([
      access.accounts.add(ann, by),
      other.accounts.add({ ...ann, name: 'bob' }, by),
      access.keys.create('one', by),
      other.keys.create('other', by),
    ])
    const later = await open()
    assert.deepEqual(
      later.accounts
        .list()
        .map(({ name }) => name)
        .toSorted(),
      ['ann', 'bob'],
    )
    assert.equal(later.keys.list().length, 3)
  })

  test('no file holds a secret', async () => {
    await access.accounts.add(ann, by)
    const owner = access.accounts.find('ann')
    assert.ok(owner)
    const { key } = await access.keys.create('k', by)
    const { token } = await access.tokens.create({ owner, name: 't' }, by)
    const { secret } = await access.signIns.withPassword(shown)
    await assert.rejects(access.signIns.withPassword({ ...shown, password: 'wrong pass' }))
    await assert.rejects(access.signIns.withPassword({ ...shown, name: 'my secret words' }))
    const folder = join(dataDir, 'access')
    const texts = await Promise.all(
      (await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8')),
    )
    for (const planted of [key, token, secret, ann.password, 'wrong pass', 'my secret words']) {
      assert.ok(!texts.join('').includes(planted), planted)
    }
  })
})

describe('sessions', () => {
  beforeEach(() => access.accounts.add(ann, by))

  test('last over a restart of the server', async () => {
    const { secret, person } = await access.signIns.withPassword(shown)
    assert.deepEqual(person, { name: 'ann', role: 'editor', via: 'session' })
    await access.close()
    access = await open()
    assert.deepEqual(access.sessions.personOf(secret), person)
    assert.equal(access.sessions.personOf(`${secret}x`), undefined)
  })

  test('end when they are not used, and some time even if they are', async () => {
    const { secret } = await access.signIns.withPassword(shown)
    for (let hours = 0; hours < 95; hours += 1) {
      assert.ok(access.sessions.personOf(secret), `after ${hours} h`)
      nowMs += hourMs
    }
    nowMs += hourMs
    assert.equal(access.sessions.personOf(secret), undefined)
    const other = await access.signIns.withPassword(shown)
    nowMs += 24 * hourMs
    assert.equal(access.sessions.personOf(other.secret), undefined)
  })

  const ends: Readonly<Record<string, (secret: string) => Promise<unknown>>> = {
    'signing out': (secret) => access.signIns.out(secret, address),
    'another password': () => access.accounts.change('ann', { password: 'battery staple' }, by),
    'another role': () => access.accounts.change('ann', { role: 'viewer' }, by),
    'another scope': () => access.accounts.change('ann', { scope: 'team:web' }, by),
    'removing the account': () => access.accounts.remove('ann', by),
    'removing the account and adding it again': async () => {
      await access.accounts.remove('ann', by)
      await access.accounts.add(ann, by)
    },
  }
  for (const [what, end] of Object.entries(ends)) {
    test(`end at once by ${what}`, async () => {
      const { secret } = await access.signIns.withPassword(shown)
      await end(secret)
      assert.equal(access.sessions.personOf(secret), undefined)
    })
  }

  test('of one who changes their own password only the new one goes on', async () => {
    const before = await access.signIns.withPassword(shown)
    await assert.rejects(
      access.signIns.changePassword({ ...shown, password: 'wrong' }, 'battery staple'),
      { status: 401 },
    )
    const after = await access.signIns.changePassword(shown, 'battery staple')
    assert.equal(access.sessions.personOf(before.secret), undefined)
    assert.equal(access.sessions.personOf(after.secret)?.name, 'ann')
  })

  test('on the access token end when there is another one', async () => {
    await access.close()
    access = await open({ accessToken: 'open sesame 1234' })
    await assert.rejects(access.signIns.withToken('open sesame', address), { status: 401 })
    const { secret, person } = await access.signIns.withToken('open sesame 1234', address)
    assert.deepEqual(person, { name: 'access token', role: 'admin', via: 'session' })
    const same = await open({ accessToken: 'open sesame 1234' })
    assert.deepEqual(same.sessions.personOf(secret), person)
    for (const accessToken of ['open sesame 1235', undefined]) {
      assert.equal((await open({ accessToken })).sessions.personOf(secret), undefined)
    }
  })

  test('of one person are fifty at most: the one used longest ago makes room', async () => {
    const user = access.accounts.find('ann')
    const secrets: string[] = []
    for (let at = 0; at < 51; at += 1) {
      nowMs += 1
      secrets.push(await access.sessions.open(user))
    }
    const left = secrets.map((secret) => access.sessions.personOf(secret) !== undefined)
    assert.deepEqual([left[0], left.slice(1).every(Boolean)], [false, true])
  })

  test('are written down as they begin and end, with the address', async () => {
    await assert.rejects(access.signIns.withPassword({ ...shown, password: 'wrong' }), {
      status: 401,
      message: 'Cannot sign you in: the name or the password is wrong',
    })
    await assert.rejects(access.signIns.withPassword({ ...shown, name: 'nobody' }), { status: 401 })
    const { secret } = await access.signIns.withPassword(shown)
    await access.signIns.out(secret, address)
    assert.deepEqual((await actions()).slice(0, 4), [
      'sign-out by ann',
      'sign-in by ann',
      'sign-in-failed by an unknown name',
      'sign-in-failed by ann',
    ])
    assert.equal((await access.audit.newest(1))[0]?.address, address)
    assert.equal(access.accounts.find('ann')?.lastSignInAtMs, nowMs)
  })
})

describe('tokens', () => {
  test('speak for their owner, with the lesser of both roles, until revoked', async () => {
    const owner = await access.accounts.add({ ...ann, scope: 'team:web' }, by)
    const { row, token } = await access.tokens.create({ owner, name: 'grafana' }, by)
    assert.match(token, /^vgt_[\w-]{43}$/)
    const scope = [{ key: 'team', patterns: ['web'], isNegated: false }]
    assert.deepEqual(access.tokens.personOf(token), {
      name: 'ann',
      role: 'editor',
      via: 'token',
      scope,
    })
    await access.accounts.change('ann', { role: 'viewer', scope: '' }, by)
    assert.deepEqual(access.tokens.personOf(token), { name: 'ann', role: 'viewer', via: 'token' })
    await access.accounts.change('ann', { role: 'admin' }, by)
    assert.equal(access.tokens.personOf(token)?.role, 'editor')
    await access.tokens.revoke(row.id, by)
    assert.equal(access.tokens.personOf(token), undefined)
  })

  test('go with the account, and do not come back with one of the same name', async () => {
    const owner = await access.accounts.add(ann, by)
    const { token } = await access.tokens.create({ owner, name: 'grafana' }, by)
    await access.accounts.remove('ann', by)
    await access.accounts.add(ann, by)
    assert.equal(access.tokens.personOf(token), undefined)
    assert.deepEqual(access.tokens.list(), [])
  })

  test('are no more than their owner, and are revoked by their owner', async () => {
    const owner = await access.accounts.add(ann, by)
    const bob = await access.accounts.add({ ...ann, name: 'bob' }, by)
    await assert.rejects(access.tokens.create({ owner, name: 't', role: 'admin' }, by), {
      status: 403,
    })
    const { row } = await access.tokens.create({ owner, name: 't', role: 'viewer' }, by)
    await assert.rejects(access.tokens.revoke(row.id, by, bob.id), { status: 404 })
    await access.tokens.revoke(row.id, by, owner.id)
  })
})
