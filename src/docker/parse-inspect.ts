import { z } from 'zod'
import type {
  Container,
  ContainerHealth,
  ContainerMount,
  ContainerPort,
  ContainerState,
} from '../model/container.ts'
import { maskCommand, maskLabels, maskSecrets, maskText } from './mask-secrets.ts'
import { toDockerState } from './podman-words.ts'

/** What the engine tells of one container; its tags are made later, from this. */
export interface EngineContainer extends Omit<Container, 'tags' | 'figuresFrom'> {
  /** The first process in the host's numbering; 0 when not running or on another machine. */
  readonly pid: number
  /** As the engine was asked for it; empty for its own default. */
  readonly cgroupParent: string
  /** What the last health probe printed; empty when there was none. */
  readonly healthOutput: string
  readonly log: ContainerLog
}

/** What the engine does with what the container prints. */
export interface ContainerLog {
  /** `json-file`, `local`, `journald`, `none`, …; empty where the engine does not tell. */
  readonly driver: string
  /** The file as the engine sees it; empty before the first start, and where it tells none. */
  readonly path: string
  readonly isTty: boolean
  /** The label `com.datadoghq.ad.logs` as it was written, which masking could break; empty when there is none. */
  readonly label: string
}

/** By which a container says how its logs are to be read. */
export const logLabel = 'com.datadoghq.ad.logs'

const record = z.record(z.string(), z.unknown())
const inspectSchema = z.looseObject({
  Id: z.string().min(1),
  Name: z.string(),
  Created: z.string(),
  Path: z.string().catch(''),
  Args: z.array(z.string()).nullish().catch([]),
  Image: z.string().catch(''),
  LogPath: z.string().catch(''),
  RestartCount: z.number().catch(0),
  State: z.looseObject({
    Status: z.string(),
    Pid: z.number().catch(0),
    ExitCode: z.number().catch(0),
    OOMKilled: z.boolean().catch(false),
    StartedAt: z.string().catch(''),
    FinishedAt: z.string().catch(''),
    Health: z
      .looseObject({
        Status: z.string(),
        Log: z
          .array(z.looseObject({ Output: z.string().catch('') }))
          .nullish()
          .catch([]),
      })
      .nullish()
      .catch(undefined),
  }),
  Config: z.looseObject({
    Image: z.string().catch(''),
    Env: z.array(z.string()).nullish().catch([]),
    Labels: z.record(z.string(), z.string()).nullish().catch({}),
    ExposedPorts: record.nullish(),
    Tty: z.boolean().catch(false),
  }),
  HostConfig: z.looseObject({
    NetworkMode: z.string().catch(''),
    CgroupParent: z.string().catch(''),
    NanoCpus: z.number().catch(0),
    CpuQuota: z.number().catch(0),
    CpuPeriod: z.number().catch(0),
    Memory: z.number().catch(0),
    LogConfig: z
      .looseObject({ Type: z.string().catch('') })
      .nullish()
      .catch(undefined),
  }),
  Mounts: z
    .array(
      z.looseObject({
        Type: z.string().catch(''),
        Source: z.string().catch(''),
        Destination: z.string().catch(''),
        RW: z.boolean().catch(true),
      }),
    )
    .nullish()
    .catch([]),
  NetworkSettings: z
    .looseObject({
      Ports: z
        .record(
          z.string(),
          z.array(z.looseObject({ HostIp: z.string(), HostPort: z.string() })).nullish(),
        )
        .nullish(),
      Networks: z
        .record(
          z.string(),
          z
            .looseObject({
              IPAddress: z.string().catch(''),
              GlobalIPv6Address: z.string().catch(''),
            })
            .nullish(),
        )
        .nullish(),
    })
    .nullish(),
})

type Inspect = z.infer<typeof inspectSchema>

/**
 * Reads the answer of `GET /containers/<id>/json`. What looks like a secret in the environment, the labels, the command
 * and the output of health probes is masked here and nowhere else.
 * @param publicNames Lower-case names of variables and labels that are to become tags, and so are no secrets.
 * @throws {z.ZodError} If what makes a container (id, name, state) is missing.
 * @see Docker Engine API, ContainerInspect
 */
export function parseInspect(
  json: unknown,
  runtime = 'docker',
  publicNames: ReadonlySet<string> = new Set(),
): EngineContainer {
  const inspect = inspectSchema.parse(json)
  const { Config: config, HostConfig: host } = inspect
  return {
    id: inspect.Id,
    name: inspect.Name.replace(/^\//, ''),
    image: config.Image,
    imageId: inspect.Image,
    runtime,
    createdAtMs: readTime(inspect.Created) ?? 0,
    ...readLife(inspect.State),
    restartCount: inspect.RestartCount,
    command: maskCommand([inspect.Path, ...(inspect.Args ?? [])]).join(' '),
    labels: maskLabels(config.Labels ?? {}, publicNames),
    env: maskSecrets(config.Env ?? [], publicNames),
    ports: readPorts(inspect),
    mounts: readMounts(inspect),
    networks: readNetworks(inspect),
    networkMode: host.NetworkMode === 'default' ? 'bridge' : host.NetworkMode,
    ...readCpuLimit(host),
    ...(host.Memory > 0 && { memoryLimitBytes: host.Memory }),
    pid: inspect.State.Pid,
    cgroupParent: host.CgroupParent,
    healthOutput: readHealthOutput(inspect.State),
    log: readLog(inspect),
  }
}

function readLog({ LogPath: path, Config: config, HostConfig: host }: Inspect): ContainerLog {
  const driver = host.LogConfig?.Type ?? ''
  return { driver, path, isTty: config.Tty, label: config.Labels?.[logLabel] ?? '' }
}

type Life = Pick<
  EngineContainer,
  'state' | 'health' | 'startedAtMs' | 'finishedAtMs' | 'exitCode' | 'wasOomKilled'
>

function readLife(state: Inspect['State']): Life {
  const startedAtMs = readTime(state.StartedAt)
  const finishedAtMs = readTime(state.FinishedAt)
  const containerState = readState(state.Status)
  const hasEnded = containerState === 'exited' || containerState === 'dead'
  return {
    state: containerState,
    health: readHealth(state.Health?.Status),
    ...(startedAtMs !== undefined && { startedAtMs }),
    ...(finishedAtMs !== undefined && hasEnded && { finishedAtMs }),
    ...(hasEnded && { exitCode: state.ExitCode }),
    wasOomKilled: state.OOMKilled,
  }
}

function readNetworks(inspect: Inspect): EngineContainer['networks'] {
  return Object.entries(inspect.NetworkSettings?.Networks ?? {}).map(([name, network]) => {
    const ipAddress = (network?.IPAddress ?? '') || (network?.GlobalIPv6Address ?? '')
    return ipAddress === '' ? { name } : { name, ipAddress }
  })
}

const states = [
  'created',
  'running',
  'paused',
  'restarting',
  'removing',
  'exited',
  'dead',
] as const satisfies readonly ContainerState[]

function readState(text: string): ContainerState {
  const status = toDockerState(text)
  return states.find((state) => state === status) ?? 'created'
}

function readHealth(text: string | undefined): ContainerHealth {
  return text === 'starting' || text === 'healthy' || text === 'unhealthy' ? text : 'none'
}

function readHealthOutput({ Health: health }: Inspect['State']): string {
  return maskText(health?.Log?.at(-1)?.Output ?? '')
}

/** The engine writes the year 1 for "never". */
function readTime(text: string): number | undefined {
  const timeMs = Date.parse(text)
  return Number.isNaN(timeMs) || timeMs <= 0 ? undefined : timeMs
}

function readCpuLimit(host: Inspect['HostConfig']): { readonly cpuLimitCores?: number } {
  if (host.NanoCpus > 0) return { cpuLimitCores: host.NanoCpus / 1e9 }
  if (host.CpuQuota <= 0) return {}
  return { cpuLimitCores: host.CpuQuota / (host.CpuPeriod > 0 ? host.CpuPeriod : 100_000) }
}

function readPorts(inspect: Inspect): readonly ContainerPort[] {
  const bound = inspect.NetworkSettings?.Ports ?? {}
  const names = new Set([...Object.keys(bound), ...Object.keys(inspect.Config.ExposedPorts ?? {})])
  return [...names].flatMap((name) => {
    const [port = '', protocol = 'tcp'] = name.split('/')
    const containerPort = Number(port)
    if (!Number.isInteger(containerPort)) return []
    const bindings = bound[name] ?? []
    if (bindings.length === 0) return [{ containerPort, protocol }]
    return bindings.map(({ HostIp, HostPort }) => ({
      containerPort,
      protocol,
      hostPort: Number(HostPort),
      hostIp: HostIp,
    }))
  })
}

function readMounts(inspect: Inspect): readonly ContainerMount[] {
  return (inspect.Mounts ?? []).map(({ Type, Source, Destination, RW }) => ({
    kind: Type,
    source: Source,
    target: Destination,
    isReadOnly: !RW,
  }))
}
