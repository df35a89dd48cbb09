import type { EndpointRow } from '../api/contract/agents.ts'
import { formatAge } from './format-age.ts'
import { formatBytes } from './text-table.ts'

/** A network that is away for less than this is nothing to be told of. */
const troubledAfterMs = 60_000

/** How sending to one place goes, as lines without their ends; ages are counted from `nowMs`. */
export function describeEndpoint(endpoint: EndpointRow, nowMs: number): readonly string[] {
  const { name, url, state, message, lastDeliveredAt } = endpoint
  const last =
    lastDeliveredAt === null
      ? 'nothing delivered yet'
      : `last delivered ${formatAge(nowMs - lastDeliveredAt)} ago`
  const told = [state, describeQueue(endpoint), ...describeLosses(endpoint), last]
  return [`${name} ${url} ${told.join(', ')}`, ...(message === '' ? [] : [`  ${message}`])]
}

/** Whether it takes what it is sent, or has failed to for a short time only. */
export function isDelivering({ state, lastDeliveredAt }: EndpointRow, nowMs: number): boolean {
  if (state === 'refusing') return false
  return state !== 'retrying' || nowMs - (lastDeliveredAt ?? 0) < troubledAfterMs
}

function describeQueue({ waiting, memoryBytes, diskBytes }: EndpointRow): string {
  if (waiting === 0) return 'none waiting'
  const where = `${formatBytes(memoryBytes)} in memory, ${formatBytes(diskBytes)} on disk`
  return `${waiting.toLocaleString('en-US')} waiting (${where})`
}

function describeLosses({ setAside, dropped }: EndpointRow): readonly string[] {
  return [
    ...(setAside > 0 ? [`${setAside.toLocaleString('en-US')} set aside`] : []),
    ...(dropped > 0 ? [`${dropped.toLocaleString('en-US')} given up`] : []),
  ]
}
