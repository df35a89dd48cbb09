import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { openIdentity } from './agent-identity.ts'
import type { MachineFacts } from './machine-facts.ts'

const machine: MachineFacts = { machineId: 'm', productUuid: 'p', macs: ['a'] }

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vigie-identity-'))
})
afterEach(() => rm(folder, { recursive: true }))

const stateDir = (): string => join(folder, 'agent')
const path = (): string => join(stateDir(), 'identity.json')

describe('openIdentity()', () => {
  test('makes an id once, in a file for its owner alone', async () => {
    const first = openIdentity(stateDir(), machine)
    assert.match(first.agentId, /^[0-9a-f]{8}-[0-9a-f]{4}-4/)
    assert.equal(first.problem, undefined)
    assert.equal(openIdentity(stateDir(), machine).agentId, first.agentId)
    assert.equal((await stat(path())).mode & 0o777, 0o600)
    assert.deepEqual(await readdir(stateDir()), ['identity.json'])
  })

  test('is another on a machine that was cloned, with a name of its own', () => {
    const first = openIdentity(stateDir(), machine)
    first.takeName('box', 'box-ab12')
    const clone = openIdentity(stateDir(), { ...machine, productUuid: 'q', macs: ['b'] })
    assert.notEqual(clone.agentId, first.agentId)
    assert.equal(clone.nameFor('box'), 'box')
  })

  test('stays the same when less can be read, and knows later what it knew', () => {
    const first = openIdentity(stateDir(), machine)
    assert.equal(openIdentity(stateDir(), { macs: [] }).agentId, first.agentId)
    const clone = openIdentity(stateDir(), { ...machine, productUuid: 'q' })
    assert.notEqual(clone.agentId, first.agentId)
  })

  test('keeps the name that the server gave, as long as the host is called the same', () => {
    const first = openIdentity(stateDir(), machine)
    assert.equal(first.nameFor('box'), 'box')
    assert.equal(first.takeName('box', 'box-ab12'), true)
    assert.equal(first.nameFor('box'), 'box-ab12')
    const again = openIdentity(stateDir(), machine)
    assert.equal(again.nameFor('box'), 'box-ab12')
    assert.equal(again.nameFor('renamed'), 'renamed')
  })

  for (const given of ['', 'a b', 'x\n', '../x', 'é', 'a'.repeat(256)]) {
    test(`takes no ${JSON.stringify(given.slice(0, 10))} for a name`, () => {
      const identity = openIdentity(stateDir(), machine)
      assert.equal(identity.takeName('box', given), false)
      assert.equal(identity.nameFor('box'), 'box')
    })
  }

  for (const content of ['', '{', '{"id":"1"}', '[]']) {
    test(`makes another where the file holds ${JSON.stringify(content)}`, async () => {
      openIdentity(stateDir(), machine)
      await writeFile(path(), content)
      const { agentId } = openIdentity(stateDir(), machine)
      assert.equal(JSON.parse(await readFile(path(), 'utf8')).id, agentId)
    })
  }

  test('tells why it cannot be kept, and goes on', async () => {
    await writeFile(stateDir(), 'a file where the folder should be')
    const identity = openIdentity(stateDir(), machine)
    assert.match(identity.agentId, /^[0-9a-f-]{36}$/)
    assert.match(identity.problem ?? '', /^Cannot keep the agent's identity in .*identity\.json: /)
  })
})
