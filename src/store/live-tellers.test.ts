import assert from 'node:assert/strict'
import { beforeEach, describe, test } from 'node:test'
import { LiveProbe, web } from '../../test/server/live-probe.ts'
import { sampleContainer } from '../../test/server/open-test-server.ts'
import { sampleReport } from '../../test/server/sample-report.ts'
import type { Container } from '../model/container.ts'
import { storedSeries } from './series-registry.ts'

let probe = new LiveProbe()
beforeEach(() => {
  probe = new LiveProbe()
})

/** A full list from a Datadog Agent, on a host of its own unless told otherwise. */
function tellDatadog(containers: readonly Container[], host = 'dd'): void {
  const inventory = { kind: 'inventory', host, isFull: true, removedIds: [] } as const
  probe.table.applyInventory({ ...inventory, timeMs: probe.nowMs, containers }, 'datadog')
}

function report(host = 'h'): void {
  probe.table.applyAgentReport(sampleReport({ host, timeMs: probe.nowMs }))
}

const poor = { ...web, image: 'poor', labels: {} }

describe('containers that a Datadog Agent tells of', () => {
  test('are shown, and removed when its list has them no more', () => {
    tellDatadog([web, sampleContainer('b')])
    tellDatadog([web])
    assert.deepEqual(probe.states(), ['web-a running', 'web-b removed'])
    assert.deepEqual(probe.table.idsOf('dd', 'datadog'), [web.id])
  })

  test('stay as ours tells of them, and in its place, while ours reports', () => {
    report()
    probe.tell()
    tellDatadog([poor, sampleContainer('b')])
    assert.equal(probe.find(web.id).container.image, web.image)
    assert.equal(probe.find(web.id).host, 'h')
    tellDatadog([])
    tellDatadog([], 'h')
    assert.deepEqual(probe.states(), ['web-a running', 'web-b removed'])
  })

  test('become its own a minute after ours was heard last', () => {
    report()
    probe.tell()
    probe.nowMs += 60_001
    tellDatadog([poor])
    assert.equal(probe.find(web.id).container.image, 'poor')
    assert.equal(probe.find(web.id).host, 'dd')
  })

  test('become ours when ours comes, and stay when ours does not list them', () => {
    tellDatadog([poor, sampleContainer('b')], 'h')
    probe.tell()
    assert.equal(probe.find(web.id).container.image, web.image)
    assert.deepEqual(probe.states(), ['web-a running', 'web-b running'])
  })

  test('go when nothing more is heard of them for five minutes', () => {
    tellDatadog([web])
    probe.nowMs += 300_000
    probe.table.takeChanges()
    assert.deepEqual(probe.states(), ['web-a running'])
    probe.nowMs += 10_000
    probe.table.takeChanges()
    assert.deepEqual(probe.states(), ['web-a removed'])
  })

  test('do not go back to how an older message shows them', () => {
    tellDatadog([web])
    probe.nowMs -= 1000
    tellDatadog([{ ...web, state: 'paused' }])
    assert.deepEqual(probe.states(), ['web-a running'])
  })
})

describe('hosts', () => {
  test('of Datadog Agents are known by the series that says that they run', () => {
    const series = storedSeries({
      metric: 'datadog.agent.running',
      kind: 'gauge',
      host: 'dd',
      tags: ['version:7.60.0'],
      intervalS: 15,
    })
    probe.record(0, [[probe.table.follow(series), 1]])
    assert.deepEqual(
      probe.table.listAgents().map(({ kind, report: { host, version } }) => [kind, host, version]),
      [['datadog', 'dd', '7.60.0']],
    )
  })

  test('that come back after more than a day have their figures again', () => {
    const load = probe.follow('system.load.1', [])
    const dayS = 25 * 3600
    const loadOf = (): number | undefined => probe.table.listAgents()[0]?.figures[3]
    probe.record(0, [[load, 1]])
    probe.nowMs += dayS * 1000
    probe.table.takeChanges()
    report()
    assert.equal(loadOf(), undefined)
    probe.record(dayS, [[load, 2]])
    assert.equal(loadOf(), 2)
  })

  test('whose figures go on are not forgotten, though no agent of theirs reports', () => {
    const load = probe.follow('system.load.1', [])
    const dayS = 25 * 3600
    for (const second of [0, dayS]) {
      probe.nowMs = probe.startMs + second * 1000
      probe.record(second, [[load, second]])
      probe.table.takeChanges()
    }
    report()
    assert.equal(probe.table.listAgents()[0]?.figures[3], dayS)
  })
})
