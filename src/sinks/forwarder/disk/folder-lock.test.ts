import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { lockFolder } from './folder-lock.ts'

async function makeFolder(name = ''): Promise<{ path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), `vigie-test-${name}`))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) }
}

/** A socket that nobody listens on any more, as a killed process leaves it. */
async function leaveDeadSocket(path: string): Promise<void> {
  const server = createServer()
  server.listen(`${path}.alive`)
  await once(server, 'listening')
  await rename(`${path}.alive`, path)
  server.close()
  await once(server, 'close')
}

describe('lockFolder()', () => {
  test('gives a folder to one at a time', async () => {
    await using folder = await makeFolder()
    const first = await lockFolder(folder.path)
    assert.ok(first)
    assert.equal(await lockFolder(folder.path), undefined)
    await first.release()
    const next = await lockFolder(folder.path)
    assert.ok(next)
    await next.release()
    assert.deepEqual(await readdir(folder.path), [])
  })

  test('gives a folder to one of many that ask at the same time', async () => {
    await using folder = await makeFolder()
    await leaveDeadSocket(join(folder.path, 'lock-000000'))
    const locks = await Promise.all(Array.from({ length: 8 }, () => lockFolder(folder.path)))
    const held = locks.filter((lock) => lock !== undefined)
    assert.equal(held.length, 1)
    assert.equal(await lockFolder(folder.path), undefined)
    await held[0]?.release()
  })

  test('takes over what a killed process has left, and cleans up', async () => {
    await using folder = await makeFolder()
    for (const name of ['lock-000000', 'held-000000', 'lock-ffffff'])
      await leaveDeadSocket(join(folder.path, name))
    const lock = await lockFolder(folder.path)
    assert.ok(lock)
    const left = await readdir(folder.path)
    assert.deepEqual(
      left.filter((name) => /0{6}|f{6}/.test(name)),
      [],
    )
    await lock.release()
  })

  test('works in a folder whose path is too long for an address', async () => {
    await using folder = await makeFolder('long-'.repeat(40))
    const lock = await lockFolder(folder.path)
    assert.ok(lock)
    assert.equal(await lockFolder(folder.path), undefined)
    await lock.release()
  })

  test('rejects when there is no such folder', async () => {
    await assert.rejects(lockFolder('/nonexistent/folder'), { code: 'ENOENT' })
  })
})
