import assert from 'node:assert/strict'
import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { after, before, describe, test } from 'node:test'
import { prepareStoreDir } from '../../src/store/data-folder.ts'
import { openEmbeddedEngine } from '../../src/store/embedded/embedded-engine.ts'
import { migrate, migrations } from '../../src/store/migrate.ts'
import type { StoreOptions } from '../../src/store/open-store.ts'
import { defaultRetention } from '../../src/store/retention.ts'

type Child = ChildProcessByStdio<null, Readable, null>

const kills = 20
const maxMemoryBytes = 512 * 1024 * 1024
const hourMs = 3_600_000
const source = new URL('../../src/store/', import.meta.url).href

const numbersSql = `SELECT toFloat64(count()) AS rows, toFloat64(uniqExact(value)) AS different, max(value) AS highest
  FROM vigie.metrics WHERE metric = 'm'`

const pointsSql = `SELECT toFloat64(count()) AS rows, toFloat64(uniqExact(id, time)) AS different, sum(value) AS sum
  FROM vigie.points_1s FINAL`

const opening = `
const { openStore } = await import('${source}open-store.ts')
const options = JSON.parse(process.argv[1])
const ask = async (client, query) => {
  const answer = await client.query({ query, format: 'JSONEachRow' })
  process.stdout.write(JSON.stringify((await answer.json())[0]) + '\\n')
}`

/**
 * Each a process of its own: an engine that is opened and closed again and again in one leaves threads behind. The first
 * line of their output is what they find in the store; all but the last go on until they are killed.
 */
const programs = {
  /** Writes a hundred points at a time, each numbered, and prints the last number once they are acknowledged. */
  inserting: `${opening}
const store = await openStore(options)
await ask(store.read, ${JSON.stringify(numbersSql)})
const series = store.series.resolve({ metric: 'm', kind: 'gauge', host: 'h', tags: [], intervalS: 1 })
for (let first = Number(process.argv[2]); ; first += 100) {
  const numbers = Array.from({ length: 100 }, (_, index) => first + index)
  await store.write({ points: {
    series: numbers.map(() => series),
    timesMs: Float64Array.from(numbers, (number) => Number(process.argv[3]) + number),
    values: Float64Array.from(numbers) } })
  process.stdout.write(first + 99 + '\\n')
}`,
  /** Merges what there is into one part, again and again. */
  merging: `${opening}
const { openEmbeddedEngine } = await import('${source}embedded/embedded-engine.ts')
const { prepareStoreDir } = await import('${source}data-folder.ts')
const { dataDir, maxMemoryBytes } = options
const engine = await openEmbeddedEngine({ storeDir: await prepareStoreDir(dataDir), maxMemoryBytes })
await ask(engine.read, ${JSON.stringify(pointsSql)})
for (;;) await engine.write.command({ query: 'OPTIMIZE TABLE vigie.points_1s FINAL' })`,
  /** Brings the schema to the newest version. */
  migrating: `${opening}
process.stdout.write('{}\\n')
await openStore(options)
process.stdout.write('open\\n')
setInterval(() => {}, 1000)`,
  /** Rolls up if it is told to, and ends. */
  asking: `${opening}
const store = await openStore(options)
if (process.argv[3] === 'roll-up') await store.rollUp()
await ask(store.read, process.argv[2])
await store.close()`,
} as const

describe(`a store whose server is killed ${kills} times`, () => {
  let folder: string

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vigie-killed-'))
  })

  after(async () => rm(folder, { recursive: true, force: true }))

  const optionsOf = (name: string): StoreOptions => ({
    dataDir: join(folder, name),
    maxMemoryBytes,
    retention: { ...defaultRetention, points1sMs: 48 * hourMs },
    queueBytes: 1_000_000,
    maxSeries: 100,
    logBudgetBytes: 1_000_000,
    restMs: 0,
  })

  test('in mid-insert has every acknowledged point once, in every table', async (t) => {
    const options = optionsOf('inserting')
    const startMs = Math.floor(Date.now() / hourMs - 24) * hourMs
    let acknowledged = -1
    for (let kill = 0; kill < kills; kill += 1) {
      // What is on the disk unacknowledged comes again, as an agent sends it again.
      const child = start('inserting', options, [`${acknowledged + 1}`, `${startMs}`])
      const { found, last } = await killLater(child, Math.random() * 150)
      checkNumbers(toNumbers(found), acknowledged)
      acknowledged = Math.max(acknowledged, Number(last ?? -1))
    }
    const { rows, highest } = checkNumbers(
      await ask<Numbers>(options, numbersSql, 'roll-up'),
      acknowledged,
    )
    t.diagnostic(`${rows} points`)
    const sum = (highest * (highest + 1)) / 2
    for (const table of ['metrics_10s', 'metrics_1m', 'metrics_1h']) {
      const rolledUp = await ask(options, rolledUpSql(table))
      assert.deepEqual(rolledUp, { count: rows, sum, max: highest }, table)
    }
  })

  test('in mid-merge has every point once', async () => {
    const options = optionsOf('merging')
    const engine = await openEngine(options)
    await migrate(engine.write)
    const startS = Math.floor(Date.now() / 1000) - 100_000
    for (let part = 0; part < 6; part += 1) {
      await engine.write.command({
        query: `INSERT INTO vigie.points_1s SELECT 'm', number % 10, toDateTime64(${startS}, 3, 'UTC') + intDiv(number, 10), number
          FROM numbers(${part * 150_000}, 200_000)`,
      })
    }
    await engine.close()
    const count = 5 * 150_000 + 200_000
    const all = { rows: count, different: count, sum: (count * (count - 1)) / 2 }
    for (let kill = 0; kill < kills; kill += 1) {
      const { found } = await killLater(start('merging', options), Math.random() * 300)
      assert.deepEqual(found, all)
    }
    assert.deepEqual(await ask(options, pointsSql), all)
  })

  test('in mid-migration is migrated at the next start, with every point once', async () => {
    const old = optionsOf('old')
    const engine = await openEngine(old)
    await migrate(engine.write, migrations.slice(0, 4))
    await engine.write.command({
      query: `INSERT INTO vigie.points_1s SELECT 'm', 1, now64(3, 'UTC') - number, number FROM numbers(100000)`,
    })
    await engine.close()
    const tookMs = await measureMigration(old, optionsOf('measured'))
    for (let kill = 0; kill < kills; kill += 1) {
      const options = optionsOf(`migrating-${kill}`)
      await cp(old.dataDir, options.dataDir, { recursive: true, verbatimSymlinks: false })
      await killLater(start('migrating', options), Math.random() * tookMs)
      assert.deepEqual(await ask(options, pointsSql), {
        rows: 100_000,
        different: 100_000,
        sum: 4_999_950_000,
      })
      await rm(options.dataDir, { recursive: true })
    }
  })

  /** Milliseconds from the start of the program to a store that is open. */
  async function measureMigration(old: StoreOptions, options: StoreOptions): Promise<number> {
    await cp(old.dataDir, options.dataDir, { recursive: true })
    const startMs = performance.now()
    const child = start('migrating', options)
    for await (const line of createInterface({ input: child.stdout })) {
      if (line === 'open') child.kill('SIGKILL')
    }
    return performance.now() - startMs
  }
})

function start(
  program: keyof typeof programs,
  options: StoreOptions,
  args: readonly string[] = [],
): Child {
  const flags = ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval']
  return spawn(process.execPath, [...flags, programs[program], JSON.stringify(options), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

/** What a child found and its last line; it is killed so long after the first. */
async function killLater(
  child: Child,
  afterMs: number,
): Promise<{ readonly found: unknown; readonly last: string | undefined }> {
  const lines: string[] = []
  const gone = once(child, 'exit')
  for await (const line of createInterface({ input: child.stdout })) {
    if (lines.length === 0) void sleep(afterMs).then(() => child.kill('SIGKILL'))
    lines.push(line)
  }
  await gone
  assert.equal(child.signalCode, 'SIGKILL', 'it ended by itself')
  const [first = '', ...rest] = lines
  return { found: JSON.parse(first), last: rest.at(-1) }
}

function toNumbers(found: unknown): Numbers {
  const { rows, different, highest } = Object(found)
  return { rows: Number(rows), different: Number(different), highest: Number(highest) }
}

/** None is missing that was acknowledged, none is there twice. */
function checkNumbers(numbers: Numbers, acknowledged: number): Numbers {
  const { rows, different, highest } = numbers
  assert.equal(rows, different, 'a point is there twice')
  if (rows > 0) assert.equal(different, highest + 1, 'a point is missing')
  assert.ok(acknowledged < 0 || highest >= acknowledged, `${acknowledged} is missing`)
  return numbers
}

async function openEngine(options: StoreOptions): ReturnType<typeof openEmbeddedEngine> {
  return openEmbeddedEngine({ storeDir: await prepareStoreDir(options.dataDir), maxMemoryBytes })
}

interface Numbers {
  readonly rows: number
  readonly different: number
  readonly highest: number
}

function rolledUpSql(table: string): string {
  return `SELECT toFloat64(sum(count)) AS count, sum(sum) AS sum, max(max) AS max
    FROM vigie.${table} WHERE metric = 'm'`
}

/** The first row of an answer, from a store that is opened for it. */
async function ask<Row>(options: StoreOptions, query: string, ...args: string[]): Promise<Row> {
  const child = start('asking', options, [query, ...args])
  const gone = once(child, 'exit')
  let text = ''
  for await (const piece of child.stdout) text += String(piece)
  await gone
  assert.equal(child.exitCode, 0)
  const row: Row = JSON.parse(text)
  return row
}
