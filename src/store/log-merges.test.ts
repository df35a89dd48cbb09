import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { prepareStoreDir } from './data-folder.ts'
import { openEmbeddedEngine } from './embedded/embedded-engine.ts'
import type { StoreEngine } from './engine.ts'
import { LogMerges } from './log-merges.ts'
import { migrate } from './migrate.ts'

const mebibyte = 1024 * 1024

describe('LogMerges', () => {
  let folder: string
  let engine: StoreEngine

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vigie-merges-'))
    const storeDir = await prepareStoreDir(folder)
    engine = await openEmbeddedEngine({ storeDir, maxMemoryBytes: 512 * mebibyte })
    await migrate(engine.write)
  })

  after(async () => {
    await engine.close()
    await rm(folder, { recursive: true, force: true })
  })

  const bound = async (): Promise<number> => {
    const answer = await engine.write.query({
      query: `SELECT extract(engine_full, 'max_bytes_to_merge_at_max_space_in_pool = (\\d+)') AS bytes
        FROM system.tables WHERE database = 'vigie' AND name = 'log_lines'`,
      format: 'JSONEachRow',
    })
    const [row] = await answer.json<{ bytes: string }>()
    return Number(row?.bytes)
  }

  test('lets parts grow by merges while few lines come in, and hardly while many do', async () => {
    let writtenBytes = 0
    let nowMs = 5000
    const merges = new LogMerges({
      client: engine.write,
      writtenBytes: () => writtenBytes,
      clock: () => nowMs,
    })
    const bounds: number[] = []
    for (const comesIn of [0, 100, 1, 0]) {
      writtenBytes += comesIn * mebibyte
      nowMs += 5000
      await merges.look()
      bounds.push(await bound())
    }
    const [busy = 0, , quiet = 0] = bounds
    assert.ok(quiet > 10 * busy)
    assert.deepEqual(bounds, [busy, busy, quiet, quiet])
  })
})
