import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, open, rm, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import { openStore, type Store } from '../../src/store/open-store.ts'
import { defaultRetention } from '../../src/store/retention.ts'

const run = promisify(execFile)
const minuteMs = 60_000

let folder: string
let store: Store
let nowMs = Date.UTC(2026, 0, 1, 10)

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vigie-full-'))
  await run('mount', ['-t', 'tmpfs', '-o', 'size=80m', 'tmpfs', folder])
  store = await openStore({
    dataDir: folder,
    maxMemoryBytes: 512 * 1024 * 1024,
    retention: defaultRetention,
    queueBytes: 1_000_000,
    maxSeries: 100,
    logBudgetBytes: 1_000_000,
    restMs: 0,
    clock: () => nowMs,
  })
})

after(async () => {
  await store.close()
  await run('umount', [folder])
  await rm(folder, { recursive: true, force: true })
})

const writePoint = async (): Promise<void> => {
  const series = store.series.resolve({
    metric: 'm',
    kind: 'gauge',
    host: 'h',
    tags: [],
    intervalS: 1,
  })
  assert.ok(series)
  const points = { series: [series], timesMs: Float64Array.of(nowMs), values: Float64Array.of(1) }
  await store.write({ points })
}

const count = async (table: string): Promise<unknown> => {
  const query = `SELECT toUInt32(count()) FROM vigie.${table}`
  const rows = await (await store.read.query({ query, format: 'JSONCompactEachRow' })).json()
  return rows.flat().flat()[0]
}

/** Takes all room but so many bytes; gives it back when it is called again. */
async function fillDisk(leftBytes: number): Promise<() => Promise<void>> {
  const path = join(folder, 'filler')
  const file = await open(path, 'w')
  const { bavail, bsize } = await statfs(folder)
  await file.write(Buffer.alloc(bavail * bsize - leftBytes))
  await file.close()
  return () => rm(path)
}

test('a store whose disk is full refuses points, answers, rolls up, and goes on alone once there is room', async () => {
  await writePoint()
  nowMs += 5 * minuteMs
  const makeRoom = await fillDisk(16 * 1024 * 1024)
  const refusal = {
    code: 'STORE_WRITE_FAILED',
    message: 'Cannot write to the store: its disk is full',
  }
  await assert.rejects(writePoint(), refusal)
  assert.equal(store.stats().isDiskFull, true)
  assert.equal(await count('metrics'), 1)
  await store.rollUp()
  assert.equal(await count('metrics_1m'), 1)
  await makeRoom()
  await writePoint()
  assert.equal(await count('metrics'), 2)
  assert.equal(store.stats().isDiskFull, false)
})

test('a store whose disk has no room at all bears it', async () => {
  const points = await count('metrics')
  const makeRoom = await fillDisk(0)
  nowMs += 5 * minuteMs
  await assert.rejects(writePoint(), { message: 'Cannot write to the store: its disk is full' })
  await assert.rejects(store.rollUp())
  assert.equal(await count('metrics'), points)
  await makeRoom()
  await writePoint()
  nowMs += 5 * minuteMs
  await store.rollUp()
  assert.equal(await count('metrics_1m'), await count('metrics'))
})
