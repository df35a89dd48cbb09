import { execFile } from 'node:child_process'
import { readdirSync, readlinkSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { findHierarchy } from '../src/cgroup/hierarchy.ts'
import { createFileBudget } from '../src/cgroup/kept-file.ts'
import { parseInspect } from '../src/docker/parse-inspect.ts'
import { ContainerTable } from '../src/sources/docker/container-table.ts'
import { makeTags } from '../src/sources/docker/identity/container-tags.ts'
import type { Engine } from '../test/engine/engine.ts'
import { startPrivateEngine, type PrivateEngine } from '../test/engine/private-engine.ts'
import { measureBareReads } from './bare-reads.ts'
import { containerCount, startContainers } from './many-containers.ts'
import { findProcesses, median, readUsage } from './process-cost.ts'
import { reportFigures, type Figure } from './report.ts'

const execute = promisify(execFile)
const passes = 30
/** An agent that has run for some minutes has compiled what it runs often. */
const warmPasses = 200
const rounds = 3
const memoryBytes = 64 * 1024 * 1024

/**
 * What one pass over all running containers costs, a second apart so that nothing stays warm that would not in use: our own;
 * the same files opened and read each time; the same files read by a program in C that keeps them open; the engine's
 * one-shot statistics; `docker stats`. First of containers that sleep, then of such that work.
 * @returns Whether all bars hold.
 */
export async function benchCollectPass(): Promise<boolean> {
  await using engine = await startPrivateEngine()
  const idle = await startIdle(engine)
  const isKept = await benchKind(engine, idle, 'sleeping')
  await Promise.all(idle.map((id) => engine.remove(id)))
  const busy = await startContainers(engine, containerCount)
  return (await benchKind(engine, busy, 'busy')) && isKept
}

async function startIdle(engine: Engine): Promise<readonly string[]> {
  const ids: string[] = []
  for (let at = 0; at < containerCount; at += 1)
    ids.push((await engine.run({ command: ['sleep', '1000000'], memoryBytes })).id)
  return ids
}

/** Microseconds of CPU a container, each the median of its passes. */
async function benchKind(
  engine: PrivateEngine,
  ids: readonly string[],
  kind: string,
): Promise<boolean> {
  const { ours, paths } = await measurePasses(engine, ids)
  const bare = await measureBareReads(paths, passes)
  const inC = bare === undefined ? Number.NaN : median(bare) / ids.length
  const parallel = await measureParallelReads(paths, ids.length)
  const oneShot = await measureOneShot(engine, ids)
  const stats = await measureDockerStats(engine, ids.length)
  const unit = 'µs'
  const ratios: readonly Figure[] = [
    { what: 'ours in multiples of the program in C', measured: ours / inC, unit: '×', atMost: 2.5 },
    { what: 'one-shot in multiples of ours', measured: oneShot / ours, unit: '×' },
    { what: 'ours in percent of one-shot', measured: (ours / oneShot) * 100, unit: '%', atMost: 2 },
  ]
  if (bare === undefined) console.log('The program in C is not measured: there is no compiler.\n')
  return reportFigures(`One pass over ${ids.length} ${kind} containers, CPU a container`, [
    {
      what: `ours, ${(paths.length / ids.length).toFixed(1)} open files`,
      measured: ours,
      unit,
      atMost: 60,
    },
    ...(bare === undefined
      ? []
      : [{ what: 'a program in C, `pread` on the same files', measured: inC, unit }]),
    { what: 'the same files by `fs.promises.readFile`, in parallel', measured: parallel, unit },
    { what: "the engine's one-shot statistics, asker and engine", measured: oneShot, unit },
    { what: '`docker stats --no-stream`, asker and engine', measured: stats, unit },
    ...(bare === undefined ? ratios.slice(1) : ratios),
  ])
}

async function measurePasses(
  engine: Engine,
  ids: readonly string[],
): Promise<{ readonly ours: number; readonly paths: readonly string[] }> {
  const table = openTable()
  for (const id of ids)
    table.put(parseInspect(await engine.request({ method: 'GET', path: `/containers/${id}/json` })))
  for (let pass = 0; pass < warmPasses; pass += 1) table.sample(Date.now() + pass * 1000)
  const costs: number[] = []
  for (let pass = 0; pass < passes; pass += 1) {
    await sleep(1000)
    const before = process.cpuUsage()
    const points = table.sample(Date.now())
    costs.push(usedSince(before) / ids.length)
    if (points.length < ids.length * 10) throw new Error(`Only ${points.length} points in a pass`)
  }
  const paths = listOpenFiles()
  table.close()
  return { ours: median(costs), paths }
}

function openTable(): ContainerTable {
  return new ContainerTable({
    watchedFromMs: Date.now(),
    host: 'bench',
    procRoot: '/proc',
    hierarchy: findHierarchy('/sys/fs/cgroup'),
    budget: createFileBudget(),
    hostCpuCount: cpus().length,
    intervalS: 1,
    slowIntervalMs: 15_000,
    engineIntervalS: 10,
    cappedMetrics: {},
    isEngineLocal: true,
    makeTags: (container) => makeTags(container),
    isWatched: () => true,
  })
}

/** The files of containers that this process keeps open. */
function listOpenFiles(): readonly string[] {
  return readdirSync('/proc/self/fd').flatMap((descriptor) => {
    try {
      const path = readlinkSync(`/proc/self/fd/${descriptor}`)
      return /^\/sys\/fs\/cgroup\/|^\/proc\/\d+\/net\/dev$/.test(path) ? [path] : []
    } catch {
      return []
    }
  })
}

async function measureParallelReads(paths: readonly string[], count: number): Promise<number> {
  const costs: number[] = []
  for (let round = 0; round < rounds * 3; round += 1) {
    await sleep(1000)
    const before = process.cpuUsage()
    await Promise.all(paths.map((path) => readFile(path)))
    costs.push(usedSince(before) / count)
  }
  return median(costs)
}

/** One question a container, all at once. */
async function measureOneShot(engine: PrivateEngine, ids: readonly string[]): Promise<number> {
  const ask = async (): Promise<number> => {
    const before = process.cpuUsage()
    await Promise.all(
      ids.map((id) =>
        engine.request({
          method: 'GET',
          path: `/containers/${id}/stats?stream=false&one-shot=true`,
        }),
      ),
    )
    return usedSince(before)
  }
  return measureAsked(engine, ids.length, ask)
}

async function measureDockerStats(engine: PrivateEngine, count: number): Promise<number> {
  const script = 'docker stats --no-stream > /dev/null; times'
  const ask = async (): Promise<number> => {
    const env = { ...process.env, DOCKER_HOST: engine.dockerHost }
    const { stdout } = await execute('sh', ['-c', script], { env })
    // The second line is what the children took: `0m0.120s 0m0.045s`.
    const times = [...(stdout.split('\n')[1] ?? '').matchAll(/(\d+)m([\d.]+)s/g)]
    return times.reduce((sum, [, m, s]) => sum + Number(m) * 60e6 + Number(s) * 1e6, 0)
  }
  return measureAsked(engine, count, ask)
}

/** What the asker tells of itself and what the engine's processes take meanwhile. */
async function measureAsked(
  { root }: PrivateEngine,
  count: number,
  ask: () => Promise<number>,
): Promise<number> {
  const daemons = findProcesses(root)
  const costs: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    await sleep(1000)
    const from = readUsage(daemons)
    const askerMicros = await ask()
    const engineMicros = (readUsage(daemons).cpuSeconds - from.cpuSeconds) * 1e6
    costs.push((askerMicros + engineMicros) / count)
  }
  return median(costs)
}

function usedSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before)
  return user + system
}
