import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { openTestServer, type TestServer } from '../../../test/server/open-test-server.ts'
import { openAccess, type Access } from '../../access/open-access.ts'
import { openLog } from '../../telemetry/log.ts'
import { commands } from '../commands/index.ts'
import { loadCommands } from '../load-commands.ts'
import type { CommandIo } from '../command.ts'
import { createControlDoor, type ControlDoor } from '../control-door.ts'
import { controlPath } from '../control-socket.ts'
import { runCommandLine } from '../run-command-line.ts'
import { offerAccess } from './offer-access.ts'

const log = openLog('silent', 'test')
let dataDir = ''
let env: Record<string, string> = {}
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'vigie-commands-'))
  env = { VIGIE_DATA_DIR: dataDir }
})
afterEach(() => rm(dataDir, { recursive: true }))

interface Outcome {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Runs a command line in this process; words are split at spaces. */
async function run(line: string, change: Partial<CommandIo> = {}): Promise<Outcome> {
  const printed = { out: '', err: '' }
  const args = line.split(' ')
  const code = await runCommandLine(args, await loadCommands(commands, args), {
    out: (text) => (printed.out += text),
    err: (text) => (printed.err += text),
    env,
    cwd: dataDir,
    mainFile: '/main.ts',
    signal: new AbortController().signal,
    ...change,
  })
  return { code, ...printed }
}

function typed(...answers: readonly string[]): Partial<CommandIo> {
  const left = [...answers]
  return { askSecret: async () => left.shift() ?? '' }
}

function openHere(): Promise<Access> {
  return openAccess({
    dataDir,
    listenHost: '127.0.0.1',
    fixedKeys: {},
    sessionMs: 3_600_000,
    signInTries: 5,
    log,
    isServer: false,
  })
}

describe('without a server', () => {
  test('an account is made, changed and removed', async () => {
    const added = await run('user add ann --role admin', typed('correct horse', 'correct horse'))
    assert.deepEqual(added, { code: 0, out: '', err: 'ann is admin and sees everything.\n' })
    const set = await run('user set ANN --role viewer --scope team:web')
    assert.deepEqual([set.code, set.err], [0, 'ann is viewer and sees team:web.\n'])
    assert.match((await run('user list')).out, /^NAME .*\nann +viewer +team:web +password +2/)
    const removed = await run('user remove ann')
    assert.equal(removed.out, 'Removed ann, with sessions and tokens; 0 left.\n')
    assert.equal((await run('user list')).out, 'There are no accounts.\n')
    const { out } = await run('audit')
    assert.deepEqual(out.match(/user-\w+ +command line +- +.*/g)?.map((line) => line.replaceAll(/ +/g, ' ')), [
      'user-added command line - ann (admin)',
      'user-changed command line - ann (viewer, team:web)',
      'user-removed command line - ann',
    ]) // prettier-ignore
  })

  test('a password comes from the terminal, from standard input, or is made', async () => {
    const different = await run('user add ann', typed('correct horse', 'correct house'))
    assert.deepEqual([different.code, /not the same/.test(different.err)], [2, true])
    const nobody = await run('user add ann')
    assert.match(nobody.err, /nobody can be asked for the password here; give --password-stdin or/)
    const short = await run('user add ann --password-stdin', { readInput: async () => 'short\n' })
    assert.deepEqual([short.code, /it has 5 characters/.test(short.err)], [1, true])
    const read = await run('user add ann --password-stdin', { readInput: async () => 'horse 12\n' })
    assert.equal(read.code, 0)
    const made = await run('user password ann --generate')
    const password = made.out.trim()
    assert.match(password, /^([0-9a-f]{6}-){4}[0-9a-f]{6}$/)
    const access = await openHere()
    const shown = { name: 'ann', address: '' }
    await assert.rejects(access.signIns.withPassword({ ...shown, password: 'horse 12' }))
    assert.equal((await access.signIns.withPassword({ ...shown, password })).person.name, 'ann')
    await access.close()
  })

  test('a key is printed alone on standard output, once', async () => {
    const made = await run('key create web-1')
    assert.match(made.out, /^[0-9a-f]{32}\n$/)
    const id = /\(([0-9a-f]{12})\)/.exec(made.err)?.[1] ?? ''
    const { out } = await run('key list')
    assert.ok(out.includes(made.out.trim().slice(-5)))
    assert.ok(!out.includes(made.out.trim()))
    assert.equal((await run(`key revoke ${id}`)).out, 'Revoked; 0 left.\n')
    const gone = await run(`key revoke ${id}`)
    assert.deepEqual([gone.code, /there is none with this id/.test(gone.err)], [1, true])
  })

  test('a token needs an owner', async () => {
    assert.match((await run('token create t')).err, /there are 0 accounts; say with --user/)
    await run('user add ann --role editor --generate')
    const made = await run('token create t')
    assert.match(made.out, /^vgt_[\w-]{43}\n$/)
    assert.match((await run('token create t --role admin')).err, /never more than its owner/)
    assert.match((await run('token create t --user bob')).err, /there is no "bob"/)
    assert.match((await run('token list')).out, /\n\w+ +t +ann +editor +/)
  })

  test('a line for another host comes with a new key', async () => {
    env = { ...env, VIGIE_PUBLIC_URL: 'https://vigie.example.com' }
    const { out, err } = await run('add-host rack-7')
    assert.match(
      out,
      /VIGIE_SERVER_URL=https:\/\/vigie\.example\.com VIGIE_SERVER_KEY=[0-9a-f]{32} vigie agent\n/,
    )
    assert.equal(err, '')
    assert.match((await run('key list')).out, /rack-7/)
  })

  test('words that make no sense are told from those that do', async () => {
    for (const line of [
      'user',
      'user rename ann',
      'user add',
      'user list ann',
      'user add ann bob',
      'user set ann',
      'user add ann --role root --generate',
      'key create',
      'audit -n 0',
      'audit -n x',
    ]) {
      // prettier-ignore
      assert.equal((await run(line)).code, 2, line)
    }
    assert.deepEqual(await readdir(join(dataDir, 'access')), [])
  })

  test('many at once lose nothing of each other', async () => {
    const names = Array.from({ length: 8 }, (_, at) => `n${at}`)
    await Promise.all(names.map((name) => run(`key create ${name}`)))
    const access = await openHere()
    assert.deepEqual(access.keys.list().map(({ name }) => name).toSorted(), names) // prettier-ignore
    await access.close()
  })

  test('what is broken is left as it is', async () => {
    await run('key create one')
    await writeFile(join(dataDir, 'access', 'keys-2.json'), 'noise')
    const refused = await run('key create two')
    assert.deepEqual([refused.code, refused.out], [1, ''])
    assert.match(
      refused.err,
      /^vigie: Cannot use .*keys-2\.json: it is broken: not JSON; put it back/,
    )
  })
})

describe('with a server', () => {
  let server: TestServer
  let door: ControlDoor
  let access: Access
  beforeEach(async () => {
    access = await openHere()
    server = await openTestServer({ access })
    const path = controlPath(dataDir, 'server')
    door = createControlDoor({ path, log, signal: new AbortController().signal })
    offerAccess(door.control, access)
    await door.open()
    env = { ...env, VIGIE_SERVER_URL: server.url }
  })
  afterEach(async () => {
    await door.close()
    await server.close()
    await access.close()
  })

  test('what a command does counts at once', async () => {
    const key = (await run('key create web')).out.trim()
    assert.equal(access.keys.holderOf(key), 'web')
    assert.equal((await server.get('/api/containers')).status, 200)
    await run('user add ann --role viewer --generate')
    assert.equal((await server.get('/api/containers')).status, 401)
    const token = (await run('token create t')).out.trim()
    const headers = { authorization: `Bearer ${token}` }
    assert.equal((await server.get('/api/containers', headers)).status, 200)
    await run('user remove ann')
    assert.equal(access.accounts.list().length, 0)
    assert.equal((await access.audit.newest(1))[0]?.action, 'user-removed')
  })

  test('a refusal is told as one sentence', async () => {
    const { code, err } = await run('user set nobody --role viewer')
    assert.deepEqual([code, err], [1, 'vigie: Cannot find the account "nobody": there is none of this name; "vigie user list" shows all\n']) // prettier-ignore
  })

  test('commands that ask the server are let in by its door', async () => {
    await run('user add ann --role viewer --generate')
    const { code, out } = await run('stats --no-stream --format json')
    assert.deepEqual([code, out], [0, ''])
    await door.close()
    const shut = await run('stats --no-stream')
    assert.match(shut.err, /answered 401 to GET \/api\/live: Cannot let you in/)
  })

  test('what is written while its door is shut is seen soon', async () => {
    await door.close()
    const key = (await run('key create web')).out.trim()
    assert.equal(access.keys.holderOf(key), undefined)
    await run('user add ann --generate')
    // The server's next change meets that of the command.
    await access.keys.create('other', { name: 'ann' })
    assert.equal(access.keys.holderOf(key), 'web')
    assert.deepEqual(access.keys.list().map(({ name }) => name), ['web', 'other']) // prettier-ignore
  })
})
