import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { startPrivateEngine, type PrivateEngine } from '../engine/private-engine.ts'
import {
  askSql,
  getContainers,
  startVigie,
  waitForAgent,
  waitForContainer,
  type Vigie,
} from './vigie-process.ts'
import { waitUntil } from './wait-until.ts'

const back = 5000

describe('an engine that fails under a running agent', () => {
  let engine: PrivateEngine
  let vigie: Vigie
  let url: string
  const name = 'faults-busy'

  before(async () => {
    engine = await startPrivateEngine()
    vigie = await startVigie(['up'], { env: { DOCKER_HOST: engine.dockerHost } })
    url = await vigie.url()
    await engine.run({ name, command: ['sh', '-c', 'while :; do :; done'], cpus: 0.1 })
    await waitForContainer(url, name, ({ figures }) => figures.cpu !== undefined)
  })

  after(async () => {
    await vigie[Symbol.asyncDispose]()
    await engine[Symbol.asyncDispose]()
  })

  /** Waits until the agent says that the engine is away, in words that fit. */
  const waitUntilLost = async (words: RegExp): Promise<unknown> =>
    waitForAgent(
      url,
      ({ engine: seen }) => seen?.reachable === false && words.test(seen.message),
      15_000,
    )

  test('hung for a minute: figures go on, it is reported, it recovers within 5 s', async () => {
    const frozenAtMs = Date.now()
    await engine.freeze()
    await waitUntilLost(/has not answered/)
    await waitUntil('a minute', 70_000, () => Date.now() - frozenAtMs >= 60_000)
    const [row] = await getContainers(url, 'running')
    assert.ok((row?.figuresAt ?? 0) > Date.now() - 3000, 'figures stood still')
    await engine.thaw()
    await waitForAgent(url, (agent) => agent.engine?.reachable === true, back)
  })

  test('restarted: what ended is told, what starts is found within 5 s, nothing twice', async () => {
    await engine.shutDown()
    await waitUntilLost(/DOCKER_HOST/)
    await engine.startAgain()
    await waitForContainer(url, name, ({ state }) => state === 'exited', back)
    await engine.tell(name, 'start')
    await waitForContainer(
      url,
      name,
      ({ state, figures }) => state === 'running' && figures.cpu !== undefined,
    )
    const rows = await getContainers(url)
    assert.equal(rows.filter((row) => row.name === name).length, 1)
  })

  test('killed: its containers go on with their figures, and it is found again', async () => {
    await engine.crash()
    await waitUntilLost(/DOCKER_HOST/)
    const at = Date.now()
    await waitForContainer(url, name, ({ figuresAt }) => (figuresAt ?? 0) > at)
    await engine.startAgain()
    await waitForAgent(url, (agent) => agent.engine?.reachable === true, back)
  })

  test('left no negative rate and no zero in place of a missing figure', async () => {
    // A container may well use no CPU for a second, but none runs without memory and threads: only the last reading of a
    // run may find that its processes have just gone.
    const [[negative, zeros] = []] = await askSql(
      url,
      `SELECT countIf(value < 0),
         countIf(value = 0 AND metric IN ('docker.mem.rss', 'docker.thread.count') AND next - time <= 1)
       FROM (
         SELECT metric, time, value,
           leadInFrame(time) OVER (PARTITION BY metric, tags ORDER BY time ROWS BETWEEN CURRENT ROW AND 1 FOLLOWING) AS next
         FROM metrics WHERE metric LIKE 'docker.%' AND has(tags, 'container_name:${name}')
       ) WHERE next > time OR value < 0`,
    )
    assert.equal(Number(negative), 0)
    assert.equal(Number(zeros), 0)
  })

  test('is told by the service check, critical while away and OK after', async () => {
    const statuses = await waitUntil('the newest check to be OK', 30_000, async () => {
      const rows = await askSql(
        url,
        `SELECT status FROM service_checks WHERE name = 'docker.service_up' ORDER BY time`,
      )
      return rows.at(-1)?.[0] === 0 && rows.map(([status]) => status)
    })
    assert.ok(statuses.includes(2), `statuses ${statuses.join(' ')}`)
  })
})

describe('an engine that is not there at the start', () => {
  test('is named with the way to give another, and its containers appear by themselves', async () => {
    await using engine = await startPrivateEngine()
    await engine.shutDown()
    await using vigie = await startVigie(['up'], { env: { DOCKER_HOST: engine.dockerHost } })
    const url = await vigie.url()
    const agent = await waitForAgent(
      url,
      (row) => row.engine?.reachable === false && row.figures.cpu !== undefined,
    )
    assert.match(agent.engine?.message ?? '', new RegExp(`${engine.socketPath}.*DOCKER_HOST`))
    assert.deepEqual(await getContainers(url), [])
    await engine.startAgain()
    await waitForAgent(url, (row) => row.engine?.reachable === true, back)
    const { name } = await engine.run({ command: ['sleep', '100'] })
    await waitForContainer(url, name)
  })
})
