import assert from 'node:assert/strict'
import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { after, before, describe, test } from 'node:test'
import { openStore, type StoreOptions } from './open-store.ts'
import { defaultRetention } from './retention.ts'

type Writer = ChildProcessByStdio<null, Readable, Readable>

/** Writes one event after the other, each named by its number, and prints the number once it is acknowledged. */
const script = `
const { openStore } = await import(process.argv[1])
const store = await openStore(JSON.parse(process.argv[2]))
const first = Number(process.argv[3])
for (let number = first; ; number += 1) {
  const series = store.series.resolve({ metric: 'm', kind: 'gauge', host: 'h', tags: [], intervalS: 1 })
  await store.write({ points: {
    series: [series], timesMs: Float64Array.of(Date.now()), values: Float64Array.of(number) } })
  process.stdout.write(number + '\\n')
}`

describe('a store whose server is killed', () => {
  let dataDir: string
  let options: StoreOptions

  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'vigie-crash-'))
    options = {
      dataDir,
      maxMemoryBytes: 512 * 1024 * 1024,
      retention: defaultRetention,
      queueBytes: 1_000_000,
      maxSeries: 100,
      logBudgetBytes: 1_000_000,
      restMs: 0,
    }
  })

  after(async () => rm(dataDir, { recursive: true, force: true }))

  const start = (first: number): Writer => {
    const url = new URL('open-store.ts', import.meta.url).href
    const args = ['--input-type=module', '--eval', script, url, JSON.stringify(options), `${first}`]
    return spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  }

  const storedNumbers = async (): Promise<readonly number[]> => {
    const store = await openStore(options)
    const query = 'SELECT value FROM vigie.metrics ORDER BY value'
    const answer = await store.read.query({ query, format: 'JSONCompactEachRow' })
    const rows = await answer.json<[number]>()
    await store.close()
    return rows.map(([value]) => value)
  }

  test('holds all that was acknowledged, kill after kill', async () => {
    let next = 0
    for (const count of [8, 1, 15]) {
      const last = await killAfter(start(next), count)
      const numbers = await storedNumbers()
      const missing = Array.from({ length: last + 1 }, (_, number) => number).filter(
        (number) => !numbers.includes(number),
      )
      assert.deepEqual(missing, [])
      next = (numbers.at(-1) ?? -1) + 1
    }
  })

  test('is opened by one server at a time, and by the next once the first is gone', async () => {
    const writer = start(1000)
    await once(createInterface({ input: writer.stdout }), 'line')
    await assert.rejects(openStore(options), {
      code: 'STORE_IN_USE',
      message: `Cannot open the data folder ${dataDir}: another server with process id ${writer.pid} uses it; stop that one, or give this one another folder with VIGIE_DATA_DIR`,
    })
    writer.kill('SIGKILL')
    await once(writer, 'exit')
    assert.ok((await storedNumbers()).includes(1000))
  })

  test('opens without what it cannot read, and counts it', async () => {
    const undamaged = await openStore(options)
    assert.equal(undamaged.damagedParts, 0)
    const answer = await undamaged.read.query({
      query: `SELECT data_paths[1] FROM system.tables WHERE database = 'vigie' AND name = 'points_1s'`,
      format: 'JSONCompactEachRow',
    })
    const [table] = await answer.json<[string]>()
    assert.ok(table)
    await undamaged.close()
    // All of them: which one is in use may have changed with a merge.
    const [folder] = table
    const files = (await readdir(folder, { recursive: true })).filter((file) =>
      file.endsWith('data.bin'),
    )
    for (const file of files) await truncate(join(folder, file), 3)
    const damaged = await openStore(options)
    assert.ok(damaged.damagedParts > 0)
    await damaged.close()
  })

  test('says in one sentence that its tables are damaged', async () => {
    const metadata = join(dataDir, 'store', 'clickhouse', 'metadata')
    const [name] = (await readdir(metadata, { recursive: true })).filter((file) =>
      file.endsWith('points_1s.sql'),
    )
    assert.ok(name)
    await writeFile(join(metadata, name), 'not SQL')
    await assert.rejects(openStore(options), (error: Error) => {
      assert.match(error.message, /^Cannot open the store in .*: .*move the folder away/)
      return 'code' in error && error.code === 'STORE_DAMAGED'
    })
  })
})

/** The last number acknowledged when the process is killed after about `count` of them. */
async function killAfter(writer: Writer, count: number): Promise<number> {
  let acknowledged = -1
  let seen = 0
  for await (const line of createInterface({ input: writer.stdout })) {
    acknowledged = Number(line)
    seen += 1
    if (seen === count) writer.kill('SIGKILL')
  }
  return acknowledged
}
