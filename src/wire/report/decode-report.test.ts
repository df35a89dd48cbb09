import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { sampleContainer } from '../../../test/server/open-test-server.ts'
import type { AgentReport } from '../../model/agent-report.ts'
import type { Inventory } from '../../model/container.ts'
import { decodeReport } from './decode-report.ts'
import { encodeReport } from './encode-report.ts'

const inventory: Inventory = {
  kind: 'inventory',
  host: 'debian-1',
  timeMs: 1_790_000_000_000,
  isFull: true,
  containers: [
    sampleContainer('a', {
      startedAtMs: 1,
      finishedAtMs: 2,
      exitCode: 137,
      labels: { 'com.docker.compose.service': 'web' },
      env: ['A=b'],
      ports: [{ containerPort: 80, protocol: 'tcp', hostPort: 8080, hostIp: '0.0.0.0' }],
      mounts: [{ kind: 'bind', source: '/a', target: '/b', isReadOnly: true }],
      networks: [{ name: 'bridge', ipAddress: '172.17.0.2' }],
      cpuLimitCores: 0.5,
      memoryLimitBytes: 1024,
    }),
    sampleContainer('b'),
  ],
  removedIds: [],
}

const agentReport: AgentReport = {
  kind: 'agent-report',
  host: 'debian-1',
  timeMs: 1_790_000_000_000,
  version: '0.1.0',
  pid: 7,
  startedAtMs: 1_789_999_000_000,
  cpuRatio: 0.004,
  rssBytes: 60_000_000,
  sources: [{ name: 'docker', state: 'running', message: '', restarts: 0, lastRunAtMs: 1 }],
  engine: {
    endpoint: 'unix:///var/run/docker.sock',
    isReachable: true,
    message: '',
    version: '27.0',
  },
  dropped: { 'server.buffer_full': 2 },
  bufferedBytes: 0,
  hostFacts: { cpuCount: 2, memoryBytes: 4096, os: 'Debian', kernel: '6.1', cgroupVersion: 'v2' },
}

describe('decodeReport()', () => {
  test('reads what our own agent writes', () => {
    const report = { inventories: [inventory], agentReports: [agentReport] }
    assert.deepEqual(decodeReport(Buffer.from(encodeReport(report))), report)
  })

  test('takes a body with one list, and leaves out keys that it does not know', () => {
    const body = { agentReports: [{ ...agentReport, new_in_version_9: 1 }], more: true }
    assert.deepEqual(decodeReport(Buffer.from(JSON.stringify(body))), {
      inventories: [],
      agentReports: [agentReport],
    })
  })

  const faults: [string, unknown, RegExp][] = [
    [
      'a short id',
      { ...inventory, containers: [sampleContainer('a', { id: 'abc' })] },
      /inventories\[0\]\.containers\[0\]\.id: expected 64 lower-case hexadecimal digits/,
    ],
    ['no host', { ...inventory, host: '' }, /inventories\[0\]\.host: /],
    [
      'a time that no calendar holds',
      { ...inventory, timeMs: 1e300 },
      /inventories\[0\]\.timeMs: /,
    ],
    [
      'a state that is none',
      { ...inventory, containers: [{ ...sampleContainer('a'), state: 'gone' }] },
      /containers\[0\]\.state: /,
    ],
    [
      'null for a limit',
      { ...inventory, containers: [{ ...sampleContainer('a'), cpuLimitCores: null }] },
      /cpuLimitCores: /,
    ],
  ]
  for (const [name, broken, message] of faults) {
    test(`refuses ${name}`, () => {
      const body = Buffer.from(JSON.stringify({ inventories: [broken] }))
      assert.throws(() => decodeReport(body), { name: 'WireError', message })
    })
  }
})
