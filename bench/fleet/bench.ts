import { setTimeout as sleep } from 'node:timers/promises'
import type { AgentList } from '../../src/api/contract/agents.ts'
import { getJson, startVigie } from '../../test/flow/vigie-process.ts'
import { cpuPercent, readPeak, readUsage } from '../process-cost.ts'
import { reportFigures } from '../report.ts'
import { SimulatedAgent, type Posted } from './simulated-agent.ts'

const agentCount = Number(process.env['VIGIE_BENCH_FLEET_AGENTS'] ?? 200)
const containers = 100
const intervalS = 10
const introducedAtOnce = 4
/** Rounds before those that are measured. */
const firstRounds = 2
const rounds = Number(process.env['VIGIE_BENCH_FLEET_ROUNDS'] ?? 12)
const mebibyte = 1024 * 1024

/**
 * 200 agents of 100 containers that send every 10 s, each at its own moment, to one server: what that costs the server, and
 * how long they wait for its answers.
 * @returns Whether all bars hold.
 */
export async function benchFleet(): Promise<boolean> {
  await using server = await startVigie(['server'])
  const url = await server.url()
  const key = await server.key()
  const pid = server.process.pid ?? 0
  const fleet = Array.from(
    { length: agentCount },
    (_, number) => new SimulatedAgent({ url, key, number, containers, intervalS }),
  )
  const ownBefore = process.cpuUsage()
  await introduce(fleet)
  await runRounds(fleet, firstRounds)
  const before = readUsage([pid])
  const posted = await runRounds(fleet, rounds)
  const after = readUsage([pid])
  const { user, system } = process.cpuUsage(ownBefore)
  const { agents, server: described } = await getJson<AgentList>(`${url}/api/agents`)
  for (const agent of fleet) agent.close()
  if (agents.length !== agentCount)
    throw new Error(`${agents.length} agents of ${agentCount} are known`)
  const tookMs = posted.map((post) => post.tookMs).toSorted((a, b) => a - b)
  const at = (share: number): number =>
    tookMs[Math.floor(share * (tookMs.length - 1))] ?? Number.NaN
  console.log(described.counts)
  const refused = posted.filter(isRefused)
  for (const answer of new Set(refused.map((post) => `${post.status} ${post.answer}`)))
    console.log(`refused: ${answer}`)
  return reportFigures(
    `A fleet: ${agentCount} agents of ${containers} containers every ${intervalS} s (bench/fleet)`,
    [
      {
        what: 'server, CPU',
        measured: cpuPercent(before, after),
        unit: '% of a core',
        atMost: 100,
        noise: `the agents themselves took ${Math.round((user + system) / 10_000 / ((firstRounds + rounds) * intervalS))} %`,
      },
      { what: 'a post until its answer, median', measured: at(0.5), unit: 'ms' },
      { what: 'a post until its answer, p99', measured: at(0.99), unit: 'ms', atMost: 200 },
      { what: 'the longest', measured: at(1), unit: 'ms' },
      {
        what: 'posts refused',
        measured: refused.length,
        unit: `of ${posted.length}`,
        atMost: 0,
      },
      { what: 'server, most memory', measured: readPeak(pid) / mebibyte, unit: 'MiB' },
    ],
  )
}

/** All agents send for the first time, a few at once: all that they send is new, which is more work. */
async function introduce(fleet: readonly SimulatedAgent[]): Promise<void> {
  for (let first = 0; first < fleet.length; first += introducedAtOnce) {
    const some = fleet.slice(first, first + introducedAtOnce)
    const posted = (await Promise.all(some.map((agent) => agent.send(Date.now())))).flat()
    const refused = posted.find(isRefused)
    if (refused !== undefined)
      throw new Error(`A first post was answered ${refused.status}: ${refused.answer}`)
  }
}

/** All agents send once in each round, spread over its time. */
async function runRounds(
  fleet: readonly SimulatedAgent[],
  count: number,
): Promise<readonly Posted[]> {
  const beganAt = performance.now()
  const posts: Promise<readonly Posted[]>[] = []
  for (let turn = 0; turn < count * fleet.length; turn += 1) {
    const dueMs = (turn * intervalS * 1000) / fleet.length
    const waitMs = dueMs - (performance.now() - beganAt)
    if (waitMs > 0) await sleep(waitMs)
    const agent = fleet[turn % fleet.length]
    if (agent !== undefined) posts.push(agent.send(Date.now()))
  }
  return (await Promise.all(posts)).flat()
}

function isRefused({ status }: Posted): boolean {
  return status !== 202
}
