import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { sampleContainer } from '../../../test/server/open-test-server.ts'
import { LiveTable, type LiveChanges } from '../../store/live-table.ts'
import type { LiveFollower, LiveSource } from '../live.ts'
import { narrowLiveSource } from './narrow-live-source.ts'

const web = { tags: ['team:web'] }
const api = { tags: ['team:api'] }
const scope = [{ key: 'team', patterns: ['web'], isNegated: false }]

/** A table whose changes are told when the test says so. */
function openSource(): { table: LiveTable; narrowed: LiveSource; changes: () => LiveChanges } {
  const table = new LiveTable({ clock: () => 1_700_000_000_000 })
  const followers: LiveFollower[] = []
  const source: LiveSource = {
    snapshot: () => table.snapshot(),
    agents: () => table.listAgents(),
    follow(follower) {
      followers.push(follower)
      return { close: () => {} }
    },
  }
  const narrowed = narrowLiveSource(source, scope)
  const told: LiveChanges[] = []
  narrowed.follow({ onChanges: (changes) => told.push(changes), onSecond: () => {} })
  const changes = (): LiveChanges => {
    const taken = table.takeChanges()
    for (const { onChanges } of followers) onChanges(taken)
    return told.at(-1) ?? assert.fail('nothing was told')
  }
  return { table, narrowed, changes }
}

function report(table: LiveTable, containers: ReturnType<typeof sampleContainer>[]): void {
  table.applyInventory({
    kind: 'inventory',
    host: 'h',
    timeMs: 1_700_000_000_000,
    isFull: true,
    containers,
    removedIds: [],
  })
}

function record(table: LiveTable, digit: string, id: bigint): void {
  const tags = [`container_id:${digit.repeat(64)}`]
  const series = { id, metric: 'docker.cpu.usage', kind: 'gauge', host: 'h', tags, intervalS: 1 }
  const target = table.follow({ ...series, kind: 'gauge' })
  table.record([target], {
    timesMs: Float64Array.of(1_700_000_000_000),
    values: Float64Array.of(Number(id)),
  })
}

describe('narrowLiveSource()', () => {
  test('tells nothing of containers that do not meet the scope', () => {
    const { table, narrowed, changes } = openSource()
    report(table, [sampleContainer('a', web), sampleContainer('b', api)])
    assert.deepEqual(
      changes().changed.map(({ container }) => container.name),
      ['web-a'],
    )
    assert.deepEqual(
      narrowed.snapshot().map(({ container }) => container.name),
      ['web-a'],
    )
    record(table, 'b', 7n)
    assert.deepEqual(changes(), { ticks: [], changed: [], removedKeys: [] })
    record(table, 'a', 8n)
    assert.equal(changes().ticks[0]?.rows[0]?.[1], 8)
    report(table, [sampleContainer('a', web)])
    assert.deepEqual(changes().removedKeys, [])
  })

  test('tells that a container is gone once it no longer meets the scope', () => {
    const { table, narrowed, changes } = openSource()
    report(table, [sampleContainer('a', web)])
    const [{ key } = { key: 0 }] = changes().changed
    report(table, [sampleContainer('a', api)])
    assert.deepEqual(changes(), { ticks: [], changed: [], removedKeys: [key] })
    assert.deepEqual(narrowed.snapshot(), [])
    record(table, 'a', 9n)
    assert.deepEqual(changes().ticks, [])
  })
})
