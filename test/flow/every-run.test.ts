import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { startPrivateEngine } from '../engine/private-engine.ts'
import { leastExactRatio } from './run-totals-check.ts'
import { runShortContainers } from './run-totals-load.ts'
import { askSql, startVigie, waitForAgent } from './vigie-process.ts'
import { waitUntil } from './wait-until.ts'

const count = 200
const toleratedSeconds = 0.01
const toleratedRatio = 0.02

interface Row {
  readonly name: string
  readonly cpuSeconds: number | null
  readonly isExact: boolean
  readonly method: string
  readonly exitCode: number | null
  readonly image: string
  readonly tags: readonly string[]
}

describe('container_totals', () => {
  test(`has a row for each of ${count} short runs, up to 20 at once, exact to 10 ms and 2 %`, async (t) => {
    await using engine = await startPrivateEngine()
    await using vigie = await startVigie(['up'], { env: { DOCKER_HOST: engine.dockerHost } })
    const url = await vigie.url()
    await waitForAgent(url, ({ engine: seen }) => seen?.reachable === true)

    const load = { engine, count, atOnce: 20, shortestMs: 20, longestMs: 2000 }
    const runs = await runShortContainers(load)
    const rows = await waitUntil('a row for each run', 30_000, async () => {
      const found = await readRows(url)
      return found.size >= count && found
    })

    const printedSum = runs.reduce((sum, { printedNanos }) => sum + printedNanos / 1e9, 0)
    const sum = [...rows.values()].reduce((total, { cpuSeconds }) => total + (cpuSeconds ?? 0), 0)
    const methods = Map.groupBy(rows.values(), ({ method }) => method)
    const counts = [...methods].map(([method, of]) => `${of.length} ${method}`).join(', ')
    t.diagnostic(`${counts}; their sum is ${(sum / printedSum).toFixed(4)} of what was printed`)
    assert.equal(rows.size, count)
    const exact = [...rows.values()].filter(({ isExact }) => isExact)
    assert.ok(exact.length >= leastExactRatio * count, `${exact.length} of ${count} are exact`)
    assert.ok(Math.abs(sum / printedSum - 1) <= 0.02, `the sum is ${sum / printedSum}`)
    for (const { id, name, printedNanos } of runs) {
      const row = rows.get(id)
      assert.equal(row?.name, name)
      assert.equal(row.exitCode, 0)
      assert.equal(row.image, 'busybox')
      assert.ok(row.tags.includes(`container_name:${name}`), row.tags.join(' '))
      if (!row.isExact) continue
      const printed = printedNanos / 1e9
      const seen = `${name} printed ${printed} s, its row says ${row.cpuSeconds} s (${row.method})`
      const tolerated = printed * toleratedRatio + toleratedSeconds
      // Of several that ended in one moment only the sum is known: each is in the middle of what it can have used.
      const least = row.method === 'parent_remainder' ? printed - tolerated : printed
      assert.ok(row.cpuSeconds !== null && row.cpuSeconds >= least, seen)
      assert.ok(row.cpuSeconds <= printed + tolerated, seen)
    }
  })
})

/** The rows by the container's id; each of the containers has run once. */
async function readRows(url: string): Promise<ReadonlyMap<string, Row>> {
  const rows = await askSql(
    url,
    `SELECT container_id, name, cpu_seconds, exact, method, exit_code, image, tags
     FROM container_totals WHERE name LIKE 'run-%' LIMIT 1000`,
  )
  return new Map(
    rows.map(([id, name, cpuSeconds, isExact, method, exitCode, image, tags]) => [
      String(id),
      {
        name: String(name),
        cpuSeconds: cpuSeconds === null ? null : Number(cpuSeconds),
        isExact: isExact === true,
        method: String(method),
        exitCode: exitCode === null ? null : Number(exitCode),
        image: String(image),
        tags: Array.isArray(tags) ? tags.map(String) : [],
      },
    ]),
  )
}
