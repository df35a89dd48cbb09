import assert from 'node:assert/strict'
import { cp, lstat, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { cpus, release, tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { AgentList, AgentRow } from '../../src/api/contract/agents.ts'
import { askSql, getJson, runVigie, startVigie, type Vigie } from './vigie-process.ts'
import { waitUntil } from './wait-until.ts'

const host = 'twin'

describe('several hosts at one server', () => {
  let folder = ''
  let server: Vigie
  let url = ''
  const running = new Map<string, Vigie>()
  /** What the second host is called once it was told. */
  let given = ''

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vigie-hosts-'))
    await startServer()
  })

  after(async () => {
    for (const vigie of [...running.values(), server]) await vigie?.[Symbol.asyncDispose]()
    await rm(folder, { recursive: true, force: true })
  })

  /** On the port that it had before. */
  const startServer = async (): Promise<void> => {
    const dataDir = join(folder, 'server')
    await mkdir(dataDir, { recursive: true })
    const env = { VIGIE_LISTEN: url === '' ? '127.0.0.1:0' : new URL(url).host }
    server = await startVigie(['server'], { dataDir, env })
    url = await server.url()
  }

  /** Starts the agent that has this folder; each of them calls its host the same. */
  const startAgent = async (name: string): Promise<Vigie> => {
    const dataDir = join(folder, name)
    await mkdir(dataDir, { recursive: true })
    const env = { VIGIE_SERVER_URL: url, VIGIE_SERVER_KEY: await server.key(), DD_HOSTNAME: host }
    const agent = await startVigie(['agent'], { dataDir, env })
    running.set(name, agent)
    return agent
  }
  const stopAgent = async (name: string): Promise<void> => {
    assert.equal((await running.get(name)?.stop())?.exitCode, 0)
    running.delete(name)
  }
  const identityFile = (name: string): string => join(folder, name, 'agent/identity.json')
  const idOf = async (name: string): Promise<string> => {
    const { id }: { id: string } = JSON.parse(await readFile(identityFile(name), 'utf8'))
    return id
  }

  const listAgents = async (): Promise<readonly AgentRow[]> =>
    (await getJson<AgentList>(`${url}/api/agents`)).agents

  /** The row of the process that runs with this folder. */
  const waitForRow = (
    name: string,
    isAsWanted: (row: AgentRow) => boolean = () => true,
  ): Promise<AgentRow> =>
    waitUntil(`the agent of ${name} as wanted`, 30_000, async () => {
      const { pid } = running.get(name)?.process ?? {}
      return (await listAgents()).find((row) => row.pid === pid && !row.away && isAsWanted(row))
    })

  const waitForPointsOf = (name: string, since: number): Promise<unknown> =>
    waitUntil(`points of ${name}`, 20_000, async () => {
      const asked = `SELECT count() FROM metrics WHERE host = '${name}' AND metric = 'system.load.1' AND time > fromUnixTimestamp64Milli(${since})`
      const [row] = await askSql(url, asked)
      return Number(row?.[0]) > 0
    })

  const restartServer = async (): Promise<void> => {
    assert.equal((await server.stop()).exitCode, 0)
    await startServer()
  }

  test('a host appears with what it is', async () => {
    await startAgent('first')
    const row = await waitForRow('first')
    assert.deepEqual([row.host, row.kind, row.id], [host, 'vigie', await idOf('first')])
    const { cpuCount, kernel, os, memoryBytes } = row.hostFacts
    assert.deepEqual([cpuCount, kernel], [cpus().length, release()])
    assert.ok(os !== '' && memoryBytes > 2 ** 20, `${os} ${memoryBytes}`)
  })

  test('an agent that is started again, or set up anew, keeps the name of its host', async () => {
    await stopAgent('first')
    await startAgent('first')
    await waitForRow('first')
    await stopAgent('first')
    await rm(join(folder, 'first'), { recursive: true })
    await startAgent('first')
    const [startedAt, row] = [Date.now(), await waitForRow('first')]
    // As long as it takes to tell that two run.
    await waitForPointsOf(host, startedAt + 5000)
    assert.deepEqual([row.host, row.conflict], [host, ''])
    assert.doesNotMatch(running.get('first')?.output() ?? '', /another machine/)
  })

  test('a second host of that name gets one of its own, and both are told of', async () => {
    const second = await startAgent('second')
    const row = await waitForRow('second', (one) => one.host !== host)
    given = row.host
    assert.equal(given, `${host}-${(await idOf('second')).slice(0, 4)}`)
    assert.match(
      second.output(),
      new RegExp(
        `knows another machine by the name ${host}: this one goes by ${given} from now on; set DD_HOSTNAME`,
      ),
    )
    assert.deepEqual((await waitForRow('first')).host, host)
    const { exitCode, output } = await runVigie(['status'], { env: { VIGIE_SERVER_URL: url } })
    assert.equal(exitCode, 1)
    const conflict = new RegExp(
      `\\nAgent of ${host}: reporting, .*\\n {2}Another machine goes by the name ${host} too: .*; this one came first and keeps it\\n`,
    )
    assert.match(output, conflict)
    assert.match(output, new RegExp(`\\nAgent of ${given}: reporting`))
  })

  test('its series stand under that name, and those of the first under theirs', async () => {
    const since = Date.now()
    await Promise.all([waitForPointsOf(host, since), waitForPointsOf(given, since)])
    const asked = `SELECT uniqExact(time), count() FROM metrics WHERE host = '${host}' AND metric = 'system.load.1' AND time > fromUnixTimestamp64Milli(${since})`
    const [row] = await askSql(url, asked)
    assert.equal(row?.[0], row?.[1], 'one point of each second')
  })

  test('it keeps that name over its own restart and that of the server', async () => {
    await stopAgent('second')
    await restartServer()
    const known = (await listAgents()).map((row) => row.host)
    assert.ok(known.includes(host) && known.includes(given), known.join(' '))
    const away = (await listAgents()).find((row) => row.host === given)
    assert.equal(away?.hostFacts.kernel, release())
    const second = await startAgent('second')
    await waitForRow('second', (one) => one.host === given)
    await waitForRow('first', (one) => one.host === host)
    assert.match(second.output(), new RegExp(`The agent of ${given} sends to`))
    assert.doesNotMatch(second.output(), /another machine/)
    assert.equal((await listAgents()).filter((one) => one.kind === 'vigie' && !one.away).length, 2)
  })

  test('a disk that was copied to another machine is told apart', async () => {
    const disk = {
      recursive: true,
      filter: async (path: string) => !(await lstat(path)).isSocket(),
    }
    await cp(join(folder, 'first'), join(folder, 'third'), disk)
    const copied: { machine: object } = JSON.parse(await readFile(identityFile('third'), 'utf8'))
    const elsewhere = {
      machineId: '0123456789abcdef',
      productUuid: 'fedcba9876543210',
      macs: ['0011'],
    }
    await writeFile(identityFile('third'), JSON.stringify({ ...copied, machine: elsewhere }))
    await startAgent('third')
    const row = await waitForRow('third', (one) => one.host !== host)
    assert.notEqual(row.id, await idOf('first'))
    assert.equal(row.host, `${host}-${row.id.slice(0, 4)}`)
    assert.notEqual(row.host, given)
    assert.equal((await waitForRow('first')).host, host)
  })
})
