import type { HappeningRow } from '../../../src/api/contract/happenings.ts'
import { addressOf } from '../data/search.ts'
import { containerQuery } from '../searches/edit-query.ts'

/** So much is shown before and after an event. */
const aroundS = 60
const containerAroundS = 300

/** The list of events around one of them, which is open there. */
export function eventAddress({ id, timeMs }: HappeningRow): string {
  return addressOf('/events', { ...around(timeMs, aroundS), event: id })
}

/** What its container printed around it; `undefined` for what is of no container. */
export function logsAddress({ container, timeMs }: HappeningRow): string | undefined {
  if (container === null) return undefined
  return addressOf('/logs', { q: containerQuery(container), ...around(timeMs, aroundS) })
}

/** The charts of its container around it; `undefined` where the container is not known by its id. */
export function containerAddress({ container, timeMs }: HappeningRow): string | undefined {
  if (container === null || container.id === '') return undefined
  return addressOf(`/containers/${container.id}`, around(timeMs, containerAroundS))
}

/** The table of all containers at its second. */
export function tableAddress({ timeMs }: HappeningRow): string {
  return addressOf('/', { at: String(Math.floor(timeMs / 1000)) })
}

function around(timeMs: number, spanS: number): Readonly<Record<'from' | 'to', string>> {
  const second = Math.floor(timeMs / 1000)
  return { from: String(second - spanS), to: String(second + spanS) }
}
