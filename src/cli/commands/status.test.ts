import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { makeTelemetry } from '../../../test/agent/environment.ts'
import { openTestServer, type TestServer } from '../../../test/server/open-test-server.ts'
import { sampleReport } from '../../../test/server/sample-report.ts'
import type { EndpointReport } from '../../model/agent-report.ts'
import { openLog } from '../../telemetry/log.ts'
import { createControlDoor, type ControlDoor } from '../control-door.ts'
import { controlPath } from '../control-socket.ts'
import { offerEndpoints } from '../own-agent.ts'
import { runCommandLine } from '../run-command-line.ts'
import { status } from './status.ts'

const nowMs = 1_790_000_000_000
const endpoint: EndpointReport = {
  name: 'server',
  url: 'http://127.0.0.1:8127',
  state: 'delivering',
  message: '',
  waiting: 12,
  memoryBytes: 1.2 * 1024 * 1024,
  diskBytes: 0,
  delivered: 1,
  retried: 0,
  setAside: 0,
  dropped: 0,
  lastDeliveredAtMs: nowMs - 1000,
}

let server: TestServer
beforeEach(async () => {
  server = await openTestServer({ clock: () => nowMs })
})
afterEach(() => server.close())

async function run(
  env: Readonly<Record<string, string>> = {},
): Promise<{ code: number; out: string; err: string }> {
  let out = ''
  let err = ''
  const code = await runCommandLine(['status'], [status], {
    out: (text) => {
      out += text
    },
    err: (text) => {
      err += text
    },
    env: { VIGIE_SERVER_URL: server.url, ...env },
    cwd: '/',
    mainFile: '/main.ts',
    signal: new AbortController().signal,
  })
  return { code, out, err }
}

describe('vigie status', () => {
  test('tells of each place that an agent sends to', async () => {
    server.live.applyAgentReport(
      sampleReport({ host: 'box', timeMs: nowMs, endpoints: [endpoint] }),
    )
    const { code, out } = await run()
    assert.match(
      out,
      /\nAgent of box: reporting, version 1\.2\.3, pid 1, .*\n {2}server http:\/\/127\.0\.0\.1:8127 delivering, 12 waiting \(1\.2 MiB in memory, 0 B on disk\), last delivered 1\.0 s ago\n/,
    )
    assert.equal(code, 0)
  })

  test('ends with 1 where a place refuses, and says why', async () => {
    const refusing = { ...endpoint, state: 'refusing', message: 'The key is another one' } as const
    server.live.applyAgentReport(
      sampleReport({ host: 'box', timeMs: nowMs, endpoints: [endpoint, refusing] }),
    )
    const { code, out } = await run()
    assert.match(out, /refusing, .*\n {4}The key is another one\n/)
    assert.equal(code, 1)
  })

  test('tells of Datadog Agents what is known of them', async () => {
    server.live.agents.hearDatadog('dd-1', '7.60.1')
    const { code, out } = await run()
    assert.match(out, /\nDatadog Agent of dd-1: reporting, version 7\.60\.1\n/)
    assert.doesNotMatch(out, /pid 0|waiting/)
    assert.equal(code, 0)
  })

  test('tells of two machines with one name, and ends with 1', async () => {
    for (const [agentId, agoMs] of [
      ['aaaa0001', 10_000],
      ['bbbb0002', 9000],
      ['aaaa0001', 1000],
    ] as const) {
      server.live.applyAgentReport(sampleReport({ agentId, host: 'box', timeMs: nowMs - agoMs }))
    }
    const { code, out } = await run()
    assert.match(out, /reporting, 9\.0 s late, .*\n {2}Another machine goes by the name box too/)
    assert.equal(code, 1)
  })

  describe('beside an agent', () => {
    let dataDir = ''
    let door: ControlDoor
    beforeEach(async () => {
      dataDir = await mkdtemp(join(tmpdir(), 'vigie-status-'))
      const { signal } = new AbortController()
      door = createControlDoor({
        path: controlPath(dataDir, 'agent'),
        log: openLog('silent', 'test'),
        signal,
      })
      const telemetry = makeTelemetry()
      telemetry.watchEndpoint(() => ({
        ...endpoint,
        state: 'refusing',
        message: 'It answered 403',
      }))
      offerEndpoints(door.control, { environment: { agentId: 'aaaa', hostname: 'box' }, telemetry })
      await door.open()
    })
    afterEach(async () => {
      await door.close()
      await rm(dataDir, { recursive: true })
    })
    const told =
      /\nThe agent of box runs here, and the server does not hear it:\n {2}server http:\S+ refusing, 12 waiting .*\n {4}It answered 403\n/

    test('says what keeps it from being heard, and ends with 1', async () => {
      const { code, err } = await run({ VIGIE_DATA_DIR: dataDir })
      assert.match(err, told)
      assert.equal(code, 1)
    })

    test('says so as well where there is no server', async () => {
      const { code, err } = await run({
        VIGIE_DATA_DIR: dataDir,
        VIGIE_SERVER_URL: 'http://127.0.0.1:1',
      })
      assert.match(`\n${err}`, told)
      assert.match(err, /Cannot reach the server at http:\/\/127\.0\.0\.1:1/)
      assert.equal(code, 1)
    })

    test('says nothing of one that is heard', async () => {
      const report = { agentId: 'aaaa', host: 'box', timeMs: nowMs, endpoints: [endpoint] }
      server.live.applyAgentReport(sampleReport(report))
      const { code, err } = await run({ VIGIE_DATA_DIR: dataDir })
      assert.deepEqual([code, err], [0, ''])
    })
  })
})
