import type { AgentRow } from '../../../src/api/contract/agents.ts'
import {
  listAgentNumbers,
  type AgentNews,
  type LiveAgent,
} from '../../../src/api/contract/live-agents.ts'
import {
  figureNames,
  type ContainerDetail,
  type ContainerRow,
  type Figures,
} from '../../../src/api/contract/containers.ts'

/** A fleet of containers that were never started, with figures that move each second. */
export interface Fleet {
  rowsAt(timeMs: number): ContainerRow[]
  tick(timeMs: number): (number | null)[][]
  agentsAt(timeMs: number): AgentRow[]
  liveAgentsAt(timeMs: number): LiveAgent[]
  /** Figures alone: none comes or goes. */
  agentNews(timeMs: number): AgentNews
  detail(id: string, timeMs: number): ContainerDetail | undefined
  labels(id: string): ContainerDetail['labels']
}

const services = ['web', 'api', 'worker', 'db', 'cache', 'queue', 'mail', 'search', 'proxy', 'cron']
const projects = ['shop', 'blog', 'billing', 'metrics', 'intranet', 'media']
const images = [
  'nginx:1.27',
  'node:24-slim',
  'postgres:17',
  'redis:8',
  'python:3.13',
  'traefik:3.4',
]
const teams = ['web', 'data', 'platform', 'payments', 'search']
const mebibyte = 1024 * 1024
/** One container in so many is busy. */
const busyEach = 9

interface Wave {
  readonly cpu: number
  readonly memory: number
  readonly net: number
  readonly phase: number
}

/** A fleet of `count` containers on one host; the same each time. */
export function createFleet(count: number, startMs: number): Fleet {
  const waves = Array.from({ length: count }, (_, index) => waveOf(index))
  const rows = waves.map((wave, index) => rowOf(index, wave, startMs))
  const byId = new Map(rows.map((row) => [row.id, row]))
  return {
    rowsAt: (timeMs) =>
      rows.map((row, index) => {
        const wave = waves[index]
        return row.state !== 'running' || wave === undefined
          ? row
          : { ...row, ...readAt(wave, timeMs) }
      }),
    tick: (timeMs) =>
      rows.flatMap((row, index) => {
        const wave = waves[index]
        if (row.state !== 'running' || wave === undefined) return []
        const figures = figuresAt(wave, timeMs)
        return [[row.key, ...figureNames.map((name) => figures[name] ?? null)]]
      }),
    agentsAt: (timeMs) => [agentAt(timeMs, startMs)],
    liveAgentsAt: (timeMs) => [{ key: 1, ...agentAt(timeMs, startMs) }],
    agentNews: (timeMs) => ({
      changed: [],
      rows: [[1, ...listAgentNumbers(agentAt(timeMs, startMs))]],
      removedKeys: [],
    }),
    labels(id) {
      const row = byId.get(id)
      return row === undefined ? {} : labelsOf(row)
    },
    detail(id, timeMs) {
      const index = rows.findIndex((row) => row.id === id)
      const [row, wave] = [rows[index], waves[index]]
      return row && wave && { ...row, figures: figuresAt(wave, timeMs), ...inspected(row) }
    },
  }
}

function waveOf(index: number): Wave {
  const isBusy = index % busyEach === 0
  return {
    cpu: isBusy ? 20 + noise(index) * 120 : noise(index) * 6,
    memory: (8 + noise(index + 7) ** 3 * 1800) * mebibyte,
    net: index % 4 === 0 ? noise(index + 3) * 900_000 : 0,
    phase: noise(index + 11) * 40,
  }
}

function figuresAt({ cpu, memory, net, phase }: Wave, timeMs: number): Figures {
  const t = timeMs / 1000 + phase
  const swing = 0.7 + 0.3 * Math.sin(t / 7) + 0.25 * noise(Math.floor(t) + phase)
  return {
    cpu: cpu * swing,
    cpuUser: cpu * swing * 0.7,
    cpuSystem: cpu * swing * 0.3,
    throttled: cpu > 100 ? Math.max(0, Math.sin(t / 11) * 4) : 0,
    memory: memory * (0.9 + 0.1 * Math.sin(t / 29)),
    memoryRss: memory * 0.7,
    memoryCache: memory * 0.35,
    netRcvd: net * swing,
    netSent: net * swing * 0.4,
    ioRead: 0,
    ioWritten: cpu > 20 ? 40_000 * swing : 0,
    threads: 1 + Math.round(cpu / 3),
  }
}

function rowOf(index: number, wave: Wave, nowMs: number): ContainerRow {
  const startedAt = nowMs - Math.round((0.01 + noise(index + 5)) * 9e8)
  return {
    key: index + 1,
    id: createId(index),
    host: 'orion',
    runtime: 'docker',
    createdAt: startedAt - 2000,
    startedAt,
    networkMode: 'bridge',
    figuresFrom: 'cgroup',
    ...nameOf(index),
    ...stateOf(index, nowMs),
    ...limitsOf(index, wave),
    ...readAt(wave, nowMs),
  }
}

function nameOf(
  index: number,
): Pick<ContainerRow, 'name' | 'image' | 'shortImage' | 'service' | 'project' | 'tags'> {
  const service = pick(services, index)
  const image = pick(images, index)
  const isLoose = index % 5 === 4
  const project = pick(projects, Math.floor(index / 10))
  return {
    name: isLoose ? `${service}-${index}` : `${project}-${service}-${index}`,
    image: `registry.example.org/${image}`,
    shortImage: image.replace(/:.*/, ''),
    service: isLoose ? null : service,
    project: isLoose ? null : project,
    tags: [`image_name:${image}`, `env:${index % 2 === 0 ? 'test' : 'prod'}`],
  }
}

type State = Pick<
  ContainerRow,
  'state' | 'health' | 'finishedAt' | 'exitCode' | 'oomKilled' | 'restarts'
>

function stateOf(index: number, nowMs: number): State {
  const going = { finishedAt: null, exitCode: null, oomKilled: false, restarts: 0 }
  if (index % 23 === 22) {
    const oomKilled = index % 46 === 45
    const exitCode = oomKilled ? 137 : 0
    const finishedAt = nowMs - Math.round(noise(index) * 4e6)
    return { ...going, state: 'exited', health: 'none', finishedAt, exitCode, oomKilled }
  }
  if (index % 61 === 60) return { ...going, state: 'paused', health: 'none' }
  if (index % 37 === 36) return { ...going, state: 'running', health: 'unhealthy', restarts: 4 }
  return { ...going, state: 'running', health: index % 3 === 0 ? 'healthy' : 'none' }
}

function limitsOf(
  index: number,
  wave: Wave,
): Pick<ContainerRow, 'cpuLimitCores' | 'memoryLimitBytes'> {
  const isBusy = index % busyEach === 0
  const cpuLimitCores = isBusy ? 1.5 : index % 4 === 1 ? 0.5 : null
  const memoryLimitBytes = index % 2 === 0 ? 2 ** Math.ceil(Math.log2(wave.memory * 1.05)) : null
  return { cpuLimitCores, memoryLimitBytes }
}

function pick(list: readonly string[], index: number): string {
  return list[index % list.length] ?? ''
}

/** What changes by the second: the figures and the minute before them. */
function readAt(wave: Wave, timeMs: number): Pick<ContainerRow, 'figures' | 'figuresAt' | 'spark'> {
  const minute = Array.from({ length: 60 }, (_, second) =>
    figuresAt(wave, timeMs - (59 - second) * 1000),
  )
  return {
    figures: figuresAt(wave, timeMs),
    figuresAt: timeMs,
    spark: {
      cpu: minute.map((figures) => figures.cpu ?? null),
      memory: minute.map((figures) => figures.memory ?? null),
    },
  }
}

/** Some of every kind: shared, with one value, of each container alone, empty, and with odd names. */
function labelsOf({ key, name, project, service }: ContainerRow): ContainerDetail['labels'] {
  return {
    'com.docker.compose.project': project ?? '',
    'com.docker.compose.service': service ?? '',
    'com.docker.compose.config-hash': createId(key * 3),
    'org.opencontainers.image.licenses': 'BSD-2-Clause',
    ...(key % 7 !== 0 && { 'com.example.team': teams[key % teams.length] ?? '' }),
    'io.example/cost,centre': key % 11 === 0 ? '' : `1${key % 3}0 %`,
    'notes: of the shift': key % 2 === 0 ? 'line one / line two, "quoted"' : 'Überstunden',
    [`traefik.http.routers.${name}.rule`]: `Host(\`${name}.example.com\`)`,
  }
}

function inspected(row: ContainerRow): Omit<ContainerDetail, keyof ContainerRow> {
  return {
    imageId: `sha256:${createId(row.key * 7)}`,
    command: 'docker-entrypoint.sh nginx -g "daemon off;"',
    labels: labelsOf(row),
    env: [
      'PATH=/usr/local/sbin:/usr/local/bin:/usr/bin',
      'DB_PASSWORD=********',
      'NODE_ENV=production',
    ],
    ports: [
      { containerPort: 80, protocol: 'tcp', hostPort: 8080, hostIp: '0.0.0.0' },
      { containerPort: 443, protocol: 'tcp', hostPort: null, hostIp: null },
    ],
    mounts: [
      { kind: 'volume', source: 'shop_data', target: '/var/lib/data', readOnly: false },
      {
        kind: 'bind',
        source: '/etc/shop/nginx.conf',
        target: '/etc/nginx/nginx.conf',
        readOnly: true,
      },
    ],
    networks: [{ name: 'shop_default', ipAddress: '172.18.0.4' }],
  }
}

function agentAt(timeMs: number, startMs: number): AgentRow {
  const swing = 0.5 + 0.5 * Math.sin(timeMs / 9000)
  return {
    id: 'orion-1',
    host: 'orion',
    kind: 'vigie',
    conflict: '',
    lagMs: 0,
    endpoints: [],
    version: '0.1.0',
    pid: 4211,
    startedAt: startMs - 3.7e6,
    reportedAt: timeMs,
    away: false,
    cpuRatio: 0.011 + 0.004 * swing,
    rssBytes: 84 * mebibyte,
    sources: [
      { name: 'docker', state: 'running', message: '', restarts: 0, lastRunAt: timeMs },
      {
        name: 'host',
        state: 'degraded',
        message:
          'Cannot read /proc/pressure: the kernel was built without PSI; pressure is left out',
        restarts: 0,
        lastRunAt: timeMs,
      },
    ],
    engine: {
      endpoint: 'unix:///var/run/docker.sock',
      reachable: true,
      message: '',
      version: '29.1.0',
    },
    dropped: {},
    bufferedBytes: 0,
    hostFacts: {
      cpuCount: 8,
      memoryBytes: 32 * 1024 * mebibyte,
      os: 'Debian 13',
      kernel: '6.12',
      cgroupVersion: 'v2',
    },
    figures: {
      cpu: 21 + 20 * swing,
      memoryUsed: 19.4 * 1024 * mebibyte,
      memoryTotal: 31.2 * 1024 * mebibyte,
      load1: 1.2 + swing,
      netRcvd: 2_400_000 * (0.6 + swing),
      netSent: 900_000 * (0.6 + swing),
      ioRead: 12_000,
      ioWritten: 730_000 * swing,
    },
  }
}

function createId(index: number): string {
  return Array.from({ length: 64 }, (_, place) =>
    Math.floor(noise(index * 64 + place) * 16).toString(16),
  ).join('')
}

/** A number between 0 and 1 that looks random and is the same for the same input. */
function noise(input: number): number {
  const wave = Math.sin(input * 12.9898 + 4.1) * 43_758.5453
  return wave - Math.floor(wave)
}
