import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { sampleContainer } from '../../../test/server/open-test-server.ts'
import { sampleLedger } from '../../../test/server/sample-ledger.ts'
import { estimatedTotals, sampleTotals } from '../../../test/server/sample-totals.ts'
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
      figuresFrom: 'engine',
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
  sources: [
    {
      name: 'docker',
      state: 'running',
      message: '',
      restarts: 0,
      lastRunAtMs: 1,
      work: {
        runs: 3,
        lastRunMs: 1.5,
        averageRunMs: 2.25,
        lastRun: { points: 5, sketches: 0, events: 0, serviceChecks: 1, containerTotals: 0 },
        total: { points: 15, sketches: 0, events: 2, serviceChecks: 3, containerTotals: 1 },
        warnings: { count: 2, newest: [{ message: 'no engine', count: 2, lastAtMs: 9 }] },
        errors: { count: 0, newest: [] },
        notes: ['figures: 1 container from cgroup v2'],
      },
    },
  ],
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

const ledgers = [sampleLedger(), sampleLedger({ name: 'file:/a.log', containerId: '' })]
const totals = [sampleTotals('a'), estimatedTotals('b', { wasOomKilled: true })]

describe('decodeReport()', () => {
  test('reads what our own agent writes', () => {
    const agentReports = [agentReport]
    const report = { inventories: [inventory], totals, ledgers, agentReports, processes: [] }
    assert.deepEqual(decodeReport(Buffer.from(encodeReport(report))), report)
  })

  test('takes a body with one list, and leaves out keys that it does not know', () => {
    const body = { agentReports: [{ ...agentReport, new_in_version_9: 1 }], more: true }
    assert.deepEqual(decodeReport(Buffer.from(JSON.stringify(body))), {
      inventories: [],
      totals: [],
      ledgers: [],
      agentReports: [agentReport],
      processes: [],
    })
  })

  test('reads what an agent writes that does not count what its sources do', () => {
    const sources = [{ name: 'docker', state: 'running', message: '', restarts: 0 }]
    const body = { agentReports: [{ ...agentReport, sources }] }
    const [report] = decodeReport(Buffer.from(JSON.stringify(body))).agentReports
    assert.deepEqual(report?.sources, sources)
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
      'figures from elsewhere',
      { ...inventory, containers: [{ ...sampleContainer('a'), figuresFrom: 'guess' }] },
      /containers\[0\]\.figuresFrom: /,
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

  const faultsOfTotals: [string, object, RegExp][] = [
    ['a figure below zero', { cpuNanos: -1 }, /totals\[0\]\.cpuNanos: /],
    ['a figure that no column holds', { readBytes: 1e30 }, /totals\[0\]\.readBytes: /],
    ['null for a figure', { memoryPeakBytes: null }, /totals\[0\]\.memoryPeakBytes: /],
    ['a way that is none', { method: 'guessed' }, /totals\[0\]\.method: /],
    ['a run without its start', { startedAtMs: undefined }, /totals\[0\]\.startedAtMs: /],
    ['a short id', { containerId: 'abc' }, /totals\[0\]\.containerId: expected 64 /],
  ]
  for (const [name, change, message] of faultsOfTotals) {
    test(`refuses totals with ${name}`, () => {
      const body = Buffer.from(JSON.stringify({ totals: [{ ...sampleTotals('a'), ...change }] }))
      assert.throws(() => decodeReport(body), { name: 'WireError', message })
    })
  }

  const process = { pid: 7, parentPid: 1, command: 'sh', state: 'S' }
  const list = {
    kind: 'process-list',
    host: 'box-1',
    containerId: 'a'.repeat(64),
    timeMs: 1_790_000_000_000,
    count: 1,
    processes: [process],
  }
  const faultsOfProcesses: [string, object, RegExp][] = [
    ['a short id', { containerId: 'abc' }, /processes\[0\]\.containerId: expected 64 /],
    [
      'more than are told',
      { processes: Array.from({ length: 101 }, () => process) },
      /processes\[0\]\.processes: /,
    ],
    [
      'a command without end',
      { processes: [{ ...process, command: 'a'.repeat(1001) }] },
      /processes\[0\]\.command: /,
    ],
  ]
  for (const [name, change, message] of faultsOfProcesses) {
    test(`refuses processes with ${name}`, () => {
      const body = Buffer.from(JSON.stringify({ processes: [{ ...list, ...change }] }))
      assert.throws(() => decodeReport(body), { name: 'WireError', message })
    })
  }

  const faultsOfLedgers: [string, object, RegExp][] = [
    ['a number below zero', { sentLines: -1 }, /ledgers\[0\]\.sentLines: /],
    ['half a line', { readLines: 0.5 }, /ledgers\[0\]\.readLines: /],
    ['no name', { name: '' }, /ledgers\[0\]\.name: /],
    ['a short id', { containerId: 'abc' }, /ledgers\[0\]\.containerId: /],
  ]
  for (const [name, change, message] of faultsOfLedgers) {
    test(`refuses a ledger with ${name}`, () => {
      const body = Buffer.from(JSON.stringify({ ledgers: [sampleLedger(change)] }))
      assert.throws(() => decodeReport(body), { name: 'WireError', message })
    })
  }
})
