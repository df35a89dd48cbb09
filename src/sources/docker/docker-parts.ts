import { readCgroupInode } from '../../cgroup/cgroup-inode.ts'
import type { Hierarchy } from '../../cgroup/hierarchy.ts'
import type { FileBudget } from '../../cgroup/kept-file.ts'
import type { CgroupLife } from '../../cgroup/lifetime/cgroup-life.ts'
import { openLifetimeWatch, type LifetimeWatch } from '../../cgroup/lifetime/lifetime-watch.ts'
import type { SourceContext } from '../../component/source.ts'
import { mayBeHere, type Endpoint } from '../../docker/endpoint.ts'
import { createEngineClient, type EngineClient } from '../../docker/engine-client.ts'
import type { EngineContainer } from '../../docker/parse-inspect.ts'
import { ContainerTable } from './container-table.ts'
import { createCounter } from './counts/count-containers.ts'
import { createEngineCounts, type EngineCounts } from './counts/engine-counts.ts'
import { EngineWatch } from './engine-watch.ts'
import { EngineNews } from './events/engine-news.ts'
import { StatsPoller, statsAtOnce } from './figures/stats-poller.ts'
import { createHealth, type Health } from './health.ts'
import { BoardPublisher } from './identity/board-publisher.ts'
import { createIdentity, type Identity } from './identity/create-identity.ts'
import { ImageDirectory } from './identity/image-directory.ts'
import { nameImage } from './identity/image-name.ts'
import { TagPublisher } from './identity/tag-publisher.ts'
import type { DockerOptions } from './options.ts'
import { ProcessWatch } from './processes/process-watch.ts'

/** What the host and its engine are. */
export interface DockerHost {
  readonly endpoint: Endpoint
  readonly hierarchy: Hierarchy
  readonly budget: FileBudget
  readonly hostCpuCount: number
}

/** All that one run of the source is made of, wired to each other. */
export interface DockerParts {
  readonly client: EngineClient
  readonly identity: Identity
  readonly table: ContainerTable
  readonly watch: EngineWatch
  readonly news: EngineNews
  readonly count: ReturnType<typeof createCounter>
  readonly counts: EngineCounts
  readonly poller: StatsPoller
  readonly health: () => Health
  readonly processes: ProcessWatch
  /** Gives back all descriptors and connections. */
  readonly close: () => void
}

/** What the parts are made from. */
interface Making {
  readonly options: DockerOptions
  readonly context: SourceContext
  readonly dockerHost: DockerHost
}

/** Opens the parts; of them only the watch for ends of cgroups works already. */
export function openDockerParts(making: Making): DockerParts {
  const client = openClient(making)
  const images = new ImageDirectory(client, (imageId) => {
    // Once its image has a name, a container has other tags, and a filter may think otherwise of it.
    for (const container of table.described()) {
      if (container.imageId === imageId) watch.listener.onChanged(container)
    }
  })
  const identity = openIdentity(making, images)
  const table = openTable(making, identity)
  const stopProviding = making.context.readings.provide((id) => table.kernelReading(id))
  const lives = openLives(making, (life) => news.onLife(life))
  const news = openNews(making, { client, identity, table, images })
  const { context } = making
  const onDescribed = (container: EngineContainer): void => {
    void images.learn(container)
    if (container.pid > 0) lives.follow(container)
  }
  const tags = openPublisher(making, identity)
  const board = new BoardPublisher({
    board: context.board,
    makeTags: identity.makeTags,
    imageNameOf: (image, imageId) => nameImage(image, imageId, images.namesOf(imageId)),
  })
  const { address } = client
  const watch = new EngineWatch({ table, news, tags, board, address, context, onDescribed })
  const counts = openCounts(making, table, () => watch.hasList)
  const poller = openPoller(making, table, () => watch.noteChange())
  const cgroupVersion = making.dockerHost.hierarchy.version
  const health = createHealth(
    { table, watch, counts: counts.counts, poller: poller.poller, lives },
    {
      cgroupRoot: context.environment.cgroupRoot,
      cgroupVersion,
      statsIntervalMs: making.options.stats_interval,
    },
  )
  return {
    client,
    identity,
    table,
    watch,
    news,
    count: openCounter(making),
    counts: counts.counts,
    poller: poller.poller,
    health,
    processes: openProcesses(making, table),
    close() {
      stopProviding()
      lives.close()
      table.close()
      tags.close()
      for (const one of [client, counts.client, poller.client]) one.close()
    },
  }
}

function openClient({ context, dockerHost }: Making, connections?: number): EngineClient {
  const { dockerQueryTimeoutMs } = context.environment
  return createEngineClient(
    dockerHost.endpoint,
    dockerQueryTimeoutMs,
    connections === undefined ? {} : { connections },
  )
}

function openPublisher({ context, dockerHost }: Making, identity: Identity): TagPublisher {
  const hierarchy = findHierarchyOf(dockerHost)
  const { procRoot } = context.environment
  return new TagPublisher({
    tagger: context.tagger,
    makeTags: identity.makeTags,
    readInode: (container) => readCgroupInode(hierarchy, container, procRoot),
    clock: context.clock,
  })
}

/** Cgroups that are here are the engine's only where the engine is. */
function findHierarchyOf({ hierarchy, endpoint }: DockerHost): Hierarchy {
  return mayBeHere(endpoint) ? hierarchy : { version: 'none' }
}

function openIdentity({ options, context }: Making, images: ImageDirectory): Identity {
  const identity = createIdentity(context.environment.containerRules, {
    imageNamesOf: (imageId) => images.namesOf(imageId),
  })
  if (options.tags.length === 0) return identity
  const add = (tags: readonly string[]): readonly string[] => [
    ...new Set([...tags, ...options.tags]),
  ]
  return {
    ...identity,
    makeTags(container) {
      const { imageTags, low, orchestrator, high } = identity.makeTags(container)
      return { imageTags, low: add(low), orchestrator: add(orchestrator), high: add(high) }
    },
  }
}

function openTable({ options, context, dockerHost }: Making, identity: Identity): ContainerTable {
  const { hostname, procRoot } = context.environment
  const { hierarchy, budget, hostCpuCount, endpoint } = dockerHost
  return new ContainerTable({
    watchedFromMs: context.clock(),
    host: hostname,
    procRoot,
    hierarchy,
    budget,
    hostCpuCount,
    intervalS: toSeconds(options.interval),
    slowIntervalMs: options.slow_interval,
    engineIntervalS: toSeconds(options.stats_interval),
    cappedMetrics: options.capped_metrics,
    isEngineLocal: mayBeHere(endpoint),
    makeTags: identity.makeTags,
    isWatched: identity.isWatched,
  })
}

function openLives(
  { context, dockerHost }: Making,
  onLife: (life: CgroupLife) => void,
): LifetimeWatch {
  return openLifetimeWatch({
    hierarchy: findHierarchyOf(dockerHost),
    procRoot: context.environment.procRoot,
    budget: dockerHost.budget,
    onLife,
    onFault: (message) => context.telemetry.log.warn(message),
  })
}

function openNews(
  { options, context, dockerHost }: Making,
  {
    client,
    identity,
    table,
    images,
  }: {
    readonly client: EngineClient
    readonly identity: Identity
    readonly table: ContainerTable
    readonly images: ImageDirectory
  },
): EngineNews {
  return new EngineNews({
    context,
    address: client.address,
    options,
    tagsOf: (container) => identity.makeTags(container).high,
    isWatched: identity.isWatched,
    imageNameOf: (image, imageId) => nameImage(image, imageId, images.namesOf(imageId)),
    lastReadingOf: (id) => table.lastReading(id),
    hostCpuCount: dockerHost.hostCpuCount,
  })
}

function openProcesses({ context, dockerHost }: Making, table: ContainerTable): ProcessWatch {
  const { hostname, procRoot } = context.environment
  return new ProcessWatch({
    host: hostname,
    procRoot,
    hierarchy: findHierarchyOf(dockerHost),
    watched: context.watched,
    findCgroupPath: (id) => table.kernelReading(id)?.cgroupPath,
  })
}

function openCounter({ options, context }: Making): DockerParts['count'] {
  return createCounter(context.environment.hostname, toSeconds(options.interval), {
    tags: options.tags,
    hasStates: options.collect_container_count,
  })
}

/** With a client of their own: these questions may keep the engine busy for seconds. */
function openCounts(
  making: Making,
  table: ContainerTable,
  hasList: () => boolean,
): { readonly counts: EngineCounts; readonly client: EngineClient } {
  const client = openClient(making)
  const counts = createEngineCounts({
    client,
    options: making.options,
    host: making.context.environment.hostname,
    clock: making.context.clock,
    hasList,
    isWatched: (id) => table.isWatched(id),
    tagsOf: (id) => table.tagsOf(id),
  })
  return { counts, client }
}

function openPoller(
  making: Making,
  table: ContainerTable,
  onReading: () => void,
): { readonly poller: StatsPoller; readonly client: EngineClient } {
  const client = openClient(making, statsAtOnce)
  const poller = new StatsPoller({
    client,
    containers: () => table.needsEngineFigures(),
    intervalMs: making.options.stats_interval,
    onReading(id, reading) {
      table.takeReading(id, reading)
      // With its first figures, where these come from is known.
      onReading()
    },
  })
  return { poller, client }
}

/** What the wire tells of the time between two points. */
function toSeconds(intervalMs: number): number {
  return Math.max(1, Math.round(intervalMs / 1000))
}
