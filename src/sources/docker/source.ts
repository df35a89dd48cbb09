import { cpus } from 'node:os'
import { z } from 'zod'
import { findHierarchy } from '../../cgroup/hierarchy.ts'
import { createFileBudget } from '../../cgroup/kept-file.ts'
import { durationWithin } from '../../component/duration.ts'
import { defineSource, type SourceContext } from '../../component/source.ts'
import { ticks } from '../../component/ticks.ts'
import { parseEndpoint, type Endpoint } from '../../docker/endpoint.ts'
import { createEngineClient } from '../../docker/engine-client.ts'
import { followEngine } from '../../docker/follow-engine.ts'
import { ContainerTable } from './container-table.ts'
import { EngineWatch } from './engine-watch.ts'
import { createCounter } from './count-containers.ts'

/** All containers are told again this often, so that a server that was restarted knows them. */
const fullInventoryEveryMs = 15_000
/** A change is told after this pause, together with what follows at once: a start is four events. */
const gatherMs = 50
const pingEveryMs = 2000
const retryMs = 1000

export default defineSource({
  name: 'docker',
  about:
    'Containers of a Docker Engine: figures from cgroup files, identity and events from the engine',
  config: z.strictObject({
    interval: durationWithin('1s', '1h')
      .prefault('1s')
      .describe('Time between two readings of every container'),
  }),
  async run({ interval: intervalMs }, givenContext) {
    const fault = new AbortController()
    const signal = AbortSignal.any([givenContext.signal, fault.signal])
    const context = { ...givenContext, signal }
    const { environment } = context
    const endpoint = parseEndpoint(environment.dockerHost, {
      ...(environment.dockerCertPath !== undefined && { certPath: environment.dockerCertPath }),
      shouldVerify: environment.shouldVerifyDockerTls,
    })
    const client = createEngineClient(endpoint, environment.dockerQueryTimeoutMs)
    const table = openTable(endpoint, context, intervalMs)
    const watch = new EngineWatch(table, client.address, context)
    const parts = [
      followEngine(client, watch.listener, { signal, pingEveryMs, retryMs }),
      sampleForever({ table, watch, intervalMs, context }),
      tellChanges(watch, signal),
    ]
    try {
      await Promise.all(parts)
    } finally {
      // A part that failed takes the others with it: the next run starts with all of them.
      fault.abort()
      await Promise.allSettled(parts)
      table.close()
      client.close()
    }
  },
})

function openTable(
  endpoint: Endpoint,
  { environment }: SourceContext,
  intervalMs: number,
): ContainerTable {
  return new ContainerTable({
    host: environment.hostname,
    procRoot: environment.procRoot,
    hierarchy: findHierarchy(environment.cgroupRoot),
    budget: createFileBudget(),
    // Not what this process may use, which is less when the agent itself has a limit.
    hostCpuCount: cpus().length,
    intervalS: Math.max(1, Math.round(intervalMs / 1000)),
    isEngineLocal: endpoint.kind === 'socket',
  })
}

async function sampleForever({
  table,
  watch,
  intervalMs,
  context,
}: {
  table: ContainerTable
  watch: EngineWatch
  intervalMs: number
  context: SourceContext
}): Promise<void> {
  const { telemetry, emit, environment } = context
  const count = createCounter(environment.hostname, Math.max(1, Math.round(intervalMs / 1000)))
  let nextFullAtMs = 0
  for await (const timeMs of ticks(intervalMs, context)) {
    const points = table.sample(timeMs)
    // Without a first answer of the engine nothing is known: no count is better than a count of zero.
    if (watch.hasList) points.push(...count(table.counted(), timeMs))
    const isFullDue = watch.hasList && timeMs >= nextFullAtMs
    if (isFullDue) nextFullAtMs = timeMs + fullInventoryEveryMs
    telemetry.setSource('docker', { lastRunAtMs: timeMs, ...watch.health() })
    await emit([
      ...points,
      ...watch.takeMessages(timeMs),
      ...(isFullDue ? [watch.fullInventory(timeMs)] : []),
    ])
  }
  const last = watch.takeMessages(context.clock())
  if (last.length > 0) await emit(last)
}

/** Tells changes as they come, not at the next tick: a new container is on the page at once. */
async function tellChanges(watch: EngineWatch, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await watch.nextChange(gatherMs)
    await watch.tellChanges()
  }
}
