import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { sampleLedger } from '../../../test/server/sample-ledger.ts'
import { sampleTotals } from '../../../test/server/sample-totals.ts'
import type { AgentReport } from '../../model/agent-report.ts'
import type { Inventory } from '../../model/container.ts'
import type { ProcessList } from '../../model/process-list.ts'
import { decodeReport } from './decode-report.ts'
import { encodeReport } from './encode-report.ts'

const inventory: Inventory = {
  kind: 'inventory',
  host: 'box-1',
  timeMs: 1_795_189_550_515,
  isFull: false,
  containers: [],
  removedIds: ['a'.repeat(64)],
}
const agentReport: AgentReport = {
  kind: 'agent-report',
  host: 'box-1',
  timeMs: 1_795_189_550_515,
  version: '0.1.0',
  pid: 42,
  startedAtMs: 1_795_189_000_000,
  cpuRatio: 0.02,
  rssBytes: 80_000_000,
  sources: [{ name: 'docker', state: 'running', message: '', restarts: 0, lastRunAtMs: 5 }],
  dropped: { 'server.buffer_full': 3 },
  bufferedBytes: 0,
  hostFacts: { cpuCount: 2, memoryBytes: 4e9, os: 'Linux', kernel: '6.1', cgroupVersion: 'v2' },
}

const processes: readonly ProcessList[] = [
  {
    kind: 'process-list',
    host: 'box-1',
    containerId: 'a'.repeat(64),
    timeMs: 1_795_189_550_000,
    count: 2,
    processes: [
      {
        pid: 7,
        parentPid: 1,
        uid: 0,
        command: 'sh -c "a"',
        state: 'S',
        threads: 1,
        rssBytes: 4096,
      },
      { pid: 9, parentPid: 7, command: '[sh]', state: 'Z', startedAtMs: 1, cpuRatio: 0.25 },
    ],
  },
]

describe('encodeReport()', () => {
  test('is read by our own intake as it was meant', () => {
    const totals = [sampleTotals('a')]
    const ledgers = [sampleLedger()]
    const agentReports = [agentReport]
    const report = { inventories: [inventory], totals, ledgers, agentReports, processes }
    assert.deepEqual(decodeReport(Buffer.from(encodeReport(report))), report)
  })

  test('sends nothing else that the object holds', () => {
    const more = { inventories: [], totals: [], ledgers: [], agentReports: [], points: [1, 2, 3] }
    assert.equal(
      encodeReport(more),
      '{"inventories":[],"totals":[],"ledgers":[],"agentReports":[]}',
    )
  })
})
