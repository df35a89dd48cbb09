import { cpus } from 'node:os'
import { findHierarchy } from '../../cgroup/hierarchy.ts'
import { createFileBudget } from '../../cgroup/kept-file.ts'
import { runs } from '../../component/runs.ts'
import type { SourceContext } from '../../component/source.ts'
import { parseEndpoint, type Endpoint } from '../../docker/endpoint.ts'
import { followEngine } from '../../docker/follow-engine.ts'
import { openDockerParts, type DockerParts } from './docker-parts.ts'
import type { DockerOptions } from './options.ts'

/** All containers are told again this often, so that a server that was restarted knows them. */
const fullInventoryEveryMs = 15_000
/** A change is told after this pause, together with what follows at once: a start is four events. */
const gatherMs = 50
const pingEveryMs = 2000
const retryMs = 1000

/** Watches the engine and its containers until the source is to stop. */
export async function runDocker(
  options: DockerOptions,
  givenContext: SourceContext,
): Promise<void> {
  const fault = new AbortController()
  const signal = AbortSignal.any([givenContext.signal, fault.signal])
  const context = { ...givenContext, signal }
  const dockerHost = {
    endpoint: findEndpoint(context),
    hierarchy: findHierarchy(context.environment.cgroupRoot),
    budget: createFileBudget(),
    // Not what this process may use, which is less when the agent itself has a limit.
    hostCpuCount: cpus().length,
  }
  const opened = openDockerParts({ options, context, dockerHost })
  const { client, watch, news, identity, counts, poller } = opened
  const parts = [
    followEngine(client, watch.listener, {
      signal,
      pingEveryMs,
      retryMs,
      cursor: news.cursor,
      furtherActions: news.furtherActions,
      publicNames: identity.publicNames,
    }),
    sampleForever(opened, options.interval, context),
    tellChanges(opened, signal),
    counts.run(signal, context.emit),
    poller.run(signal),
  ]
  try {
    await Promise.all(parts)
  } finally {
    // A part that failed takes the others with it: the next run starts with all of them.
    fault.abort()
    await Promise.allSettled(parts)
    opened.close()
  }
}

function findEndpoint({ environment }: SourceContext): Endpoint {
  const { dockerHost, dockerCertPath: certPath, shouldVerifyDockerTls } = environment
  const shouldVerify = shouldVerifyDockerTls
  return parseEndpoint(dockerHost, { ...(certPath !== undefined && { certPath }), shouldVerify })
}

async function sampleForever(
  { table, watch, news, count, health, processes }: DockerParts,
  intervalMs: number,
  context: SourceContext,
): Promise<void> {
  const { telemetry, emit } = context
  let nextFullAtMs = 0
  for await (const timeMs of runs('docker', intervalMs, context)) {
    const points = table.sample(timeMs)
    // Without a first answer of the engine nothing is known: no count is better than a count of zero.
    if (watch.hasList) points.push(...count(table.counted(), timeMs))
    const isFullDue = watch.hasList && timeMs >= nextFullAtMs
    if (isFullDue) nextFullAtMs = timeMs + fullInventoryEveryMs
    telemetry.setSource('docker', health())
    await emit([
      ...points,
      ...watch.takeCheck(timeMs),
      ...news.take(timeMs, table.takeOomKills()),
      ...processes.take(timeMs),
      ...(isFullDue ? [watch.fullInventory(timeMs)] : []),
    ])
  }
  const last = news.takeAll()
  if (last.length > 0) await emit(last)
}

/** Tells changes as they come, not at the next tick: a new container is on the page at once. */
async function tellChanges({ watch }: DockerParts, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await watch.nextChange(gatherMs)
    await watch.tellChanges()
  }
}
