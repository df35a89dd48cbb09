import type {
  Container,
  ContainerHealth,
  ContainerPort,
  ContainerState,
} from '../../model/container.ts'

/** A container as a Datadog Agent tells of it, by the names of the wire. */
export interface ToldContainer {
  readonly type: string
  readonly id: string
  /** Empty since long: the name is among the tags. */
  readonly name: string
  readonly image: string
  /** In percent of one core; 0 for none. */
  readonly cpuLimit: number
  /** In bytes; 0 for none. */
  readonly memoryLimit: number
  /** Places in the wire's lists of states. */
  readonly state: number
  readonly health: number
  /** Unix seconds; 0 or less where unknown. */
  readonly created: number
  readonly started: number
  readonly tags: readonly string[]
  readonly addresses: readonly {
    readonly ip: string
    readonly port: number
    readonly protocol: number
  }[]
}

/** What a message holds before it is made ours. */
export interface RawContainers {
  readonly hostName: string
  readonly groupId: number
  readonly groupSize: number
  readonly containers: readonly ToldContainer[]
}

/** `ContainerState` of the wire; a container whose state is unknown was still listed as running. */
export const wireStates = [
  'unknown', 'created', 'restarting', 'running', 'paused', 'exited', 'dead',
] as const // prettier-ignore
/** `ContainerHealth` of the wire. */
export const wireHealths = ['unknownHealth', 'starting', 'healthy', 'unhealthy'] as const
/** `ConnectionType` of the wire. */
export const wireProtocols = ['tcp', 'udp'] as const

const states: readonly ContainerState[] = [
  'running', 'created', 'restarting', 'running', 'paused', 'exited', 'dead',
] // prettier-ignore
const healths: readonly ContainerHealth[] = ['none', 'starting', 'healthy', 'unhealthy']
const shortIdLength = 12

/**
 * The container as we know containers. Name and image come from its tags, where the agent puts them; what the wire has no
 * place for, such as labels, mounts and the exit code, stays empty. The agent tells a limit that is only the host's own
 * size as none.
 */
export function toContainer(told: ToldContainer): Container {
  const { cpuLimit, memoryLimit, created, started } = told
  const tag = (name: string): string => tagValue(told.tags, name)
  const plainImage = [tag('image_name'), tag('image_tag')].filter((part) => part !== '').join(':')
  return {
    id: told.id,
    name: told.name || tag('container_name') || told.id.slice(0, shortIdLength),
    image: told.image || tag('docker_image') || plainImage,
    imageId: tag('image_id'),
    runtime: told.type,
    state: states[told.state] ?? 'running',
    health: healths[told.health] ?? 'none',
    createdAtMs: Math.max(0, created) * 1000,
    ...(started > 0 && { startedAtMs: started * 1000 }),
    wasOomKilled: false,
    restartCount: 0,
    command: '',
    labels: {},
    env: [],
    ports: toPorts(told.addresses),
    mounts: [],
    networks: [],
    networkMode: '',
    ...(cpuLimit > 0 && { cpuLimitCores: Math.round(cpuLimit * 10) / 1000 }),
    ...(memoryLimit > 0 && { memoryLimitBytes: memoryLimit }),
    tags: told.tags,
  }
}

function tagValue(tags: readonly string[], name: string): string {
  return tags.find((tag) => tag.startsWith(`${name}:`))?.slice(name.length + 1) ?? ''
}

/** Each port once, however many addresses the container has. */
function toPorts(addresses: ToldContainer['addresses']): ContainerPort[] {
  const ports = new Map<string, ContainerPort>()
  for (const { port, protocol } of addresses) {
    if (port <= 0) continue
    const name = wireProtocols[protocol] ?? 'tcp'
    ports.set(`${port}/${name}`, { containerPort: port, protocol: name })
  }
  return [...ports.values()]
}
