import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { gatherCrowd } from '../hostile/crowd.ts'
import { signInFlood } from '../hostile/foreign-keys.ts'
import type { HostileRequest } from '../hostile/hostile-request.ts'
import { fewConnections, HostileServers } from '../hostile/hostile-servers.ts'
import { hostileTable } from '../hostile/hostile-table.ts'
import { sendHostile, type Sent } from '../hostile/send-hostile.ts'
import { sendSlowly, slowForeigners, slowRequests } from '../hostile/slow-requests.ts'
import { waitUntil } from './wait-until.ts'

/** What memory may have grown by in the end. */
const growthMiB = 50
/** The server gives a request 20 s to arrive, and looks once a second. */
const slowestMs = 30_000
const atOnce = 32

function isRefusal({ outcomes }: Sent): boolean {
  return outcomes.every((outcome) => outcome === 'cut' || (outcome >= 400 && outcome < 500))
}

describe('servers that are sent what nobody honest sends', () => {
  let servers: HostileServers
  let beforeMiB: { readonly closed: number; readonly open: number }
  let slow: Promise<readonly string[]>
  const tables = new Map<string, readonly HostileRequest[]>()

  before(async () => {
    servers = await HostileServers.start()
    beforeMiB = await servers.residentMiB()
    for (const [what, make] of Object.entries(hostileTable)) tables.set(what, make(servers.target))
    // They take 20 s each, and all of them together do.
    slow = Promise.all(slowRequests(servers.target).map(assessSlow))
  })
  after(() => servers[Symbol.asyncDispose]())

  async function assessSlow(request: Parameters<typeof sendSlowly>[0]): Promise<string> {
    const sent = await sendSlowly(request, { port: servers.portOf('closed'), withinMs: slowestMs })
    return isRefusal(sent) ? '' : `${request.name}: ${sent.outcomes.join(', ')}`
  }

  test('the table has at least 120 requests, each by a name of its own, over all routes', () => {
    const all = [...tables.values()].flat()
    const names = new Set(all.map(({ name }) => name))
    console.log(`${all.length} requests, ${slowRequests(servers.target).length} slow ones`)
    assert.equal(names.size, all.length)
    assert.ok(all.length >= 120)
    const { intake, people } = servers.target
    const paths = [...intake, ...people.filter(({ isForAnyone, method }) => !isForAnyone || method === 'POST').map(({ path }) => path)] // prettier-ignore
    const missed = paths.filter((path) => !all.some(({ name }) => name.includes(path)))
    assert.deepEqual(missed, [])
  })

  for (const what of Object.keys(hostileTable)) {
    test(`${what}: each is answered with 4xx within a second, or cut`, async () => {
      const faults: string[] = []
      for (const hostile of tables.get(what) ?? []) {
        const fault = await servers.assess(hostile)
        if (fault !== undefined) faults.push(fault)
      }
      assert.deepEqual(faults, [])
    })
  }

  test('many at once are refused, and health is told all the time', async () => {
    const all = [...tables.values()].flat().filter((_hostile, at) => at % 5 === 0)
    const faults: string[] = []
    for (let first = 0; first < all.length; first += atOnce) {
      const some = all.slice(first, first + atOnce)
      await Promise.all(
        some.map(async ({ name, bytes, server }) => {
          const port = servers.portOf(server ?? 'closed')
          const sent = await sendHostile(bytes(), { port, withinMs: 20_000 })
          // So many long bodies at once that an agent is asked to come back later.
          const isBusy = sent.outcomes.length === 1 && sent.outcomes[0] === 503 && /retry-after: 1/i.test(sent.text) // prettier-ignore
          if (!isRefusal(sent) && !isBusy) faults.push(`${name}: ${sent.outcomes.join(', ')}`)
        }),
      )
      assert.deepEqual([await servers.health('closed'), await servers.health('open')], [200, 200])
    }
    assert.deepEqual(faults, [])
  })

  test('a forged X-Forwarded-For does not make new tries to sign in', async () => {
    const flood = signInFlood()
    const port = servers.portOf('closed')
    const sent = await sendHostile(flood.bytes(), { port, from: '127.9.9.9', withinMs: 20_000 })
    assert.equal(sent.outcomes.length, flood.answers)
    assert.equal(sent.outcomes[0], 401)
    assert.equal(sent.outcomes.at(-1), 429)
  })

  test('who is slow without a key is answered before the body has come', async () => {
    const port = servers.portOf('closed')
    const slowOnes = slowForeigners(servers.target.intake)
    const sent = await Promise.all(
      slowOnes.map((one) => sendSlowly(one, { port, withinMs: 10_000 })),
    )
    const faults = sent.flatMap(
      ({ outcomes, tookMs }, at) =>
      outcomes[0] === 403 && tookMs <= 2000 ? [] : [`${slowOnes[at]?.name}: ${outcomes.join(', ')} after ${Math.round(tookMs)} ms`], // prettier-ignore
    )
    assert.deepEqual(faults, [])
  })

  test('slow headers and slow bodies are cut when their time is over', async () => {
    assert.deepEqual(
      (await slow).filter((fault) => fault !== ''),
      [],
    )
  })

  test('connections beyond the limit are cut, and the others go on', async () => {
    const crowd = gatherCrowd(servers.portOf('open'), 3 * fewConnections)
    await waitUntil('those beyond are cut', 10_000, () => crowd.cut() >= 2 * fewConnections)
    await crowd.leave()
    await waitUntil(
      'health is told again',
      10_000,
      async () => (await servers.health('open')) === 200,
    )
  })

  test('what is honest is taken and answered afterwards, and nothing failed', async () => {
    await servers.askOrdinary()
    for (const { process: child, output } of [servers.closed, servers.open]) {
      assert.equal(child.exitCode, null)
      assert.doesNotMatch(output(), /request failed|level":(50|60)|Error/)
    }
  })

  test('memory is what it was', async () => {
    let nowMiB = await servers.residentMiB()
    const told = (): string => `before ${JSON.stringify(beforeMiB)}, now ${JSON.stringify(nowMiB)}`
    console.log(`MiB resident: ${told()}`)
    await waitUntil(`at most ${growthMiB} MiB more`, 60_000, async () => {
      nowMiB = await servers.residentMiB()
      return (
        nowMiB.closed <= beforeMiB.closed + growthMiB && nowMiB.open <= beforeMiB.open + growthMiB
      )
    })
    console.log(`MiB resident: ${told()}`)
  })
})
