import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, test } from 'node:test'
import { makeEnvironment, makeSourceContext } from '../../test/agent/environment.ts'
import { FakeHost, type Figures } from '../../test/agent/fake-host.ts'
import { ReplayEngine } from '../../test/agent/replay-engine.ts'
import type { Environment, Source } from '../component/source.ts'
import { metricCatalogue } from '../model/metric-catalogue.ts'
import {
  isFrom,
  tagSets,
  type MetricDescription,
} from '../model/metric-catalogue/metric-description.ts'
import { sources } from './index.ts'

const longestMs = 10_000
const id = 'c0ffee'.padEnd(64, '0')
const pid = 4711

const figures: Figures = {
  cpuMicros: 5_000_000,
  userTicks: 300,
  systemTicks: 200,
  throttledPeriods: 1,
  throttledMicros: 1,
  shares: 512,
  weight: 20,
  rss: 4096,
  cache: 4096,
  swap: 4096,
  kernelMemory: 4096,
  inactiveFile: 1024,
  usage: 8192,
  peak: 8192,
  limit: 16_384,
  softLimit: 8192,
  swapLimit: 16_384,
  limitHits: 0,
  oomKills: 0,
  pageFaults: 9,
  majorPageFaults: 1,
  threads: 2,
  threadLimit: 100,
  openFiles: 3,
  stalledMicros: [1, 2, 3],
  io: [['254:0', 1, 2, 3, 4]],
  net: [['eth0', 5000, 3000]],
}

/** Every option of the source that asks for more metrics. */
const everything = {
  engine_interval: '1s',
  collect_container_size: true,
  collect_container_size_frequency: 1,
  collect_image_size: true,
  collect_disk_stats: true,
  collect_volume_count: true,
  collect_container_count: true,
}

/** Metrics with the keys of their tags, both sorted. */
type Listing = readonly (readonly [metric: string, keys: readonly string[]])[]

describe('metricCatalogue', { concurrency: true }, () => {
  test('has a list for each source, and no other', () => {
    assert.deepEqual(Object.keys(metricCatalogue).toSorted(), Object.keys(sources).toSorted())
  })

  test('lists what the source agent sends', async () => {
    assert.deepEqual(await run('agent', {}), listed('agent'))
  })

  test('lists what the source dogstatsd sends of itself', async () => {
    assert.deepEqual(await run('dogstatsd', {}, { batchesAfter: 0 }), listed('dogstatsd'))
  })

  test('lists what the source host sends', async () => {
    using host = new FakeHost('v2')
    let busyTicks = 0
    const readAgain = (): void => putProc(host.procRoot, (busyTicks += 100))
    readAgain()
    assert.deepEqual(await run('host', host, { afterBatch: readAgain }), listed('host'))
  })

  for (const version of ['v1', 'v2'] as const) {
    test(`lists what the source docker sends on cgroup ${version}`, async () => {
      using host = new FakeHost(version)
      host.put(id, pid, figures)
      await using engine = await new ReplayEngine().start()
      engine.containers.set(id, inspectAnswer(id, { Status: 'running', Pid: pid }))
      engine.containers.set('e'.repeat(64), inspectAnswer('e'.repeat(64), { Status: 'exited' }))
      const { procRoot, cgroupRoot } = host
      answerCounts(engine)
      const wanted = listed('docker', (metric) => isFrom(metric, version))
      const environment = { procRoot, cgroupRoot, dockerHost: engine.dockerHost }
      const options = { wanted: wanted.length, config: everything }
      assert.deepEqual(await run('docker', environment, options), wanted)
    })
  }
})

function listed(
  source: keyof typeof sources,
  isWanted: (metric: MetricDescription) => boolean = () => true,
): Listing {
  const metrics = metricCatalogue[source] ?? []
  return metrics
    .filter(isWanted)
    .map(({ name, tagSet, extraTags = [] }) => {
      return [name, [...tagSets[tagSet], ...extraTags].toSorted()] as const
    })
    .toSorted(byName)
}

/** Runs a source until it has sent as many metrics as are wanted, and a batch more to catch any that are not. */
async function run(
  name: keyof typeof sources,
  { procRoot = '/nonexistent', cgroupRoot = '/nonexistent', dockerHost = '' }: Partial<Environment>,
  {
    afterBatch = () => {},
    wanted = listed(name).length,
    batchesAfter = 1,
    config = {},
  }: RunOptions = {},
): Promise<Listing> {
  const source: Source<unknown> = sources[name]
  const seen = new Map<string, Set<string>>()
  let left = batchesAfter
  const stop = new AbortController()
  const late = setTimeout(() => stop.abort(), longestMs)
  // A moment before a full second, so that the first tick is near.
  const aheadMs = 900 - (Date.now() % 1000)
  await source.run(
    source.config.parse(config),
    makeSourceContext({
      signal: stop.signal,
      clock: () => Date.now() + aheadMs,
      environment: makeEnvironment({ procRoot, cgroupRoot, dockerHost }),
      emit: async (batch) => {
        const points = batch.filter((item) => item.kind === 'point')
        for (const { series } of points) {
          const keys = series.tags.map((tag) => tag.slice(0, tag.indexOf(':')))
          seen.set(series.metric, new Set([...(seen.get(series.metric) ?? []), ...keys]))
        }
        if (points.length > 0 && seen.size >= wanted && left-- <= 0) stop.abort()
        afterBatch()
      },
    }),
  )
  clearTimeout(late)
  return [...seen].map(([metric, keys]) => [metric, [...keys].toSorted()] as const).toSorted(byName)
}

interface RunOptions {
  readonly afterBatch?: () => void
  /** Batches that are looked at when all is there. */
  readonly batchesAfter?: number
  /** After so many metrics the run is over. */
  readonly wanted?: number
  readonly config?: unknown
}

function byName([a]: Listing[number], [b]: Listing[number]): number {
  return a < b ? -1 : 1
}

/** The files that the source `host` reads. */
function putProc(procRoot: string, busyTicks: number): void {
  const eth0 = '  eth0: 5000 0 0 0 0 0 0 0 3000 0 0 0 0 0 0 0'
  const files = {
    stat: `cpu  ${busyTicks} 0 10 1000 10 0 0 0 0 0`,
    loadavg: '0.10 0.20 0.30 1/200 4711',
    uptime: '1000.50 3000.00',
    meminfo: 'MemTotal:  1024000 kB\nMemFree:  512000 kB\nMemAvailable:  768000 kB',
    diskstats: ' 254 0 vda 10 0 80 4 20 0 160 8 0 12 12',
    '1/net/dev': ['head', 'head', eth0].join('\n'),
  }
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(procRoot, name)), { recursive: true })
    writeFileSync(join(procRoot, name), `${text}\n`)
  }
}

/** What the engine says of its images, volumes and disks, and of the sizes of containers. */
function answerCounts(engine: ReplayEngine): void {
  const image = { Id: `sha256:${'a'.repeat(64)}`, RepoTags: ['team/web:1.2'], Size: 4096 }
  const answers = {
    '/images/json': [image],
    '/volumes': { Volumes: [{ Name: 'v' }] },
    '/info': {
      DriverStatus: ['Data', 'Metadata'].flatMap((pool) => [
        [`${pool} Space Used`, '1 GB'],
        [`${pool} Space Total`, '4 GB'],
        [`${pool} Space Available`, '3 GB'],
      ]),
    },
    '/containers/json': [...engine.containers.keys()].map((Id) => {
      return { Id, State: 'running', SizeRw: 1, SizeRootFs: 2 }
    }),
  }
  for (const [path, answer] of Object.entries(answers)) {
    engine.special.set(path, (response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
    })
  }
}

/** With every label and variable that becomes a tag. */
function inspectAnswer(containerId: string, state: { Status: string; Pid?: number }): unknown {
  return {
    Id: containerId,
    Name: '/web',
    Created: '2026-01-01T00:00:00Z',
    Image: `sha256:${'a'.repeat(64)}`,
    State: { ...state, StartedAt: '2026-01-01T00:00:01Z' },
    Config: {
      Image: 'registry:5000/team/web:1.2',
      Labels: {
        'com.docker.compose.project': 'shop',
        'com.docker.compose.service': 'web',
        'com.docker.swarm.service.name': 'shop_web',
        'com.docker.stack.namespace': 'shop',
        'com.docker.swarm.node.id': 'node1',
        'com.docker.swarm.task.name': 'shop_web.1',
        'io.rancher.stack.name': 'shop',
        'io.rancher.stack_service.name': 'shop/web',
        'io.rancher.container.name': 'shop-web-1',
        'org.opencontainers.image.revision': 'abc',
        'org.opencontainers.image.source': 'https://git.example/shop',
      },
      Env: [
        'DD_ENV=prod',
        'DD_SERVICE=web',
        'DD_VERSION=1',
        'MARATHON_APP_ID=/shop',
        'CHRONOS_JOB_NAME=shop',
        'CHRONOS_JOB_OWNER=me',
        'MESOS_TASK_ID=shop.1',
        ...['TASK_NAME', 'JOB_NAME', 'GROUP_NAME', 'NAMESPACE', 'DC'].map(
          (key) => `NOMAD_${key}=x`,
        ),
      ],
    },
    HostConfig: { NetworkMode: 'bridge' },
    NetworkSettings: { Networks: { bridge: { IPAddress: '172.17.0.2' } } },
  }
}
