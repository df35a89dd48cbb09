import type { ClickHouseClient } from '@clickhouse/client'
import type { Container, ContainerHealth, ContainerState } from '../model/container.ts'
import type { ContainerRecord } from './store.ts'

/** A row of `vigie.container_states` as `containerStateColumns` read it. */
export interface ContainerStateRow {
  readonly id: string
  readonly host: string
  readonly time_ms: string
  readonly name: string
  readonly image: string
  readonly image_id: string
  readonly runtime: string
  readonly state: ContainerState
  readonly health: ContainerHealth
  readonly created_ms: string
  readonly started_ms: string | null
  readonly finished_ms: string | null
  readonly exit_code: number | null
  readonly oom_killed: boolean
  readonly restarts: number
  readonly command: string
  readonly network_mode: string
  readonly cpu_limit_cores: number | null
  readonly memory_limit_bytes: string | null
  readonly labels: Record<string, string>
  readonly tags: string[]
  readonly env: string[]
  readonly ports: {
    containerPort: number
    protocol: string
    hostPort: number | null
    hostIp: string | null
  }[]
  readonly mounts: { kind: string; source: string; target: string; isReadOnly: boolean }[]
  readonly networks: { name: string; ipAddress: string | null }[]
}

/** What lists of containers show. */
export const containerStateColumns = `
  id, host, toUnixTimestamp64Milli(time) AS time_ms, name, image, runtime, state, health,
  toUnixTimestamp64Milli(created) AS created_ms,
  toUnixTimestamp64Milli(started) AS started_ms,
  toUnixTimestamp64Milli(finished) AS finished_ms,
  exit_code, oom_killed, restarts, network_mode, cpu_limit_cores, memory_limit_bytes, labels, tags`

const question = `
SELECT ${containerStateColumns}, image_id, command, env, ports, mounts, networks
FROM vigie.container_states FINAL
WHERE (id, time) IN (SELECT id, max(time) FROM vigie.container_states GROUP BY id)
  AND (state != 'removed' OR time > fromUnixTimestamp64Milli({removedAfterMs:Int64}, 'UTC'))`

/** The newest state of each container, except those removed before `removedAfterMs` (Unix milliseconds). */
export async function readRecentContainers(
  client: ClickHouseClient,
  removedAfterMs: number,
): Promise<readonly ContainerRecord[]> {
  const answer = await client.query({
    query: question,
    query_params: { removedAfterMs: Math.trunc(removedAfterMs) },
    format: 'JSONEachRow',
  })
  const rows = await answer.json<ContainerStateRow>()
  return rows.map(toContainerRecord)
}

/** The state of a container that a row tells. */
export function toContainerRecord(row: ContainerStateRow): ContainerRecord {
  const { id, name, image, runtime, state, health, command, labels, tags, env, mounts } = row
  return {
    host: row.host,
    timeMs: Number(row.time_ms),
    container: {
      id,
      name,
      image,
      runtime,
      state,
      health,
      command,
      labels,
      tags,
      env,
      mounts,
      imageId: row.image_id,
      createdAtMs: Number(row.created_ms),
      wasOomKilled: row.oom_killed,
      restartCount: row.restarts,
      networkMode: row.network_mode,
      ...optionalFacts(row),
      ports: row.ports.map(({ containerPort, protocol, hostPort, hostIp }) => ({
        containerPort,
        protocol,
        ...(hostPort !== null && { hostPort }),
        ...(hostIp !== null && { hostIp }),
      })),
      networks: row.networks.map((network) => ({
        name: network.name,
        ...(network.ipAddress !== null && { ipAddress: network.ipAddress }),
      })),
    },
  }
}

/** What a container may lack: absent in the model, null in the table. */
function optionalFacts(row: ContainerStateRow): Partial<Container> {
  return {
    ...(row.started_ms !== null && { startedAtMs: Number(row.started_ms) }),
    ...(row.finished_ms !== null && { finishedAtMs: Number(row.finished_ms) }),
    ...(row.exit_code !== null && { exitCode: row.exit_code }),
    ...(row.cpu_limit_cores !== null && { cpuLimitCores: row.cpu_limit_cores }),
    ...(row.memory_limit_bytes !== null && { memoryLimitBytes: Number(row.memory_limit_bytes) }),
  }
}
