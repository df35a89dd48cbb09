import { cpus } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { findHierarchy } from '../src/cgroup/hierarchy.ts'
import { createFileBudget } from '../src/cgroup/kept-file.ts'
import { parseInspect } from '../src/docker/parse-inspect.ts'
import { ContainerTable } from '../src/sources/docker/container-table.ts'
import type { Engine } from '../test/engine/engine.ts'
import { startPrivateEngine } from '../test/engine/private-engine.ts'
import { containerCount, startContainers } from './many-containers.ts'
import { findProcesses, median, readUsage } from './process-cost.ts'
import { reportFigures } from './report.ts'

const passes = 30
const engineRounds = 3

/**
 * What one pass over all running containers costs: our own, from cgroup files, a second apart so that nothing stays warm
 * that would not in use; and the same figures from the engine, one `stats` request a container.
 * @returns Whether the bar holds.
 */
export async function benchCollectPass(): Promise<boolean> {
  await using engine = await startPrivateEngine()
  const ids = await startContainers(engine, containerCount)
  const ours = await measurePasses(engine, ids)
  const theirs = await measureEngine(engine, engine.root, ids)
  return reportFigures(`One pass over ${containerCount} running containers`, [
    { what: 'ours, CPU a container', measured: ours, unit: 'µs', atMost: 60 },
    { what: 'the engine, CPU a container', measured: theirs, unit: 'µs' },
    {
      what: 'ours in percent of the engine',
      measured: (ours / theirs) * 100,
      unit: '%',
      atMost: 2,
    },
  ])
}

/** Microseconds of CPU a container, the median of all passes. */
async function measurePasses(engine: Engine, ids: readonly string[]): Promise<number> {
  const table = new ContainerTable({
    host: 'bench',
    procRoot: '/proc',
    hierarchy: findHierarchy('/sys/fs/cgroup'),
    budget: createFileBudget(),
    hostCpuCount: cpus().length,
    intervalS: 1,
    isEngineLocal: true,
  })
  for (const id of ids) {
    table.put(parseInspect(await engine.request({ method: 'GET', path: `/containers/${id}/json` })))
  }
  const costs: number[] = []
  for (let pass = 0; pass < passes; pass += 1) {
    await sleep(1000)
    const before = process.cpuUsage()
    const points = table.sample(Date.now())
    const { user, system } = process.cpuUsage(before)
    if (points.length < ids.length * 10) throw new Error(`Only ${points.length} points in a pass`)
    costs.push((user + system) / ids.length)
  }
  table.close()
  return median(costs)
}

/** Microseconds of CPU a container that the engine's own processes take, without what the question costs the asker. */
async function measureEngine(
  engine: Engine,
  root: string,
  ids: readonly string[],
): Promise<number> {
  const daemons = findProcesses(root)
  const costs: number[] = []
  for (let round = 0; round < engineRounds; round += 1) {
    const from = readUsage(daemons)
    await Promise.all(
      ids.map((id) =>
        engine.request({
          method: 'GET',
          path: `/containers/${id}/stats?stream=false&one-shot=true`,
        }),
      ),
    )
    costs.push(((readUsage(daemons).cpuSeconds - from.cpuSeconds) * 1e6) / ids.length)
  }
  return median(costs)
}
