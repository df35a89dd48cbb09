import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { makeContainer } from '../../../../test/agent/engine-container.ts'
import { makeEngineEvent } from '../../../../test/agent/engine-event.ts'
import { makeEnvironment, makeTelemetry } from '../../../../test/agent/environment.ts'
import { makeLife } from '../../../../test/agent/run-stage.ts'
import type { Item } from '../../../model/item.ts'
import { optionsSchema } from '../options.ts'
import { EngineNews } from './engine-news.ts'

const nowMs = Date.now()
const web = makeContainer({
  id: 'a',
  name: 'web',
  image: 'team/web:1.2',
  startedAtMs: nowMs - 60_000,
})

function open(options: object = {}, stateDir = ''): EngineNews {
  return new EngineNews({
    context: {
      environment: makeEnvironment({ stateDir }),
      telemetry: makeTelemetry(),
      clock: () => nowMs,
    },
    address: 'unix:///test.sock',
    options: optionsSchema.parse(options),
    tagsOf: ({ name }) => [`container_name:${name}`],
    isWatched: ({ name }) => name !== 'hidden',
    imageNameOf: (image) => image,
    lastReadingOf: () => undefined,
    hostCpuCount: 4,
  })
}

/** What the engine says now; the engine's clock is this machine's. */
function now(action: string, attributes: Readonly<Record<string, string>> = {}) {
  return makeEngineEvent(action, { timeNanos: BigInt(nowMs) * 1_000_000n, attributes })
}

/** Kinds and titles, names of checks or ways of totals. */
function brief(items: readonly Item[]): readonly string[] {
  return items.map((item) => {
    if (item.kind === 'event') return item.title
    if (item.kind === 'service-check') return `${item.name} ${item.status}`
    return item.kind === 'container-totals' ? `total ${item.name} ${item.method}` : item.kind
  })
}

describe('EngineNews', () => {
  test('tells an end as event, check and total', () => {
    const news = open({ collect_exit_codes: true })
    news.onAll([web], [])
    news.onLife(makeLife(0, { endedAtMs: nowMs }))
    news.onEvent(now('die', { exitCode: '3' }))
    news.onRemoved('a')
    assert.deepEqual(brief(news.take(nowMs, [])), [
      'team/web:1.2 1 die on box-1',
      'docker.exit 2',
      'total web last_reading',
    ])
    assert.deepEqual(news.take(nowMs + 1000, []), [])
  })

  test('sends no exit code unless asked to', () => {
    const news = open()
    news.onEvent(now('die', { exitCode: '3' }))
    assert.deepEqual(brief(news.take(nowMs, [])), ['team/web:1.2 1 die on box-1'])
  })

  test('tells a kill once that the kernel and the engine tell, and of its run', () => {
    const news = open()
    news.onAll([web], [])
    news.onEvent(now('oom'))
    const told = news.take(nowMs, [{ id: 'a', count: 1 }])
    assert.deepEqual(brief(told), ['team/web:1.2 1 oom on box-1'])
    news.onEvent(now('die', { exitCode: '0' }))
    const [, total] = news.takeAll()
    assert.ok(total?.kind === 'container-totals' && total.wasOomKilled)
  })

  test('says nothing of a container that is kept out', () => {
    const hidden = makeContainer({ id: 'a', name: 'hidden', health: 'unhealthy' })
    const news = open({ collect_exit_codes: true })
    news.onAll([hidden], [])
    for (const event of [now('oom'), now('die', { exitCode: '3' })]) news.onEvent(event)
    news.onLife(makeLife(0, { endedAtMs: nowMs }))
    assert.deepEqual(news.take(nowMs, [{ id: 'a', count: 2 }]), [])
    assert.deepEqual(news.takeAll(), [])
  })

  test('says how healthy a container is, with its tags', () => {
    const news = open()
    news.onAll([{ ...web, health: 'starting' }], [])
    news.onChanged({ ...web, health: 'unhealthy', healthOutput: 'dry' })
    const [check] = news.take(nowMs, [])
    assert.ok(check?.kind === 'service-check')
    assert.deepEqual([check.status, check.message], [2, 'dry'])
    assert.deepEqual(check.tags, ['container_name:web'])
  })

  test('goes on behind the events of the process before, with the runs that it saw begin', () => {
    const folder = mkdtempSync(join(tmpdir(), 'vigie-news-'))
    try {
      const first = open({}, join(folder, 'state'))
      const startedAtMs = nowMs + 60_000
      const start = { ...now('start'), timeNanos: BigInt(startedAtMs) * 1_000_000n }
      first.cursor.advance(start)
      first.onEvent(start)
      assert.deepEqual(brief(first.takeAll()), ['team/web:1.2 1 start on box-1'])
      const second = open({}, join(folder, 'state'))
      assert.equal(second.cursor.advance(start), false)
      second.onAll([], [])
      second.onEvent({ ...start, action: 'die', attributes: { exitCode: '3' } })
      const total = second.takeAll().find(({ kind }) => kind === 'container-totals')
      assert.ok(total?.kind === 'container-totals')
      assert.deepEqual([total.startedAtMs, total.exitCode, total.name], [startedAtMs, 3, 'web'])
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })

  test('asks the engine for what its options want', () => {
    assert.ok(!open().furtherActions.includes('exec_start'))
    assert.ok(open({ filtered_event_types: [] }).furtherActions.includes('exec_start'))
    assert.deepEqual(open({ collect_events: false }).furtherActions, [])
  })
})
