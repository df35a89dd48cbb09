import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { askSql, startVigie, waitForAgent, type Ending, type Vigie } from './vigie-process.ts'
import { waitUntil } from './wait-until.ts'

const counting = `SELECT count() FROM metrics WHERE metric = 'system.load.1'`

describe('vigie backup, restore and store check', () => {
  let folder: string
  let up: Vigie
  let url: string
  let backup: string

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vigie-test-'))
    backup = join(folder, 'all.tar')
    up = await startVigie(['up'], { dataDir: folder })
    url = await up.url()
    await waitForAgent(url, () => true)
  })

  after(async () => {
    await up[Symbol.asyncDispose]()
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  })

  const run = async (args: readonly string[], dataDir = folder): Promise<Ending> => {
    const command = await startVigie(args, { dataDir })
    return command.ended()
  }

  const countPoints = async (): Promise<number> => {
    const [[points] = []] = await askSql(url, counting)
    return Number(points)
  }

  test('copy the store of a server that goes on, and put it into another folder', async () => {
    await waitUntil('three points', 30_000, async () => (await countPoints()) >= 3)
    const least = await countPoints()
    const made = await run(['backup', backup])
    assert.equal(made.exitCode, 0, made.output)
    assert.match(made.output, /^Wrote \d+(\.\d)? [KM]iB to .*all\.tar$/m)
    const most = await countPoints()
    assert.deepEqual(await readdir(join(folder, 'store', 'backups')), [])

    const other = join(folder, 'other')
    await mkdir(other)
    await using empty = await startVigie(['restore', backup], { dataDir: other })
    const restored = await empty.ended()
    assert.equal(restored.exitCode, 0, restored.output)
    await using server = await startVigie(['server'], { dataDir: other })
    const [[points] = []] = await askSql(await server.url(), counting)
    assert.ok(
      Number(points) >= least && Number(points) <= most,
      `${least} ${String(points)} ${most}`,
    )
  })

  test('refuse a file that is there, and a store that holds data or is in use', async () => {
    const twice = await run(['backup', backup])
    assert.equal(twice.exitCode, 2)
    assert.match(twice.output, /all\.tar is there already; give another name/)
    const inUse = await run(['restore', backup])
    assert.equal(inUse.exitCode, 1)
    assert.match(inUse.output, /another server with process id \d+ uses it; stop that one/)
    const full = await run(['restore', backup], join(folder, 'other'))
    assert.equal(full.exitCode, 1)
    assert.match(full.output, /it holds data already/)
  })

  test('tell that all can be read, with a server and without one', async () => {
    for (const dataDir of [folder, join(folder, 'other')]) {
      const checked = await run(['store', 'check'], dataDir)
      assert.equal(checked.exitCode, 0, checked.output)
      assert.match(checked.output, /points_1s +\d+ /)
      assert.match(checked.output, /All of .* can be read\./)
    }
  })

  test('make a backup without a server, too', async () => {
    const file = join(folder, 'offline.tar')
    const made = await run(['backup', file], join(folder, 'other'))
    assert.equal(made.exitCode, 0, made.output)
    assert.ok((await stat(file)).size > 10_000)
  })
})
