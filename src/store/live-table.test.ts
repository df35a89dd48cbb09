import assert from 'node:assert/strict'
import { beforeEach, describe, test } from 'node:test'
import { LiveProbe, web } from '../../test/server/live-probe.ts'
import { sampleContainer } from '../../test/server/open-test-server.ts'
import type { AgentReport } from '../model/agent-report.ts'
import type { Container } from '../model/container.ts'
import { hostFigureNames, liveFigureNames } from './live-figures.ts'
import type { ContainerRecord } from './store.ts'

const report: AgentReport = {
  kind: 'agent-report',
  host: 'h',
  timeMs: 0,
  version: '1',
  pid: 1,
  startedAtMs: 0,
  cpuRatio: 0,
  rssBytes: 0,
  sources: [],
  dropped: {},
  bufferedBytes: 0,
  hostFacts: { cpuCount: 1, memoryBytes: 1, os: '', kernel: '', cgroupVersion: 'v2' },
}

let probe = new LiveProbe()
beforeEach(() => {
  probe = new LiveProbe()
})

describe('figures of a host', () => {
  test('are in percent and bytes, without virtual interfaces', () => {
    probe.record(0, [
      [probe.follow('system.cpu.idle', []), 75],
      [probe.follow('system.mem.total', []), 8],
      [probe.follow('system.mem.usable', []), 6],
      [probe.follow('system.io.rkb_s', ['device:sda']), 3],
      [probe.follow('system.net.bytes_rcvd', ['device:eth0']), 10],
      [probe.follow('system.net.bytes_rcvd', ['device:eth1']), 5],
      [probe.follow('system.net.bytes_rcvd', ['device:lo']), 1000],
      [probe.follow('system.net.bytes_rcvd', ['device:veth12ab']), 1000],
      [probe.follow('system.net.bytes_rcvd', ['device:docker0']), 1000],
    ])
    probe.table.applyAgentReport(report)
    const figures = probe.table.listAgents()[0]?.figures ?? []
    const named = Object.fromEntries(hostFigureNames.map((name, index) => [name, figures[index]]))
    assert.deepEqual(named, {
      cpu: 25,
      memoryUsed: 2 * 1024 * 1024,
      memoryTotal: 8 * 1024 * 1024,
      load1: undefined,
      netRcvd: 15,
      netSent: undefined,
      ioRead: 3072,
      ioWritten: undefined,
    })
  })
})

describe('inventories', () => {
  test('full ones replace what the host has, others change it', () => {
    const other = sampleContainer('b')
    probe.tell({ containers: [web, other] })
    assert.deepEqual(probe.states(), ['web-a running', 'web-b running'])
    probe.tell({ isFull: false, containers: [{ ...other, state: 'paused' }] })
    assert.deepEqual(probe.states(), ['web-a running', 'web-b paused'])
    probe.tell({ isFull: false, containers: [], removedIds: [other.id] })
    assert.deepEqual(probe.states(), ['web-a running', 'web-b removed'])
    probe.tell({ containers: [] })
    assert.deepEqual(probe.states(), ['web-a removed', 'web-b removed'])
  })

  test('do not touch containers of other hosts', () => {
    probe.tell()
    probe.tell({ host: 'other', containers: [sampleContainer('b')] })
    probe.tell({ host: 'other', containers: [] })
    assert.deepEqual(probe.states(), ['web-a running', 'web-b removed'])
  })

  test('count for nothing when they are older than the last', () => {
    probe.tell()
    probe.tell({ timeMs: probe.startMs - 1, containers: [] })
    probe.tell({
      timeMs: probe.startMs - 1000,
      isFull: false,
      removedIds: [web.id],
      containers: [],
    })
    assert.deepEqual(probe.states(), ['web-a running'])
  })

  test('leave a removed container for ten minutes', () => {
    probe.tell()
    probe.record(0, [[probe.follow('docker.cpu.usage'), 1]])
    probe.tell({ containers: [] })
    probe.nowMs += 599_000
    probe.table.takeChanges()
    assert.deepEqual(probe.states(), ['web-a removed'])
    probe.nowMs += 12_000
    probe.table.takeChanges()
    assert.deepEqual(probe.states(), [])
    assert.equal(probe.table.container(web.id), undefined)
  })

  test('bring a container back whose points kept coming', () => {
    probe.tell()
    const cpu = probe.follow('docker.cpu.usage')
    probe.tell({ containers: [] })
    probe.nowMs += 700_000
    probe.table.takeChanges()
    probe.record(701, [[cpu, 3]])
    probe.tell()
    assert.equal(probe.figure('cpu'), 3)
  })

  test('move a container when its host gets another name', () => {
    probe.tell()
    probe.tell({ host: 'renamed' })
    probe.tell({ containers: [] })
    assert.deepEqual(probe.states(), ['web-a running'])
    assert.equal(probe.find(web.id).host, 'renamed')
  })

  test('of a host that is silent for a day are forgotten', () => {
    probe.tell()
    probe.nowMs += 23 * 3_600_000
    probe.table.takeChanges()
    assert.equal(probe.table.containers().length, 1)
    probe.nowMs += 2 * 3_600_000
    probe.table.takeChanges()
    assert.equal(probe.table.containers().length, 0)
  })
})

describe('what the store has to be told', () => {
  test('is each container that changed, until it was told', () => {
    probe.tell()
    const first = probe.table.unstored('h')
    assert.deepEqual(first.records, [{ host: 'h', timeMs: probe.startMs, container: web }])
    assert.equal(probe.table.unstored('h').records.length, 1)
    first.confirm()
    assert.deepEqual(probe.table.unstored('h').records, [])
    probe.nowMs += 1000
    probe.tell()
    assert.deepEqual(probe.table.unstored('h').records, [])
    probe.tell({ containers: [{ ...web, health: 'healthy' }] })
    assert.equal(probe.table.unstored('h').records[0]?.container.health, 'healthy')
    assert.deepEqual(probe.table.unstored('unknown').records, [])
  })

  test('is a change that came while an older one was being written', () => {
    probe.tell()
    const first = probe.table.unstored('h')
    probe.tell({ containers: [{ ...web, state: 'paused' }] })
    first.confirm()
    assert.equal(probe.table.unstored('h').records[0]?.container.state, 'paused')
  })

  test('is a container that lives on unchanged, every six hours', () => {
    probe.tell()
    probe.table.unstored('h').confirm()
    probe.nowMs += 6 * 3_600_000 - 1
    probe.tell()
    assert.deepEqual(probe.table.unstored('h').records, [])
    probe.nowMs += 1
    probe.tell()
    const again = probe.table.unstored('h')
    assert.equal(again.records[0]?.timeMs, probe.nowMs)
    again.confirm()
    assert.deepEqual(probe.table.unstored('h').records, [])
  })

  test('is that a container was removed', () => {
    probe.tell()
    probe.table.unstored('h').confirm()
    probe.nowMs += 1000
    probe.tell({ containers: [] })
    const [removed] = probe.table.unstored('h').records
    assert.deepEqual(removed, {
      host: 'h',
      timeMs: probe.nowMs,
      container: { ...web, state: 'removed' },
    })
  })

  test('is nothing of what it told itself', () => {
    probe.table.prime([{ host: 'h', timeMs: probe.startMs - 5000, container: web }])
    assert.deepEqual(probe.states(), ['web-a running'])
    probe.tell()
    assert.deepEqual(probe.table.unstored('h').records, [])
  })
})

describe('prime()', () => {
  test('takes the newest of several records, and leaves out what was removed long ago', () => {
    probe.table.prime([
      recordOf({ ...web, state: 'exited' }, 10),
      recordOf({ ...web, state: 'paused' }, 20),
      recordOf(sampleContainer('b', { state: 'removed' }), 60),
      recordOf(sampleContainer('c', { state: 'removed' }), 3000),
    ])
    assert.deepEqual(probe.states(), ['web-b removed', 'web-a exited'])
  })

  test('knows what is gone when the first full inventory comes', () => {
    probe.table.prime([
      { host: 'h', timeMs: probe.startMs - 5000, container: sampleContainer('b') },
    ])
    probe.tell()
    assert.deepEqual(probe.states(), ['web-b removed', 'web-a running'])
    assert.equal(probe.table.unstored('h').records.length, 2)
  })
})

describe('takeChanges()', () => {
  test('gives new containers first, then their figures, and only keys when nothing changed', () => {
    const [cpu, memory] = [probe.follow('docker.cpu.usage'), probe.follow('docker.mem.working_set')]
    probe.tell()
    probe.record(0, [
      [cpu, 1.234],
      [memory, 10],
    ])
    const { key } = probe.find(web.id)
    const first = probe.table.takeChanges()
    assert.deepEqual(
      first.changed.map(({ container }) => container),
      [web],
    )
    const rest = liveFigureNames.slice(5).map(() => null)
    assert.deepEqual(first.ticks, [
      { timeMs: probe.startMs, rows: [[key, 1.23, null, null, null, 10, ...rest]] },
    ])
    probe.record(1, [
      [cpu, 1.2341],
      [memory, 10],
    ])
    const second = probe.table.takeChanges()
    assert.deepEqual(second.changed, [])
    assert.deepEqual(second.ticks, [{ timeMs: probe.startMs + 1000, rows: [[key]] }])
    assert.deepEqual(probe.table.takeChanges(), { ticks: [], changed: [], removedKeys: [] })
  })

  test('gives a tick for each second when hosts are not at the same one', () => {
    const other = sampleContainer('b')
    probe.tell({ containers: [web, other] })
    probe.record(1, [[probe.follow('docker.cpu.usage'), 1]])
    probe.record(0, [[probe.follow('docker.cpu.usage', [`container_id:${other.id}`]), 2]])
    const { ticks } = probe.table.takeChanges()
    assert.deepEqual(
      ticks.map(({ timeMs }) => timeMs - probe.startMs),
      [0, 1000],
    )
    assert.deepEqual(
      ticks.map(({ rows }) => rows[0]?.slice(0, 2)),
      [
        [probe.find(other.id).key, 2],
        [probe.find(web.id).key, 1],
      ],
    )
  })

  test('says all figures again after a snapshot that showed newer ones', () => {
    const cpu = probe.follow('docker.cpu.usage')
    probe.tell()
    probe.record(0, [[cpu, 5]])
    probe.table.takeChanges()
    probe.record(1, [[cpu, 7]])
    assert.equal(probe.table.snapshot()[0]?.figures[0], 7)
    probe.record(2, [[cpu, 5]])
    assert.equal(probe.table.takeChanges().ticks[0]?.rows[0]?.[1], 5)
  })

  test('names a container that was removed once, and gives no more of its figures', () => {
    probe.tell()
    const { key } = probe.find(web.id)
    probe.table.takeChanges()
    probe.record(0, [[probe.follow('docker.cpu.usage'), 5]])
    probe.tell({ containers: [] })
    assert.deepEqual(probe.table.takeChanges(), { ticks: [], changed: [], removedKeys: [key] })
    assert.deepEqual(probe.table.takeChanges().removedKeys, [])
    assert.deepEqual(probe.table.snapshot(), [])
  })

  test('names a container that came back as changed', () => {
    probe.tell()
    probe.tell({ containers: [] })
    probe.tell()
    const { changed, removedKeys } = probe.table.takeChanges()
    assert.deepEqual(removedKeys, [])
    assert.equal(changed[0]?.container.state, 'running')
  })
})

describe('bounds', () => {
  test('take no more containers and hosts than allowed', () => {
    probe = new LiveProbe({ maxContainers: 2, maxHosts: 2 })
    probe.tell({ containers: ['a', 'b', 'c', 'd'].map((digit) => sampleContainer(digit)) })
    assert.deepEqual(probe.states(), ['web-a running', 'web-b running'])
    assert.equal(
      probe.follow('docker.cpu.usage', [`container_id:${'e'.repeat(64)}`]).slot,
      undefined,
    )
    for (const [host, isTaken] of [
      ['second', true],
      ['third', true],
      ['fourth', false],
    ] as const) {
      assert.equal(probe.table.applyAgentReport({ ...report, host }).isTaken, isTaken, host)
    }
    assert.equal(probe.table.listAgents().length, 2)
  })

  test('forget figures of containers that no inventory names', () => {
    probe = new LiveProbe({ maxContainers: 1 })
    probe.record(0, [[probe.follow('docker.cpu.usage', ['container_id:unknown']), 1]])
    assert.equal(probe.follow('docker.cpu.usage').slot, undefined)
    probe.nowMs += 61_000
    probe.table.takeChanges()
    assert.notEqual(probe.follow('docker.cpu.usage').slot, undefined)
  })
})

describe('listAgents()', () => {
  test('says that one is away after five seconds', () => {
    probe.table.applyAgentReport(report)
    probe.nowMs += 5000
    assert.equal(probe.table.listAgents()[0]?.isAway, false)
    probe.nowMs += 1
    assert.equal(probe.table.listAgents()[0]?.isAway, true)
    probe.table.applyAgentReport(report)
    assert.equal(probe.table.listAgents()[0]?.isAway, false)
    assert.equal(probe.table.listAgents()[0]?.receivedAtMs, probe.nowMs)
  })
})

function recordOf(container: Container, secondsAgo: number): ContainerRecord {
  return { host: 'h', timeMs: probe.startMs - secondsAgo * 1000, container }
}
