import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { AgentList } from '../../src/api/contract/agents.ts'
import type { LogLedgerList } from '../../src/api/contract/logs.ts'
import { startPrivateEngine, type PrivateEngine } from '../engine/private-engine.ts'
import { openNetwork, type Network } from '../network/open-network.ts'
import { collectPoints, compareSeries, readStoredSeries } from './collected-points.ts'
import { numberedWriter, readStoredNumbers } from './numbered-lines.ts'
import { getJson, startVigie, type Vigie } from './vigie-process.ts'
import { waitUntil } from './wait-until.ts'

const token = 'a-token-of-this-test-alone'
const listenPort = 8127
/** How long each fault lasts, in seconds. */
const faultS = 12
/** Of each host; 200 of them each tenth of a second, for all of the faults. */
const lineCount = 2000 * (4 * faultS)

/** An agent with an engine of its own. */
interface Watched {
  readonly name: string
  readonly engine: PrivateEngine
  readonly agent: Vigie
  /** Of the container that writes. */
  readonly id: string
}

describe('two hosts and a server, on a network that fails', () => {
  let network: Network
  let server: Vigie
  let url: string
  const watched: Watched[] = []

  before(async () => {
    network = await openNetwork(3)
    const [ofServer, ...ofAgents] = network.hosts
    assert.ok(ofServer)
    server = await startVigie(['server'], {
      on: ofServer,
      env: { VIGIE_LISTEN: `${ofServer.address}:${listenPort}`, VIGIE_ACCESS_TOKEN: token },
    })
    url = await server.url()
    const key = await server.key()
    for (const [at, host] of ofAgents.entries()) {
      const name = `host-${at + 1}`
      const engine = await startPrivateEngine()
      const agent = await startVigie(['agent'], {
        on: host,
        env: {
          VIGIE_SERVER_URL: url,
          DD_API_KEY: key,
          DD_HOSTNAME: name,
          DOCKER_HOST: engine.dockerHost,
          VIGIE_SINKS_CONSOLE_ENABLED: 'true',
        },
      })
      await engine.run({ command: ['sh', '-c', 'while :; do :; done'], cpus: 0.05 })
      const { id } = await engine.run(numberedWriter({ count: lineCount, pauseMs: 100 }))
      watched.push({ name, engine, agent, id })
    }
  })

  after(async () => {
    for (const { agent, engine } of watched) {
      await agent[Symbol.asyncDispose]()
      await engine[Symbol.asyncDispose]()
    }
    await server?.[Symbol.asyncDispose]()
    await network?.[Symbol.asyncDispose]()
  })

  test('cut, slow by two seconds, and losing a fifth of all packets, all goes on', async () => {
    await waitUntil(
      'both agents have reported',
      30_000,
      async () => (await listAgents()).length === 2,
    )
    for (const fail of [() => network.cut(), () => network.delay(2), () => network.lose(0.2)]) {
      await fail()
      await sleep(faultS * 1000)
      await network.heal()
      await waitUntil('both agents report in time again', 60_000, async () =>
        (await listAgents()).every(({ away, lagMs }) => !away && lagMs < 3000),
      )
    }
  })

  test('no line is lost', async (t) => {
    for (const { engine, id, name } of watched) {
      await engine.waitForEnd(id)
      const stored = await waitUntil(`the last line of ${name}`, 60_000, async () => {
        const numbers = await readStoredNumbers(url, id, token)
        return numbers.highest === lineCount - 1 && numbers.distinct === lineCount && numbers
      })
      t.diagnostic(`${name}: ${stored.lines} lines, ${stored.distinct} of them different`)
      const { ledgers } = await getJson<LogLedgerList>(
        `${url}/api/logs/ledger?container=${id}`,
        token,
      )
      assert.ok(
        ledgers.every(({ droppedLines, refusedLines }) => droppedLines + refusedLines === 0),
      )
    }
  })

  test('no series loses a point', async (t) => {
    for (const { agent, name } of watched) {
      const { exitCode } = await agent.stop()
      assert.equal(exitCode, 0)
      const sent = collectPoints(agent.output())
      assert.ok(sent.size > 60, `${sent.size} series`)
      const stored = await readStoredSeries(url, name, token)
      const points = [...sent.values()].reduce((sum, { count }) => sum + count, 0)
      t.diagnostic(`${name}: ${sent.size} series, ${points} points`)
      assert.deepEqual(compareSeries(sent, stored), [])
    }
  })

  async function listAgents(): Promise<AgentList['agents']> {
    return (await getJson<AgentList>(`${url}/api/agents`, token)).agents
  }
})
