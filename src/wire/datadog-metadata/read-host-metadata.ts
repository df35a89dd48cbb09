import { z } from 'zod'
import { listOf, recordOf } from '../json-lists.ts'
import { parseJsonText } from '../parse-json-text.ts'

/** What a Datadog Agent says of itself and its host, some minutes apart. Empty or 0 where it does not say. */
export interface HostMetadata {
  readonly host: string
  /** Of the machine. */
  readonly uuid: string
  readonly agentVersion: string
  /** `debian 12.4`, `linux` */
  readonly os: string
  readonly kernel: string
  readonly cpuCount: number
  readonly memoryBytes: number
  /** Of the host, from all providers. */
  readonly tags: readonly string[]
}

/** Keys of a body of host metadata. Most of what they hold has no place here. */
export const metadataKeys: ReadonlySet<string> = new Set([
  'agentVersion', 'uuid', 'os', 'agent-flavor', 'python', 'systemStats', 'meta', 'host-tags', 'container-meta',
  'network', 'logs', 'install-method', 'proxy-info', 'otlp', 'fips_mode', 'fips_proxy_enabled', 'resources', 'gohai',
]) // prettier-ignore

const longest = 200
const text = z.coerce.string().transform((value) => value.slice(0, longest)).catch('') // prettier-ignore
const texts = listOf(z.string()).catch([])

const metadata = z.object({
  internalHostname: z.string().min(1),
  uuid: text,
  agentVersion: text,
  os: text,
  systemStats: z
    .object({ cpuCores: z.number().catch(0), nixV: z.array(z.unknown()).catch([]) })
    .catch({ cpuCores: 0, nixV: [] }),
  'host-tags': recordOf(texts.nullable()).catch({}),
  gohai: z.string().catch(''),
})

const gohai = z
  .object({
    cpu: z
      .object({ cpu_logical_processors: z.coerce.number().catch(0) })
      .catch({ cpu_logical_processors: 0 }),
    memory: z.object({ total: z.coerce.string().catch('') }).catch({ total: '' }),
    platform: z.object({ kernel_release: text }).catch({ kernel_release: '' }),
  })
  .catch({
    cpu: { cpu_logical_processors: 0 },
    memory: { total: '' },
    platform: { kernel_release: '' },
  })

/**
 * Finds host metadata in a body of `/intake/`. Only the host's name has to be there: what else is missing or has
 * another form, as agents from version 5 to 7 differ, reads as unknown. `undefined` for other contents.
 * @see `comp/metadata/host` of the Datadog Agent
 */
export function readHostMetadata(
  payload: Readonly<Record<string, unknown>>,
): HostMetadata | undefined {
  if (payload['meta'] === undefined && payload['systemStats'] === undefined) return undefined
  const { data: read } = metadata.safeParse(payload)
  if (read === undefined) return undefined
  const { cpu, memory, platform } = gohai.parse(parseInner(read.gohai))
  return {
    host: read.internalHostname,
    uuid: read.uuid,
    agentVersion: read.agentVersion,
    os: osName(read.systemStats.nixV) || read.os,
    kernel: platform.kernel_release,
    cpuCount: cpu.cpu_logical_processors || read.systemStats.cpuCores,
    memoryBytes: readMemory(memory.total),
    tags: Object.values(read['host-tags']).flatMap((list) => list ?? []),
  }
}

/** The agent puts what its library `gohai` found into a text of JSON. */
function parseInner(json: string): unknown {
  try {
    return parseJsonText(json, 'gohai')
  } catch {
    return {}
  }
}

/** `["debian", "12.4", ""]` on any Unix. */
function osName(version: readonly unknown[]): string {
  return version
    .filter((part) => typeof part === 'string' && part !== '')
    .join(' ')
    .slice(0, longest)
}

/** `16314136kB` on Linux, else a plain number of bytes; 0 for anything else. */
function readMemory(total: string): number {
  const [, digits = '0', unit] = /^(\d{1,15})(kB)?$/.exec(total) ?? []
  return Number(digits) * (unit === 'kB' ? 1024 : 1)
}
