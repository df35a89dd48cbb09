import type { ContainerDetail, Figures } from '../../api/contract/containers.ts'
import type { QueryAnswer } from '../../api/contract/query.ts'
import type { Settings } from '../../config/settings.ts'
import type { Trail } from '../../terminal/live/trail.ts'
import { trailSeconds } from '../../terminal/live/trail.ts'
import { askServer } from '../server-client.ts'

const metricOf: Readonly<Partial<Record<keyof Figures, string>>> = {
  cpu: 'docker.cpu.usage',
  memory: 'docker.mem.working_set',
  netRcvd: 'docker.net.bytes_rcvd',
  netSent: 'docker.net.bytes_sent',
  ioRead: 'docker.io.read_bytes',
  ioWritten: 'docker.io.write_bytes',
}

/**
 * What inspect tells of a container.
 * @throws {ServerUnreachableError}
 */
export function readDetail(settings: Settings, id: string): Promise<ContainerDetail> {
  return askServer<ContainerDetail>(settings, `/api/containers/${encodeURIComponent(id)}`)
}

/**
 * Fills a trail with what is stored of the minutes before `nowMs`.
 * @throws {ServerUnreachableError}
 */
export async function fillTrail(
  settings: Settings,
  id: string,
  { trail, nowMs }: { readonly trail: Trail; readonly nowMs: number },
): Promise<void> {
  const toS = Math.floor(nowMs / 1000)
  const search = new URLSearchParams({
    query: Object.values(metricOf)
      .map((metric) => `avg:${metric}{container_id:${id}}`)
      .join(','),
    from: String(toS - trailSeconds + 1),
    to: String(toS),
    interval: '1',
  })
  const { series } = await askServer<QueryAnswer>(settings, `/api/v1/query?${search.toString()}`)
  for (const { metric, pointlist } of series) {
    const name = nameOf(metric)
    if (name === undefined) continue
    for (const [timeMs, value] of pointlist) trail.fill(timeMs, name, value)
  }
}

function nameOf(metric: string): keyof Figures | undefined {
  for (const name of ['cpu', 'memory', 'netRcvd', 'netSent', 'ioRead', 'ioWritten'] as const) {
    if (metricOf[name] === metric) return name
  }
  return undefined
}
