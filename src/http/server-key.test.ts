import assert from 'node:assert/strict'
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { openServerKey } from './server-key.ts'

describe('openServerKey()', () => {
  let folder = ''
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vigie-key-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  async function modeOf(): Promise<number> {
    return (await stat(join(folder, 'api_key'))).mode & 0o777
  }

  test('makes a key for its owner alone, and gives the same one later', async () => {
    const key = await openServerKey(folder)
    assert.match(key, /^[0-9a-f]{32}$/)
    assert.equal(await modeOf(), 0o600)
    assert.equal(await openServerKey(folder), key)
    assert.equal(await readFile(join(folder, 'api_key'), 'utf8'), `${key}\n`)
  })

  test('makes another key for another server', async () => {
    const key = await openServerKey(folder)
    await rm(join(folder, 'api_key'))
    assert.notEqual(await openServerKey(folder), key)
  })

  test('tightens a file that others may read', async () => {
    const key = await openServerKey(folder)
    await chmod(join(folder, 'api_key'), 0o644)
    assert.equal(await openServerKey(folder), key)
    assert.equal(await modeOf(), 0o600)
  })

  test('refuses a file with something else in it, without printing that', async () => {
    await writeFile(join(folder, 'api_key'), 'secret words\n')
    await assert.rejects(openServerKey(folder), {
      name: 'ServerKeyError',
      message: /holds 12 characters in place of 32 hexadecimal digits; delete it/,
    })
  })

  test('says which folder is not usable', async () => {
    await assert.rejects(openServerKey(join(folder, 'missing')), {
      name: 'ServerKeyError',
      message: /^Cannot keep the server's key in .*missing\/api_key: ENOENT/,
    })
  })
})
