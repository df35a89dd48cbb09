import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Batch, Item } from '../../../src/model/item.ts'
import { makePayloads } from '../../../src/sinks/server/make-payloads.ts'
import { createPoster } from '../../../src/sinks/forwarder/post/create-poster.ts'
import { directOutbound } from '../../agent/environment.ts'
import { askSql, getContainers, startVigie, type Vigie } from '../../flow/vigie-process.ts'
import { cgroupDrivers } from '../guest/guest-engines.ts'

/** Where the machine left what its agents gave. */
const share = process.env['VIGIE_SHARE'] ?? '.'

/** Sends what the agent in the machine gave, in its order, the way its own sink would have. */
async function sendItems(server: Vigie, hostname: string): Promise<void> {
  const key = await server.key()
  const url = await server.url()
  const poster = createPoster(
    { name: 'server', url, headers: () => ({ 'dd-api-key': key }) },
    { outbound: directOutbound, timeoutMs: 20_000, connections: 1 },
  )
  const lines = (await readFile(join(share, `${hostname}.items`), 'utf8')).trim().split('\n')
  const items = lines.map((line): Item => JSON.parse(line))
  for (const batch of splitBefore(items, ({ kind }) => kind === 'inventory')) {
    for (const payload of makePayloads(batch, hostname)) {
      const result = await poster.post(payload, AbortSignal.timeout(20_000))
      assert.ok(result.kind === 'answer' && result.status < 300, JSON.stringify(result))
    }
  }
  poster.close()
}

/** Batches that each begin with an inventory: each state has to arrive before the next. */
function splitBefore(items: readonly Item[], isFirst: (item: Item) => boolean): Batch[] {
  const batches: Item[][] = [[]]
  for (const item of items) {
    if (isFirst(item)) batches.push([])
    batches.at(-1)?.push(item)
  }
  return batches.filter((batch) => batch.length > 0)
}

describe('what the agents on cgroup v2 gave, in the API', () => {
  let server: Vigie
  let url: string

  before(async () => {
    server = await startVigie(['server'])
    url = await server.url()
    for (const driver of cgroupDrivers) await sendItems(server, `vm-${driver}`)
  })
  after(async () => {
    await server.stop()
    await server[Symbol.asyncDispose]()
  })

  for (const driver of cgroupDrivers) {
    const host = `vm-${driver}`

    test(`${driver}: the container with its limits, removed after its end`, async () => {
      const row = (await getContainers(url)).find(({ name }) => name === `life-${driver}`)
      assert.equal(row?.host, host)
      assert.equal(row?.state, 'removed')
      assert.equal(row?.exitCode, 137)
      assert.equal(row?.cpuLimitCores, 0.2)
      assert.equal(row?.memoryLimitBytes, 32 * 2 ** 20)
    })

    test(`${driver}: figures of each kind`, async () => {
      const rows = await askSql(
        url,
        `SELECT DISTINCT metric FROM metrics WHERE host = '${host}' AND has(tags, 'container_name:life-${driver}')`,
      )
      const metrics = new Set(rows.map(([metric]) => metric))
      for (const metric of [
        'docker.cpu.usage',
        'docker.cpu.user',
        'docker.cpu.system',
        'docker.cpu.limit',
        'docker.cpu.throttled',
        'docker.mem.rss',
        'docker.mem.cache',
        'docker.mem.limit',
        'docker.mem.in_use',
        'docker.mem.working_set',
        'docker.io.read_bytes',
        'docker.io.read_operations',
        'docker.io.write_bytes',
        'docker.io.write_operations',
        'docker.net.bytes_rcvd',
        'docker.net.bytes_sent',
        'docker.thread.count',
        'docker.uptime',
      ])
        assert.ok(metrics.has(metric), metric)
    })

    test(`${driver}: the pause, the kill for want of memory, the end`, async () => {
      const rows = await askSql(url, `SELECT title FROM events WHERE host = '${host}'`)
      const titles = rows.map(([title]) => String(title)).join('\n')
      for (const action of ['start', 'pause', 'unpause', 'oom', 'die', 'destroy'])
        assert.match(titles, new RegExp(`\\d ${action}\\b`))
    })

    test(`${driver}: the engine answers`, async () => {
      const [row] = await askSql(
        url,
        `SELECT status FROM service_checks WHERE name = 'docker.service_up' AND host = '${host}' ORDER BY time DESC LIMIT 1`,
      )
      assert.equal(row?.[0], 0)
    })
  }
})
