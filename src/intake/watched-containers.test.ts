import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, test } from 'node:test'
import {
  openTestServer,
  sampleContainer,
  type TestServer,
} from '../../test/server/open-test-server.ts'
import { sampleReport } from '../../test/server/sample-report.ts'
import { processListSchema } from '../api/schemas/processes.ts'
import type { Report } from '../wire/report/decode-report.ts'
import { encodeReport } from '../wire/report/encode-report.ts'

const nowMs = 1_790_000_000_500
const id = 'a'.repeat(64)
const path = `/api/containers/${id}/processes`

let server: TestServer
beforeEach(async () => {
  server = await openTestServer({ clock: () => nowMs })
  const common = { kind: 'inventory', host: 'h', timeMs: nowMs, isFull: true } as const
  const inventory = { ...common, containers: [sampleContainer('a')], removedIds: [] }
  await post({ inventories: [inventory] })
})
afterEach(() => server.close())

/** @returns Which containers the agent is told to look at; null when it is told nothing. */
async function post(report: Partial<Report>): Promise<string | null> {
  const answer = await server.post('/api/vigie/v1/report', encodeReport(report))
  assert.equal(answer.status, 202)
  return answer.headers.get('x-vigie-watched')
}

async function look(): Promise<unknown> {
  return processListSchema.parse(await (await server.get(path)).json())
}

describe('containers that somebody looks at', () => {
  test('are told to their agent from the first question on, and to no other', async () => {
    const agentReports = [sampleReport({ host: 'h', timeMs: nowMs })]
    assert.equal(await post({ agentReports }), '')
    assert.deepEqual(await look(), { readAtMs: null, count: 0, processes: [] })
    assert.equal(await post({ agentReports }), id)
    assert.equal(await post({ agentReports: [sampleReport({ host: 'other' })] }), '')
    assert.equal(await post({ ledgers: [] }), null)
  })

  test('show what the agent tells of them', async () => {
    await look()
    const process = { pid: 7, parentPid: 1, command: 'sh', state: 'S' }
    const busy = { ...process, pid: 8, uid: 0, threads: 2, startedAtMs: 5, cpuRatio: 0.1234 }
    const list = { kind: 'process-list', host: 'h', containerId: id, timeMs: nowMs } as const
    await post({ processes: [{ ...list, count: 2, processes: [busy, process] }] })
    const unread = { uid: null, threads: null, startedAtMs: null, memoryRssBytes: null, cpu: null }
    assert.deepEqual(await look(), {
      readAtMs: nowMs,
      count: 2,
      processes: [
        { ...unread, ...process, pid: 8, uid: 0, threads: 2, startedAtMs: 5, cpu: 12.3 },
        { ...unread, ...process },
      ],
    })
  })

  test('have to be known', async () => {
    const answer = await server.get(`/api/containers/${'b'.repeat(64)}/processes`)
    assert.equal(answer.status, 404)
  })
})
