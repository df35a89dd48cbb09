import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { agentRuntimeOption } from '../src/cli/agent-process.ts'
import { startPrivateEngine, type PrivateEngine } from '../test/engine/private-engine.ts'
import { getContainers, startVigie } from '../test/flow/vigie-process.ts'
import { waitUntil } from '../test/flow/wait-until.ts'
import { containerCount, startContainers } from './many-containers.ts'
import { countDescriptors, cpuPercent, findProcesses, median, readUsage } from './process-cost.ts'
import { reportFigures, type Figure } from './report.ts'

const windows = 6
const windowMs = 10_000
const mebibyte = 1024 * 1024
/** How many there are in the second round, to see that the cost grows with the number and not faster. */
const manyContainers = containerCount * 5

/**
 * What watching costs: agent and server beside each other on 100 running containers at 1 s, one page open, measured on
 * the shipped output; what that costs the engine; what `docker stats` costs on the same containers; and the agent again
 * on five times as many.
 * @returns Whether all bars hold.
 */
export async function benchWatchCost(): Promise<boolean> {
  await using engine = await startPrivateEngine()
  await startContainers(engine, containerCount)
  const ours = await measureVigie(engine, containerCount)
  const theirs = await measureDockerStats(engine)
  const isKept = reportFigures(`Watching ${containerCount} containers, every second`, [
    ...barsOf(ours),
    ...theirs,
  ])
  await startContainers(engine, manyContainers - containerCount, containerCount)
  const many = await measureVigie(engine, manyContainers)
  return (
    reportFigures(`Watching ${manyContainers} containers, every second`, [
      { what: 'agent, CPU', ...many.agent.cpu, unit: '% of a core' },
      {
        what: `agent, CPU in multiples of that for ${containerCount}`,
        measured: many.agent.cpu.measured / ours.agent.cpu.measured,
        unit: '×',
        atMost: 5.5,
      },
      { what: 'agent, memory', measured: many.agent.rssMebibytes, unit: 'MiB', atMost: 200 },
      { what: 'agent, open descriptors', measured: many.agent.descriptors, unit: 'files' },
      { what: 'server with one page open, CPU', ...many.server.cpu, unit: '% of a core' },
      {
        what: 'server with one page open, memory',
        measured: many.server.rssMebibytes,
        unit: 'MiB',
      },
    ]) && isKept
  )
}

function barsOf({ agent, server, engine, shims }: WatchCost): readonly Figure[] {
  return [
    { what: 'agent, CPU', ...agent.cpu, unit: '% of a core', atMost: 2.5 },
    { what: 'agent, memory', measured: agent.rssMebibytes, unit: 'MiB', atMost: 110 },
    { what: 'agent, open descriptors', measured: agent.descriptors, unit: 'files' },
    {
      what: 'dockerd and containerd, CPU because of us',
      ...engine,
      unit: '% of a core',
      atMost: 0.3,
    },
    { what: 'shims, CPU more than at rest', ...shims, unit: '% of a core' },
    { what: 'server with one page open, CPU', ...server.cpu, unit: '% of a core', atMost: 25 },
    {
      what: 'server with one page open, memory',
      measured: server.rssMebibytes,
      unit: 'MiB',
      atMost: 600,
    },
  ]
}

interface WatchCost {
  readonly agent: Cost
  readonly server: Cost
  /** What dockerd and containerd take more than without us. */
  readonly engine: Cost['cpu']
  /** The same of the shims, one for each container, which take some percent without anybody. */
  readonly shims: Cost['cpu']
}

async function measureVigie(engine: PrivateEngine, count: number): Promise<WatchCost> {
  const shims = findProcesses(engine.root, 'containerd-shim')
  const daemons = findProcesses(engine.root).filter((pid) => !shims.includes(pid))
  const [rest, shimsRest] = await Promise.all([measure(daemons), measure(shims)])
  await using server = await startVigie(['server'])
  const url = await server.url()
  await using agent = await startVigie(['agent'], {
    dataDir: server.dataDir,
    runtimeOptions: [agentRuntimeOption],
    env: { VIGIE_SERVER_URL: url, DOCKER_HOST: engine.dockerHost },
  })
  await waitUntil('figures of all containers', 120_000, async () => {
    const running = await getContainers(url, 'running')
    return running.filter(({ figures }) => figures.cpu !== undefined).length >= count
  })
  await using page = await openPage(url)
  await sleep(windowMs)
  const [agentCost, serverCost, busy, shimsBusy] = await Promise.all([
    measure([agent.process.pid ?? 0]),
    measure([server.process.pid ?? 0]),
    measure(daemons),
    measure(shims),
  ])
  if (!page.isOpen()) throw new Error('The live stream ended while the cost was measured')
  return {
    agent: agentCost,
    server: serverCost,
    engine: compare(rest, busy),
    shims: compare(shimsRest, shimsBusy),
  }
}

function compare({ cpu: rest }: Cost, { cpu: busy }: Cost): Cost['cpu'] {
  return {
    measured: Math.max(0, busy.measured - rest.measured),
    noise: `at rest ${rest.noise}, watched ${busy.noise}`,
  }
}

/** A page is a reader of the live stream, to the server. */
async function openPage(
  url: string,
): Promise<AsyncDisposable & { readonly isOpen: () => boolean }> {
  const stop = new AbortController()
  const answer = await fetch(`${url}/api/live`, { signal: stop.signal })
  let isOpen = true
  const reading = answer.body
    ?.pipeTo(new WritableStream())
    .catch(() => {})
    .finally(() => {
      isOpen = false
    })
  return {
    isOpen: () => isOpen,
    async [Symbol.asyncDispose]() {
      stop.abort()
      await reading
    },
  }
}

interface Cost {
  readonly cpu: { readonly measured: number; readonly noise: string }
  /** The highest of the readings. */
  readonly rssMebibytes: number
  readonly descriptors: number
}

async function measure(pids: readonly number[]): Promise<Cost> {
  const shares: number[] = []
  let rssBytes = 0
  for (let window = 0; window < windows; window += 1) {
    const from = readUsage(pids)
    await sleep(windowMs)
    const to = readUsage(pids)
    shares.push(cpuPercent(from, to))
    rssBytes = Math.max(rssBytes, to.rssBytes)
  }
  return {
    cpu: { measured: median(shares), noise: spread(shares) },
    rssMebibytes: rssBytes / mebibyte,
    descriptors: countDescriptors(pids),
  }
}

function spread(values: readonly number[]): string {
  return `${Math.min(...values).toFixed(1)} to ${Math.max(...values).toFixed(1)}`
}

/** The client and, which is most of it, the engine's processes; the engine's own rest is taken off. */
async function measureDockerStats(engine: PrivateEngine): Promise<readonly Figure[]> {
  // dockerd, containerd and a shim for each container all name the engine's folder; the containers do not.
  const daemons = findProcesses(engine.root)
  const restFrom = readUsage(daemons)
  await sleep(windowMs)
  const rest = cpuPercent(restFrom, readUsage(daemons))
  const client = spawn('docker', ['stats'], {
    env: { ...process.env, DOCKER_HOST: engine.dockerHost },
    stdio: ['ignore', 'ignore', 'ignore'],
  })
  await sleep(windowMs / 2)
  const all = [...daemons, client.pid ?? 0]
  const shares: number[] = []
  for (let window = 0; window < 3; window += 1) {
    const from = readUsage(all)
    await sleep(windowMs)
    shares.push(cpuPercent(from, readUsage(all)) - rest)
  }
  client.kill()
  await once(client, 'exit')
  return [
    {
      what: '`docker stats` on the same containers, CPU of client and engine',
      measured: median(shares),
      noise: spread(shares),
      unit: '% of a core',
    },
  ]
}
