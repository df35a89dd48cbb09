import assert from 'node:assert/strict'
import { beforeEach, describe, test } from 'node:test'
import { sampleReport } from '../../../test/server/sample-report.ts'
import { AgentRegistry } from './agent-registry.ts'
import { unknownHost } from './datadog-host.ts'

const first = 'aaaa0000-0000-4000-8000-000000000001'
const second = 'bbbb0000-0000-4000-8000-000000000002'
const hourMs = 3_600_000

let nowMs = 1_790_000_000_000
let registry = new AgentRegistry({ clock: () => nowMs })
beforeEach(() => {
  registry = new AgentRegistry({ clock: () => nowMs, maxAgents: 3 })
})

/** Lets agents report once a second for some seconds, one after the other; gives the names they were told. */
function run(seconds: number, agents: readonly { agentId: string; host: string }[]): string[] {
  const names: string[] = []
  for (let n = 0; n < seconds; n++) {
    nowMs += 1000
    for (const agent of agents) {
      const { newName } = registry.takeReport(sampleReport({ ...agent, timeMs: nowMs - 200 }))
      if (newName !== undefined) names.push(`${agent.agentId.slice(0, 4)} ${newName}`)
    }
  }
  return names
}

const hosts = (): string[] => registry.list().map(({ kind, report }) => `${kind} ${report.host}`)

describe('agents of ours', () => {
  test('are known by their ids, with how late they report', () => {
    run(1, [{ agentId: first, host: 'box' }])
    const [agent] = registry.list()
    assert.equal(agent?.report.agentId, first)
    assert.deepEqual([agent.lagMs, agent.isAway, agent.conflict], [200, false, ''])
    run(1, [{ agentId: first, host: 'renamed' }])
    assert.deepEqual(hosts(), ['vigie renamed'])
  })

  test('are away after five seconds, and forgotten after a day', () => {
    run(1, [{ agentId: first, host: 'box' }])
    nowMs += 5000
    assert.equal(registry.list()[0]?.isAway, false)
    nowMs += 1
    assert.equal(registry.list()[0]?.isAway, true)
    nowMs += 23 * hourMs
    registry.sweep()
    assert.deepEqual(hosts(), ['vigie box'])
    nowMs += hourMs
    registry.sweep()
    assert.deepEqual(hosts(), [])
  })

  test('are forgotten ten minutes after another has taken their place', () => {
    run(1, [{ agentId: first, host: 'box' }])
    run(600, [{ agentId: second, host: 'box' }])
    registry.sweep()
    assert.equal(registry.list().length, 2)
    run(1, [{ agentId: second, host: 'box' }])
    registry.sweep()
    assert.deepEqual(
      registry.list().map(({ report }) => report.agentId),
      [second],
    )
  })

  test('that tell no id are known by their host, until they do', () => {
    registry.takeReport(sampleReport({ host: 'box', timeMs: nowMs }))
    run(1, [{ agentId: first, host: 'box' }])
    assert.equal(registry.list().length, 1)
  })

  test('are not set back by a report that was late', () => {
    run(1, [{ agentId: first, host: 'box' }])
    const late = sampleReport({ agentId: first, host: 'box', timeMs: nowMs - 60_000, pid: 7 })
    assert.equal(registry.takeReport(late).isTaken, true)
    assert.notEqual(registry.list()[0]?.report.pid, 7)
  })

  test('are set back by one whose clock was ahead and has been set right', () => {
    registry.takeReport(sampleReport({ agentId: first, host: 'box', timeMs: nowMs + hourMs }))
    registry.takeReport(sampleReport({ agentId: first, host: 'box', timeMs: nowMs, pid: 7 }))
    assert.equal(registry.list()[0]?.report.pid, 7)
  })

  test('that are too many are refused, until one has been away for a day', () => {
    const take = (host: string): boolean =>
      registry.takeReport(sampleReport({ host, timeMs: nowMs })).isTaken
    assert.deepEqual(['a', 'b', 'c', 'd'].map(take), [true, true, true, false])
    assert.equal(registry.hearDatadog('e', '7'), false)
    nowMs += 25 * hourMs
    assert.equal(take('d'), true)
  })
})

describe('one name', () => {
  test('of two machines: the later is told another, both are told of it', () => {
    run(5, [{ agentId: first, host: 'box' }])
    const names = run(6, [
      { agentId: second, host: 'box' },
      { agentId: first, host: 'box' },
    ])
    assert.deepEqual([...new Set(names)], ['bbbb box-bbbb'])
    const [one, other] = registry.list().map(({ conflict }) => conflict)
    assert.match(one ?? '', /the name box too: that of agent bbbb; this one came first/)
    assert.match(other ?? '', /that of agent aaaa; this one came later .* box-bbbb$/)
  })

  test('is nobody else’s any more a minute after the later goes by another', () => {
    run(5, [{ agentId: first, host: 'box' }])
    run(6, [
      { agentId: second, host: 'box' },
      { agentId: first, host: 'box' },
    ])
    const names = run(62, [
      { agentId: second, host: 'box-bbbb' },
      { agentId: first, host: 'box' },
    ])
    assert.deepEqual(names, [])
    assert.deepEqual(
      registry.list().map(({ conflict }) => conflict),
      ['', ''],
    )
  })

  test('goes over to the agent that takes the place of another', () => {
    run(30, [{ agentId: first, host: 'box' }])
    assert.deepEqual(run(30, [{ agentId: second, host: 'box' }]), [])
    assert.deepEqual(
      registry.list().map(({ conflict }) => conflict),
      ['', ''],
    )
  })

  test('goes over while the one before it is stopping', () => {
    run(30, [{ agentId: first, host: 'box' }])
    run(2, [
      { agentId: second, host: 'box' },
      { agentId: first, host: 'box' },
    ])
    assert.deepEqual(run(30, [{ agentId: second, host: 'box' }]), [])
  })

  test('may be that of a Datadog Agent and of ours', () => {
    const tell = (): boolean =>
      registry.takeDatadogHost({ ...unknownHost('box', '7.60.0'), uuid: second })
    tell()
    assert.deepEqual(run(10, [{ agentId: first, host: 'box' }]), [])
    tell()
    assert.deepEqual(run(10, [{ agentId: first, host: 'box' }]), [])
    assert.deepEqual(hosts(), ['datadog box', 'vigie box'])
    assert.deepEqual(
      registry.list().map(({ conflict }) => conflict),
      ['', ''],
    )
  })
})

describe('Datadog Agents', () => {
  test('are heard by a series first, and known once they tell of themselves', () => {
    assert.equal(registry.hearDatadog('dd', '7.60.0'), true)
    assert.equal(registry.list()[0]?.report.hostFacts.os, '')
    registry.takeDatadogHost({
      host: 'dd',
      uuid: first,
      agentVersion: '7.60.0',
      os: 'debian 12.4',
      kernel: '6.1',
      cpuCount: 8,
      memoryBytes: 1024,
      tags: ['env:prod'],
    })
    nowMs += 15_000
    registry.hearDatadog('dd', '7.61.0')
    const [agent, ...others] = registry.list()
    assert.deepEqual(others, [])
    assert.equal(agent?.kind, 'datadog')
    assert.equal(agent.report.agentId, first)
    assert.equal(agent.report.version, '7.61.0')
    assert.equal(agent.report.hostFacts.os, 'debian 12.4')
    assert.deepEqual(agent.hostTags, ['env:prod'])
    assert.equal(agent.receivedAtMs, nowMs)
  })

  test('are away after a minute', () => {
    registry.hearDatadog('dd', '')
    nowMs += 60_000
    assert.equal(registry.list()[0]?.isAway, false)
    nowMs += 1
    assert.equal(registry.list()[0]?.isAway, true)
  })

  test('of two machines with one name are told of', () => {
    for (const uuid of [first, second, first]) {
      registry.takeDatadogHost({ ...unknownHost('dd', '7'), uuid })
      nowMs += 5000
    }
    for (const { conflict } of registry.list()) assert.match(conflict, /set hostname in/)
  })
})
