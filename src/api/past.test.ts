import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { openTestServer, sentenceOf, type TestServer } from '../../test/server/open-test-server.ts'
import { PastStory } from '../../test/server/past-story.ts'
import { openQuestions } from '../query/open-questions.ts'
import { openTemporaryStore, type TemporaryStore } from '../store/temporary-store.ts'
import type { AgentSummary } from './contract/agents.ts'
import { takeAgentNews } from './contract/live-agents.ts'
import { figureNames, type ContainerRow, type Figures } from './contract/containers.ts'
import type { LiveTick } from './contract/live.ts'
import type { PastAnswer } from './contract/past.ts'
import { pastAnswerSchema } from './schemas/past.ts'

let story: PastStory
let store: TemporaryStore
let server: TestServer

before(async () => {
  story = new PastStory(Math.floor(Date.now() / 1000) - 600)
  store = await openTemporaryStore()
  await story.tell(store)
  server = await openTestServer({
    store,
    registry: store.series,
    live: story.table,
    ...openQuestions(store),
    clock: () => story.endS * 1000 + 2500,
  })
})

after(async () => {
  await server.close()
  await store[Symbol.asyncDispose]()
})

async function ask(second: number, more = ''): Promise<PastAnswer> {
  const response = await server.get(`/api/past?at=${story.startS + second}${more}`)
  assert.equal(response.status, 200, await response.clone().text())
  return pastAnswerSchema.parse(await response.json())
}

function plain<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value))
}

function withoutKeys(rows: readonly ContainerRow[]): Omit<ContainerRow, 'key'>[] {
  const byId = rows.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  return plain(byId.map(({ key: _key, ...row }) => row))
}

/** What is kept of an agent. */
function kept(agents: readonly AgentSummary[]): object[] {
  return plain(
    agents.map(({ host, away, cpuRatio, rssBytes, figures, hostFacts, version, pid }) =>
      away ? { host, away } : { host, away, cpuRatio, rssBytes, figures, hostFacts, version, pid },
    ),
  )
}

/** The figures of each container after a tick, by its id. */
function applyTick(
  tick: LiveTick,
  ids: ReadonlyMap<number, string>,
  shown: Map<string, Figures>,
): void {
  for (const [key, ...numbers] of tick.rows) {
    const id = ids.get(key ?? -1) ?? assert.fail(`tick of unknown key ${key}`)
    if (numbers.length === 0) continue
    const read = figureNames.flatMap((name, index) => {
      const value = numbers[index]
      return value == null ? [] : [[name, value] as const]
    })
    shown.set(id, Object.fromEntries(read))
  }
}

describe('GET /api/past', () => {
  for (const second of [12, 30, 61, 75, 101, 130, 170]) {
    test(`shows second ${second} as the live table showed it`, async () => {
      const live = story.shownAt(second)
      const past = await ask(second)
      assert.equal(past.fromS, story.startS + second)
      assert.equal(past.toS, past.fromS)
      assert.equal(past.resolutionS, 1)
      assert.deepEqual(past.events, [])
      assert.deepEqual(withoutKeys(past.snapshot.containers), withoutKeys(live.containers))
      assert.deepEqual(kept(past.snapshot.agents), kept(live.agents))
    })
  }

  test('tells what came after as the live stream told it', async () => {
    const past = await ask(50, '&seconds=90')
    const ids = new Map(past.snapshot.containers.map(({ key, id }) => [key, id]))
    const shown = new Map(past.snapshot.containers.map(({ id, figures }) => [id, figures]))
    let { agents } = past.snapshot
    const states = new Map(past.snapshot.containers.map(({ id, state }) => [id, state]))
    assert.equal(past.toS, past.fromS + 90)
    // Nothing but their figures changes each second, and that b falls silent.
    const told = past.events.flatMap((event) => (event.kind === 'agents' ? event.data.changed : []))
    assert.deepEqual(
      told.map(({ host, away }) => [host, away]),
      [['b', true]],
    )
    for (const event of past.events) {
      if (event.kind === 'containers') {
        for (const row of event.data.changed) {
          ids.set(row.key, row.id)
          states.set(row.id, row.state)
          shown.set(row.id, row.figures)
        }
        for (const key of event.data.removedKeys) states.delete(ids.get(key) ?? '')
      }
      if (event.kind === 'tick') applyTick(event.data, ids, shown)
      if (event.kind !== 'agents') continue
      const { time } = event.data
      agents = takeAgentNews(agents, event.data)
      const live = story.shownAt(time / 1000 - story.startS)
      assert.deepEqual(kept(agents), kept(live.agents))
      for (const row of live.containers) {
        assert.equal(states.get(row.id), row.state, `${row.name} at ${time}`)
        if (row.figuresAt === time) assert.deepEqual(shown.get(row.id), plain(row.figures))
      }
      assert.equal(states.size, live.containers.length)
    }
  })

  test('tells means over longer steps', async () => {
    const past = await ask(20, '&seconds=24&step=6')
    const each = await ask(20, '&seconds=24')
    const web = past.snapshot.containers.find(({ name }) => name === 'web') ?? assert.fail()
    const ticksOf = ({ events }: PastAnswer): LiveTick[] =>
      events.flatMap((event) => (event.kind === 'tick' ? [event.data] : []))
    const cpuOf = ({ rows }: LiveTick): number =>
      rows.find(([key]) => key === web.key)?.[1] ?? Number.NaN
    const coarse = ticksOf(past)
    assert.deepEqual(
      coarse.map(({ time }) => time / 1000 - story.startS),
      [26, 32, 38, 44],
    )
    for (const tick of coarse) {
      const within = ticksOf(each).filter(
        ({ time }) => time > tick.time - 6000 && time <= tick.time,
      )
      const mean = within.map(cpuOf).reduce((sum, value) => sum + value, 0) / within.length
      assert.ok(Math.abs(cpuOf(tick) - mean) < 0.02, `${cpuOf(tick)} is not ${mean}`)
    }
  })

  test('shows a container that nobody saw, from its start to its end', async () => {
    const [unseen] = PastStory.unseenRun
    const names = async (second: number): Promise<string[]> =>
      (await ask(second)).snapshot.containers.map(({ name }) => name)
    assert.ok(!(await names(unseen.fromS - 1)).includes(unseen.name))
    assert.ok((await names(unseen.fromS)).includes(unseen.name))
    assert.ok(!(await names(unseen.toS)).includes(unseen.name))
  })

  test('leaves out the seconds that are not settled', async () => {
    const length = story.endS - story.startS
    const past = await ask(length + 2, '&seconds=30')
    assert.equal(past.fromS, story.endS)
    assert.equal((await ask(length - 3, '&seconds=30')).toS, story.endS)
  })

  test('refuses what is not there in one sentence', async () => {
    const later = await server.get(`/api/past?at=${story.endS + 60}`)
    assert.equal(later.status, 400)
    assert.match(await sentenceOf(later), /later than now; ask for a time from \d+ \(20.*Z\) to /)
    const earlier = await server.get(`/api/past?at=${story.startS - 3600}`)
    assert.equal(earlier.status, 400)
    assert.match(await sentenceOf(earlier), /nothing is kept of that time/)
  })
})
