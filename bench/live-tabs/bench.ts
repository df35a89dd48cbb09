import { setTimeout as sleep } from 'node:timers/promises'
import { startVigie } from '../../test/flow/vigie-process.ts'
import { SimulatedAgent } from '../fleet/simulated-agent.ts'
import { cpuPercent, median, readPeak, readUsage } from '../process-cost.ts'
import { reportFigures, type Figure } from '../report.ts'
import { Tab } from './tab.ts'

const containers = 100
const tabCounts = [0, 100, 200] as const
const windows = 4
const windowMs = 10_000
const mebibyte = 1024 * 1024

interface Round {
  readonly tabs: number
  readonly cpu: { readonly measured: number; readonly noise: string }
  readonly bytesPerSecond: number
}

/**
 * Many tabs on the live table of one host with 100 containers, at 1 s: what that costs the server.
 * @returns Whether all bars hold.
 */
export async function benchLiveTabs(): Promise<boolean> {
  await using server = await startVigie(['server'])
  const place = { url: await server.url(), key: await server.key(), number: 0, containers }
  const agent = new SimulatedAgent({ ...place, intervalS: 1 })
  const pid = server.process.pid ?? 0
  await agent.send(Date.now())
  const sending = setInterval(() => void agent.send(Date.now()), 1000)
  const tabs: Tab[] = []
  const rounds: Round[] = []
  try {
    for (const count of tabCounts) {
      while (tabs.length < count) {
        const tab = new Tab(place.url)
        tabs.push(tab)
        await tab.open()
      }
      await sleep(windowMs)
      rounds.push(await measure(pid, tabs))
    }
  } finally {
    clearInterval(sending)
    for (const tab of tabs) tab.close()
    agent.close()
  }
  const peak = { what: 'server, most memory', measured: readPeak(pid) / mebibyte, unit: 'MiB' }
  return reportFigures(`Tabs on the live table of ${containers} containers (bench/live-tabs)`, [
    ...rounds.flatMap(toFigures),
    ...compare(rounds),
    peak,
  ])
}

async function measure(pid: number, tabs: readonly Tab[]): Promise<Round> {
  const received = (): number => tabs.reduce((sum, { bytes }) => sum + bytes, 0)
  const bytesBefore = received()
  const beganAt = performance.now()
  const shares: number[] = []
  for (let window = 0; window < windows; window += 1) {
    const before = readUsage([pid])
    await sleep(windowMs)
    shares.push(cpuPercent(before, readUsage([pid])))
  }
  const closed = tabs.filter(({ isOpen }) => !isOpen).length
  if (closed > 0) throw new Error(`${closed} of ${tabs.length} tabs lost their stream`)
  const seconds = (performance.now() - beganAt) / 1000
  return {
    tabs: tabs.length,
    cpu: {
      measured: median(shares),
      noise: `${Math.min(...shares).toFixed(1)} to ${Math.max(...shares).toFixed(1)}`,
    },
    bytesPerSecond: (received() - bytesBefore) / seconds,
  }
}

function toFigures({ tabs, cpu, bytesPerSecond }: Round): readonly Figure[] {
  const bar = tabs === Math.max(...tabCounts) ? { atMost: 100 } : {}
  return [
    { what: `server with ${tabs} tabs, CPU`, ...cpu, unit: '% of a core', ...bar },
    ...(tabs === 0
      ? []
      : [{ what: `sent to ${tabs} tabs`, measured: bytesPerSecond / mebibyte, unit: 'MiB/s' }]),
  ]
}

/** What one more tab costs: the bytes it is sent, and no question of its own. */
function compare(rounds: readonly Round[]): readonly Figure[] {
  const [none, many] = [rounds.at(0), rounds.at(-1)]
  if (none === undefined || many === undefined) return []
  const each = (many.cpu.measured - none.cpu.measured) / many.tabs
  return [{ what: 'one more tab, CPU', measured: each * 1000, unit: '% of a core for 1,000' }]
}
